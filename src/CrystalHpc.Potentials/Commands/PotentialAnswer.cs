using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;
using CsvHelper;

namespace CrystalHpc.Potentials.Commands;

/// <summary>What is said of a structure, for people and for programs.</summary>
/// <param name="Input">File, with the number of the structure where it holds several.</param>
/// <param name="Atoms">Number of atoms.</param>
/// <param name="Prediction">The prediction; null when the structure was refused.</param>
/// <param name="Problem">Why it was refused.</param>
/// <param name="Model">The model.</param>
internal sealed record PotentialAnswer(string Input, int Atoms, PotentialPrediction? Prediction, string? Problem, PotentialModel Model)
{
    /// <summary>True where composition and symmetry functions lie within the range of the training, or near enough.</summary>
    public bool IsInDomain => Prediction is not null && !Warnings.Any();

    /// <summary>Why the structure lies outside what the model was trained on.</summary>
    public IEnumerable<string> Warnings => Prediction?.Warnings(Model.Confidence.LargestExcess) ?? [];

    /// <summary>Standard error of the energy, eV.</summary>
    public double? EnergyError => Prediction is { } found ? Model.Confidence.OfEnergy(found.EnergySpread, Atoms) : null;

    /// <summary>Lines for people.</summary>
    public void Print(TextWriter output)
    {
        if (Prediction is not { } found)
        {
            output.WriteLine($"{Input}: refused: {Problem}");
            return;
        }

        string Error(double? error) => error is { } known ? FormattableString.Invariant($" (+- {known:0.0000})") : "";
        output.WriteLine(Input);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {"Energy",-16} {found.EnergyElectronVolt:0.0000} eV{Error(EnergyError)}, {found.EnergyElectronVolt / Atoms:0.00000} "
            + $"eV an atom"));
        double largest = found.ForcesElectronVoltPerAngstrom.Max(Math.Abs);
        output.WriteLine(FormattableString.Invariant(
            $"  {"Largest force",-16} {largest:0.0000} eV/A{Error(Model.Confidence.OfForce(found.ForceSpreads.DefaultIfEmpty(0).Max()))}"));
        if (found.StressElectronVoltPerCubicAngstrom is { } stress)
        {
            IEnumerable<string> values = stress.Select(value => FormattableString.Invariant($"{value:0.00000}"));
            output.WriteLine($"  {"Stress",-16} {string.Join(' ', values)} eV/A^3");
        }

        foreach (string warning in Warnings)
            output.WriteLine($"  {"Warning",-16} {warning}");
    }

    /// <summary>One object for programs; docs/potential.md lists the fields.</summary>
    public JsonObject ToJson()
    {
        if (Prediction is not { } found)
            return new JsonObject { ["input"] = Input, ["refused"] = Problem };
        JsonArray warnings = [.. Warnings.Select(warning => (JsonNode)warning)];
        JsonObject Target(JsonNode value, JsonNode? error) =>
            new() { ["value"] = value, ["standard_error"] = error, ["in_domain"] = IsInDomain, ["warnings"] = warnings.DeepClone() };
        double[] forces = found.ForcesElectronVoltPerAngstrom;
        JsonArray Rows(Func<int, JsonNode?> of) =>
            [.. Enumerable.Range(0, Atoms).Select(atom => (JsonNode)new JsonArray(of(3 * atom), of(3 * atom + 1), of(3 * atom + 2)))];
        JsonNode? forceErrors = Model.Confidence.OfForce(0) is null ? null
            : Rows(i => Model.Confidence.OfForce(found.ForceSpreads.Length > 0 ? found.ForceSpreads[i] : 0));
        return new JsonObject
        {
            ["input"] = Input,
            ["atoms"] = Atoms,
            ["energy"] = Target(found.EnergyElectronVolt, EnergyError),
            ["energy_per_atom"] = Target(found.EnergyElectronVolt / Atoms, EnergyError / Atoms),
            ["forces"] = Target(Rows(i => forces[i]), forceErrors),
            ["stress"] = found.StressElectronVoltPerCubicAngstrom is { } stress
                ? Target(new JsonArray([.. stress.Select(value => (JsonNode)value)]), null) : null,
        };
    }
}

/// <summary>A line of the table that <c>predict --csv</c> writes.</summary>
/// <param name="Input">File, with the number of the structure where it holds several.</param>
/// <param name="Atoms">Number of atoms; empty when the structure was refused.</param>
/// <param name="Energy">Energy, eV.</param>
/// <param name="StandardError">Its standard error, eV.</param>
/// <param name="LargestForce">Largest force component, eV/A.</param>
/// <param name="InDomain">False where there is a warning.</param>
/// <param name="Warning">The first warning, or why the structure was refused.</param>
[CsvRecord]
internal sealed partial record PotentialAnswerRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("atoms")] int? Atoms,
    [property: CsvColumn("energy")] double? Energy,
    [property: CsvColumn("standard_error")] double? StandardError,
    [property: CsvColumn("largest_force")] double? LargestForce,
    [property: CsvColumn("in_domain")] bool InDomain,
    [property: CsvColumn("warning")] string? Warning)
{
    /// <summary>Stands near the beginning of every such table.</summary>
    public const string Signature = "input,atoms,energy,standard_error,largest_force";

    /// <summary>The line of an answer.</summary>
    public static PotentialAnswerRow Of(PotentialAnswer answer) => answer.Prediction is not { } found
        ? new PotentialAnswerRow(answer.Input, null, null, null, null, false, answer.Problem)
        : new PotentialAnswerRow(
            answer.Input, answer.Atoms, found.EnergyElectronVolt, answer.EnergyError, found.ForcesElectronVoltPerAngstrom.Max(Math.Abs),
                answer.IsInDomain, answer.Warnings.FirstOrDefault());
}
