using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Lattices.Data;

/// <summary>A row of data: a formula and the space group of one compound of it.</summary>
/// <param name="Line">Line in the table, from 1.</param>
/// <param name="Text">The formula as written.</param>
/// <param name="Key">Reduced formula by which tables are split.</param>
/// <param name="Composition">What it means.</param>
/// <param name="Group">Space group, counted from 0.</param>
public sealed record LatticeRow(int Line, string Text, string Key, Composition Composition, int Group);

/// <summary>
/// Compounds with their space groups: a table with a column <c>space_group</c> (number, 1 to 230), or the structures of a run over CIF
/// files.
/// </summary>
/// <param name="Rows">The rows that can be used.</param>
/// <param name="Refused">Those that cannot.</param>
/// <param name="Digest">SHA-256 of the file's content.</param>
public sealed record LatticeTable(IReadOnlyList<LatticeRow> Rows, IReadOnlyList<RefusedRow> Refused, string Digest)
{
    /// <summary>The cells of those rows that have one.</summary>
    public IReadOnlyList<KnownCell> Cells { get; init; } = [];

    /// <summary>The distinct formulas of rows, by key, with the counts of their groups.</summary>
    public static KnownFormulas Collect(IEnumerable<LatticeRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (List<Composition> compositions, List<int> starts, List<byte> groups, List<ushort> counts) = ([], [0], [], []);
        foreach (IGrouping<string, LatticeRow> formula in rows.GroupBy(row => row.Key)
            .OrderBy(formula => formula.Key, StringComparer.Ordinal))
        {
            compositions.Add(formula.First().Composition);
            foreach (IGrouping<int, LatticeRow> group in formula.GroupBy(row => row.Group).OrderBy(group => group.Key))
            {
                groups.Add((byte)group.Key);
                counts.Add((ushort)Math.Min(group.Count(), ushort.MaxValue));
            }

            starts.Add(groups.Count);
        }

        return new KnownFormulas(compositions, [.. starts], [.. groups], [.. counts]);
    }
}
