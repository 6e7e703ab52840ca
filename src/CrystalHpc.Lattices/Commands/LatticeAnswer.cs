using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Lattices.Commands;

/// <summary>What is said of a formula, for people and for programs.</summary>
/// <param name="Input">The formula that was asked about.</param>
/// <param name="Prediction">The prediction; null when it was refused.</param>
/// <param name="Model">The model.</param>
internal sealed record LatticeAnswer(PredictionInput Input, LatticePrediction? Prediction, LatticeModel Model)
{
    /// <summary>Lines for people.</summary>
    public void Print(TextWriter output, int top)
    {
        if (Prediction is null)
        {
            output.WriteLine($"{Input.Text}: refused: {Input.Problem!.Value.Message} ({Input.Problem.Value.Code})");
            return;
        }

        output.WriteLine(Input.Text);
        foreach (LatticeTarget target in LatticeTarget.All)
        {
            double[] probabilities = target.Probabilities(Prediction);
            IEnumerable<string> best = LatticePrediction.Best(probabilities, top)
                .Select(k => $"{NameOf(target, k)} {Number(probabilities[k])}");
            output.WriteLine($"  {target.Title,-16} {string.Join(", ", best)}");
        }

        if (Prediction.Cell is { } cell)
            output.WriteLine($"  {"Cell",-16} {Text(cell, Best)}, {Length(cell.VolumePerAtom)} A^3 an atom (+- "
                + $"{Length(cell.VolumePerAtom * Model.Cells!.ErrorsOf(Best)[0])})");
        string heading = "Alike";
        foreach (WeighedNeighbor neighbor in Prediction.Neighbors.Take(top))
        {
            output.WriteLine($"  {heading,-16} {NameOf(neighbor.Formula)} {GroupsOf(neighbor.Formula)}{KnownCell(neighbor.Formula)}, "
                + $"weight {Number(neighbor.Weight)}");
            heading = "";
        }

        if (Prediction.KnownAs >= 0)
            output.WriteLine($"  {"Known",-16} {NameOf(Prediction.KnownAs)} {GroupsOf(Prediction.KnownAs)}; "
                + $"the prediction does not use it");
        foreach (string warning in Prediction.Warnings)
            output.WriteLine($"  {"Warning",-16} {warning}");
    }

    /// <summary>One object for programs; docs/lattice.md lists the fields.</summary>
    public JsonObject ToJson(int top)
    {
        if (Prediction is null)
            return new JsonObject { ["input"] = Input.Text, ["refused"] = Input.Problem!.Value.Message,
                ["code"] = Input.Problem.Value.Code.Name };
        var json = new JsonObject { ["input"] = Input.Text, ["formula"] = Input.Composition!.Text };
        foreach ((int number, LatticeTarget target) in LatticeTarget.All.Index())
        {
            double[] probabilities = target.Probabilities(Prediction);
            int[] best = [.. LatticePrediction.Best(probabilities, top)];
            json[target.Name] = new JsonObject
            {
                ["value"] = target.Classes[best[0]],
                ["standard_error"] = Math.Round(Prediction.Spreads[number], 6),
                ["in_domain"] = Prediction.IsInDomain,
                ["warnings"] = Warnings(),
                ["classes"] = new JsonArray([.. best.Select(k => new JsonObject { ["class"] = target.Classes[k],
                ["probability"] = Math.Round(probabilities[k], 6) })]),
            };
        }

        if (Prediction.Cell is { } cell)
        {
            double[] values = [cell.VolumePerAtom, cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma];
            string[] names = ["volume_per_atom", "a", "b", "c", "alpha", "beta", "gamma"];
            for (int k = 0; k < names.Length; k++)
            {
                json[names[k]] = new JsonObject
                {
                    ["value"] = Math.Round(values[k], 4),
                    ["standard_error"] = k < CellModel.ErrorCount ? Math.Round(values[k] * Model.Cells!.ErrorsOf(Best)[k], 4) : null,
                    ["in_domain"] = Prediction.IsInDomain,
                    ["warnings"] = Warnings(),
                };
            }
        }

        json["alike"] = new JsonArray([.. Prediction.Neighbors.Take(top).Select(neighbor => Compound(neighbor.Formula, neighbor.Weight))]);
        json["known"] = Prediction.KnownAs >= 0 ? Compound(Prediction.KnownAs, null) : null;
        return json;
    }

    /// <summary>Name of a class for people.</summary>
    public static string NameOf(LatticeTarget target, int k) => target.Name == "space_group" ? Group(k) : target.Classes[k];

    private int Best => ClassMetrics.MostProbable(Prediction!.Bravais);

    // The cell of a known compound in its most frequent lattice, where it is known.
    private string KnownCell(int formula)
    {
        byte[] groups = Model.Known.GroupsOf(formula).ToArray();
        ushort[] counts = Model.Known.CountsOf(formula).ToArray();
        int bravais = LatticeClasses.BravaisOf(groups[Array.IndexOf(counts, counts.Max())]);
        return Model.Cells?.Known(Model.Known.Compositions[formula], bravais) is { } cell ? $", {Text(cell, bravais)}" : "";
    }

    // What a Bravais lattice leaves free.
    private static string Text(ConventionalCell cell, int bravais) => LatticeClasses.Bravais[bravais][0] switch
    {
        'c' => $"a {Length(cell.A)} A",
        't' or 'h' => $"a {Length(cell.A)}, c {Length(cell.C)} A",
        'o' => $"a {Length(cell.A)}, b {Length(cell.B)}, c {Length(cell.C)} A",
        'm' => $"a {Length(cell.A)}, b {Length(cell.B)}, c {Length(cell.C)} A, beta {Length(cell.Beta)}",
        _ => $"a {Length(cell.A)}, b {Length(cell.B)}, c {Length(cell.C)} A, {Length(cell.Alpha)}, {Length(cell.Beta)}, "
        + $"{Length(cell.Gamma)}",
    };

    private JsonArray Warnings() => new([.. Prediction!.Warnings.Select(warning => JsonValue.Create(warning))]);

    private JsonObject Compound(int formula, double? weight)
    {
        ReadOnlySpan<byte> groups = Model.Known.GroupsOf(formula);
        ReadOnlySpan<ushort> counts = Model.Known.CountsOf(formula);
        var list = new JsonArray();
        for (int i = 0; i < groups.Length; i++)
            list.Add(new JsonObject { ["space_group"] = groups[i] + 1, ["symbol"] = LatticeClasses.GroupSymbols[groups[i]],
                ["rows"] = (int)counts[i] });
        var json = new JsonObject { ["formula"] = NameOf(formula), ["groups"] = list };
        if (weight is { } share)
            json["weight"] = Math.Round(share, 6);
        return json;
    }

    private string NameOf(int formula)
        => CrystalHpc.Core.Formulas.Formula.TryParse(Model.Known.Compositions[formula].Text, out var parsed, out _)
        ? parsed.ReducedKey
        : Model.Known.Compositions[formula].Text;

    // The groups of a compound, the most frequent first.
    private string GroupsOf(int formula)
    {
        byte[] groups = Model.Known.GroupsOf(formula).ToArray();
        ushort[] counts = Model.Known.CountsOf(formula).ToArray();
        return string.Join(", ", Enumerable.Range(0, groups.Length).OrderByDescending(i => counts[i]).ThenBy(i => groups[i])
            .Select(i => Group(groups[i])));
    }

    private static string Group(int group)
        => string.Create(CultureInfo.InvariantCulture, $"{LatticeClasses.GroupSymbols[group]} ({group + 1})");

    private static string Length(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
