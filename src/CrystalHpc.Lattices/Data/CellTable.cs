using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Lattices.Data;

/// <summary>The conventional cell of a compound.</summary>
/// <param name="Key">Reduced formula by which tables are split.</param>
/// <param name="Composition">Its formula.</param>
/// <param name="Bravais">Its Bravais lattice, counted from 0.</param>
/// <param name="Cell">The cell.</param>
public sealed record KnownCell(string Key, Composition Composition, int Bravais, ConventionalCell Cell);

/// <summary>
/// Tables of structures with the columns <c>space_group</c>, <c>conv_a</c> to <c>conv_gamma</c>, <c>a</c> to <c>gamma</c>, and the formula
/// of the stored cell.
/// </summary>
public static class CellTable
{
    // Beyond these, volumes an atom are faults of a table (A^3).
    internal const double LeastVolume = 3, MostVolume = 200;

    private static readonly string[] Columns = ["conv_a", "conv_b", "conv_c", "conv_alpha", "conv_beta", "conv_gamma", "a", "b", "c",
        "alpha", "beta", "gamma"];

    /// <summary>True when a table has cells.</summary>
    public static bool HasCells(FormulaTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Column("space_group") >= 0 && Columns.All(column => table.Column(column) >= 0);
    }

    /// <summary>The cells of a table; rows whose numbers cannot be used, or whose volume is unphysical, are told and left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserException">It is no such table.</exception>
    public static (IReadOnlyList<KnownCell> Rows, IReadOnlyList<RefusedRow> Refused, string Digest) Read(string path)
    {
        FormulaTable table = FormulaTable.Read(path);
        if (!HasCells(table))
            throw UserException.Unusable($"{path} has not all of the columns space_group, {string.Join(", ", Columns)}");
        (List<KnownCell> rows, List<RefusedRow> refused) = Of(table);
        return (rows, refused, table.Digest);
    }

    /// <summary>The same of a table that has cells.</summary>
    internal static (List<KnownCell> Rows, List<RefusedRow> Refused) Of(FormulaTable table)
    {
        int group = table.Column("space_group");
        int[] columns = [.. Columns.Select(table.Column)];
        var rows = new List<KnownCell>();
        var refused = new List<RefusedRow>(table.Refused);
        var numbers = new double[Columns.Length];
        foreach (FormulaRow row in table.Rows)
        {
            RefusedRow problem = default;
            double? number = FormulaTable.Number(row, group, 1, LatticeClasses.Groups, out problem);
            for (int i = 0; i < columns.Length && problem.Finding.Code is null; i++)
                numbers[i] = FormulaTable.Number(row, columns[i], 0.1, i % 6 < 3 ? 1000 : 179.9, out problem) ?? 0;
            double volume = problem.Finding.Code is null ? ConventionalCell.VolumeOf(numbers.AsSpan(6)) / AtomsOf(row.Text) : 0;
            if (problem.Finding.Code is null && volume is >= LeastVolume and <= MostVolume)
                rows.Add(new KnownCell(row.Key, row.Composition, LatticeClasses.BravaisOf((int)number!.Value - 1),
                    ConventionalCell.Of(numbers.AsSpan(0, 6), volume)));
            else
                refused.Add(problem.Finding.Code is null ? new RefusedRow(row.Line, new(
                    FormulaTableFindings.BadTarget, row.Line, 1, FormattableString.Invariant($"{volume:0.0} A^3 an atom"))) : problem);
        }

        return (rows, refused);
    }

    /// <summary>Number of atoms that a formula of a cell names.</summary>
    internal static double AtomsOf(string formula) =>
        Formula.TryParse(formula, out Formula? parsed, out _) ? parsed.Terms.Sum(term => term.Amount.ToDouble()) : double.NaN;
}
