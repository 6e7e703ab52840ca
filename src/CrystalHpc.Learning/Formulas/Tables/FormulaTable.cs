using System.Globalization;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Learning.Formulas.Tables;

/// <summary>
/// A table with a column of formulas, <c>.csv</c> or <c>.csv.gz</c>: UTF-8, comma, one header. Rows that cannot be used are told with their
/// lines; a file that is no such table is refused.
/// </summary>
public sealed class FormulaTable
{
    private static readonly string[] Missing = ["", "nan", "na", "n/a", "none", "null", "-"];

    private readonly CsvTable _table;

    private FormulaTable(CsvTable table, List<FormulaRow> rows, List<RefusedRow> refused)
        => (_table, Rows, Refused) = (table, rows, refused);

    /// <summary>The file.</summary>
    public string Path => _table.Path;

    /// <summary>The rows whose formula was read.</summary>
    public IReadOnlyList<FormulaRow> Rows { get; }

    /// <summary>The rows that were refused.</summary>
    public IReadOnlyList<RefusedRow> Refused { get; }

    /// <summary>SHA-256 of the content, unpacked.</summary>
    public string Digest => _table.Digest;

    /// <summary>Reads a table.</summary>
    /// <exception cref="UserException">The file cannot be read, or is no table of formulas.</exception>
    public static FormulaTable Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        int formula = FormulaColumn(table);
        var rows = new List<FormulaRow>();
        var refused = new List<RefusedRow>(table.Refused);
        foreach ((int line, string[] fields) in table.Rows)
        {
            if (Composition.TryParse(fields[formula], out Formula? parsed, out Composition? composition, out Finding? problem))
                rows.Add(new FormulaRow(line, fields[formula], parsed.ReducedKey, composition, fields));
            else
                refused.Add(new RefusedRow(line, problem.Value));
        }

        return rows.Count == 0 && refused.Count == 0
            ? throw UserException.Unusable($"{path} has a header and no rows")
            : new FormulaTable(table, rows, [.. refused.OrderBy(row => row.Line)]);
    }

    /// <summary>Number of a column by its name, letter case ignored; -1 when there is none.</summary>
    public int Column(string name) => _table.Column(name);

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => _table.Columns;

    /// <summary>The number in a cell: digits with a period, finite, within bounds.</summary>
    /// <returns>Null, and what is wrong.</returns>
    public static double? Number(FormulaRow row, int column, double least, double most, out RefusedRow problem)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Number(new CsvTableRow(row.Line, row.Fields), column, least, most, out problem);
    }

    /// <summary>The number in a cell: digits with a period, finite, within bounds.</summary>
    /// <returns>Null, and what is wrong.</returns>
    public static double? Number(CsvTableRow row, int column, double least, double most, out RefusedRow problem)
    {
        problem = default;
        string cell = row.Fields[column];
        if (Missing.Contains(cell, StringComparer.OrdinalIgnoreCase))
            problem = new RefusedRow(row.Line, new Finding(FormulaTableFindings.MissingTarget, row.Line, 1, cell.Length == 0 ? "no target"
                : $"{cell} is no target"));
        else if (double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) && value >= least && value <= most)
            return value;
        else
            problem = new RefusedRow(row.Line, new Finding(FormulaTableFindings.BadTarget, row.Line, 1,
                $"{cell} is not a finite number in its range"));
        return null;
    }

    private static int FormulaColumn(CsvTable table)
    {
        int formula = table.Column("formula");
        if (formula >= 0)
            return formula;
        throw UserException.Unusable(table.Columns.Count == 1 && table.Columns[0].Contains(';', StringComparison.Ordinal)
            ? $"{table.Path}: columns are separated by semicolons, not by commas"
            : $"{table.Path} has no header with a column 'formula': its first line is '{string.Join(",", table.Columns)}'");
    }
}
