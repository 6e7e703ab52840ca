using System.Globalization;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>The columns of <c>candidates.csv</c> and what a candidate has in them.</summary>
/// <param name="judged">What judges say.</param>
/// <param name="trained">Reduced formulas of the training.</param>
public sealed class CandidateTable(IReadOnlyList<JudgedColumn> judged, IReadOnlySet<string> trained)
{
    private const string Hull = "hull_distance_eV_atom";

    private static readonly string[] Front =
    [
        "formula", "type", "space_group", "atoms", "a_A", "b_A", "c_A", "least_distance_A", "moved_A", "symmetry_tolerance_A",
            "energy_tenth", "origin", "draw",
        "formula_known", "known_as", Hull, .. IntervalOf(Hull), "hull_products", "hull_note",
    ];

    /// <summary>Names of the columns, without that of the file.</summary>
    public IReadOnlyList<string> Columns { get; } =
        [.. Front, .. judged.SelectMany(column => column.HasInterval ? [column.Name, .. IntervalOf(column.Name)] : new[] { column.Name }),
            "warnings"];

    /// <summary>The values of a candidate, one for each column.</summary>
    public IReadOnlyList<object?> Values(ScreenedCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        Core.Crystals.CrystalStructure structure = candidate.Crystal.Structure;
        int[] counts = [.. structure.SiteOfAtom.ToArray().CountBy(site => structure.Sites[site].Element).Select(pair => pair.Value)];
        return
        [
            candidate.Key, GenerationTable.KindOf(counts)?.ToString(), candidate.Crystal.Group, structure.AtomCount,
                Rounded(structure.Cell.A),
            Rounded(structure.Cell.B), Rounded(structure.Cell.C), candidate.Candidate is { } drawn ? Rounded(drawn.LeastDistance) : null,
            Rounded(candidate.Crystal.MovedAngstrom), candidate.Crystal.ToleranceAngstrom, TenthOf(candidate), candidate.Candidate?.Origin,
            candidate.Candidate?.Attempt, trained.Contains(candidate.Key), candidate.KnownAs,
            candidate.Hull.Distance?.Value, candidate.Hull.Distance?.Low, candidate.Hull.Distance?.High, candidate.Hull.Products,
                candidate.Hull.Note,
            .. candidate.Judged.SelectMany((value, i) => judged[i].HasInterval ? Parts(value as Estimate) : [Plain(value)]),
            string.Join("; ", candidate.Warnings),
        ];
    }

    private static string[] IntervalOf(string name) => [$"{name}_low90", $"{name}_high90"];

    private static object?[] Parts(Estimate? estimate) => [estimate?.Value, estimate?.Low, estimate?.High];

    private static object? Plain(object? value) => value is double number ? Rounded(number) : value;

    private static string? TenthOf(ScreenedCandidate candidate) => candidate.Candidate?.Condition switch
    {
        null => null, EnergyDeciles.Unknown => "unknown", var tenth => (tenth + 1).Value.ToString(CultureInfo.InvariantCulture),
    };

    private static double Rounded(double value) => Math.Round(value, 5);
}
