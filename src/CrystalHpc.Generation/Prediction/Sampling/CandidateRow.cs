using CrystalHpc.Generation.Data;
using CsvHelper;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A line of the table of candidates.</summary>
[CsvRecord]
internal sealed partial record CandidateRow(
    [property: CsvColumn("file")] string File,
    [property: CsvColumn("formula")] string Formula,
    [property: CsvColumn("type")] string? Type,
    [property: CsvColumn("space_group")] int SpaceGroup,
    [property: CsvColumn("atoms")] int Atoms,
    [property: CsvColumn("a_A")] double A,
    [property: CsvColumn("b_A")] double B,
    [property: CsvColumn("c_A")] double C,
    [property: CsvColumn("least_distance_A")] double LeastDistance,
    [property: CsvColumn("energy_tenth")] string EnergyTenth,
    [property: CsvColumn("origin")] string Origin,
    [property: CsvColumn("draw")] int Draw,
    [property: CsvColumn("formula_known")] bool FormulaKnown)
{
    public static CandidateRow Of(string file, Candidate candidate, IReadOnlySet<string> known) => new(
        file, candidate.Key, candidate.Kind?.ToString(), candidate.SpaceGroup, candidate.Structure.AtomCount, Rounded(candidate.Structure.Cell.A),
        Rounded(candidate.Structure.Cell.B), Rounded(candidate.Structure.Cell.C), Rounded(candidate.LeastDistance),
        candidate.Condition == EnergyDeciles.Unknown ? "unknown" : (candidate.Condition + 1).ToString(global::System.Globalization.CultureInfo.InvariantCulture),
        candidate.Origin, candidate.Attempt, known.Contains(candidate.Key));

    private static double Rounded(double angstrom) => Math.Round(angstrom, 5);
}
