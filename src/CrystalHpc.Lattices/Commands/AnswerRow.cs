using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Learning.Metrics;
using CsvHelper;

namespace CrystalHpc.Lattices.Commands;

/// <summary>A line of the table that <c>predict --csv</c> writes.</summary>
/// <param name="Input">The formula as given.</param>
/// <param name="Formula">The reduced formula in the order of Hill; empty when it was refused.</param>
/// <param name="CrystalSystem">The most probable crystal system.</param>
/// <param name="CrystalSystemProbability">Its probability.</param>
/// <param name="Bravais">The most probable Bravais lattice.</param>
/// <param name="BravaisProbability">Its probability.</param>
/// <param name="SpaceGroup">Number of the most probable space group.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="SpaceGroupProbability">Its probability.</param>
/// <param name="VolumePerAtom">Volume an atom in the most probable Bravais lattice, A^3.</param>
/// <param name="A">Length a of the conventional cell, A.</param>
/// <param name="B">Length b, A.</param>
/// <param name="C">Length c, A.</param>
/// <param name="Alpha">Angle alpha, degrees.</param>
/// <param name="Beta">Angle beta, degrees.</param>
/// <param name="Gamma">Angle gamma, degrees.</param>
/// <param name="InDomain">False where there is a warning.</param>
/// <param name="Warning">Warnings, or why the formula was refused.</param>
[CsvRecord]
internal sealed partial record AnswerRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("formula")] string? Formula,
    [property: CsvColumn("crystal_system")] string? CrystalSystem,
    [property: CsvColumn("crystal_system_probability")] double? CrystalSystemProbability,
    [property: CsvColumn("bravais")] string? Bravais,
    [property: CsvColumn("bravais_probability")] double? BravaisProbability,
    [property: CsvColumn("space_group")] int? SpaceGroup,
    [property: CsvColumn("symbol")] string? Symbol,
    [property: CsvColumn("space_group_probability")] double? SpaceGroupProbability,
    [property: CsvColumn("volume_per_atom")] double? VolumePerAtom,
    [property: CsvColumn("a")] double? A,
    [property: CsvColumn("b")] double? B,
    [property: CsvColumn("c")] double? C,
    [property: CsvColumn("alpha")] double? Alpha,
    [property: CsvColumn("beta")] double? Beta,
    [property: CsvColumn("gamma")] double? Gamma,
    [property: CsvColumn("in_domain")] bool InDomain,
    [property: CsvColumn("warning")] string? Warning)
{
    /// <summary>Stands near the beginning of every such table.</summary>
    public const string Signature = "input,formula,crystal_system,crystal_system_probability";

    /// <summary>The line of an answer.</summary>
    public static AnswerRow Of(LatticeAnswer answer)
    {
        if (answer.Prediction is not { } prediction)
            return new AnswerRow(answer.Input.Text, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, false, answer.Input.Problem?.Message);
        int system = ClassMetrics.MostProbable(prediction.Systems), bravais = ClassMetrics.MostProbable(prediction.Bravais);
        int group = ClassMetrics.MostProbable(prediction.Groups);
        return new AnswerRow(
            answer.Input.Text, prediction.Composition.Text, LatticeClasses.Systems[system], Math.Round(prediction.Systems[system], 6),
            LatticeClasses.Bravais[bravais],
            Math.Round(prediction.Bravais[bravais], 6), group + 1, LatticeClasses.GroupSymbols[group],
            Math.Round(prediction.Groups[group], 6), Round(prediction.Cell?.VolumePerAtom),
            Round(prediction.Cell?.A), Round(prediction.Cell?.B), Round(prediction.Cell?.C), Round(prediction.Cell?.Alpha),
            Round(prediction.Cell?.Beta), Round(prediction.Cell?.Gamma), prediction.IsInDomain,
            prediction.Warnings.Count > 0 ? string.Join("; ", prediction.Warnings) : null);
    }

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;
}
