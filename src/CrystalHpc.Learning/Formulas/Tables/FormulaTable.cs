using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Learning.Formulas.Tables;

/// <summary>
/// A table with a column of formulas, <c>.csv</c> or <c>.csv.gz</c>: UTF-8, comma, one header. Rows that cannot be used are told with their lines; a file that is no
/// such table is refused.
/// </summary>
public sealed class FormulaTable
{
    private static readonly string[] Missing = ["", "nan", "na", "n/a", "none", "null", "-"];

    private readonly string[] _columns;

    private FormulaTable(string path, string[] columns, List<FormulaRow> rows, List<RefusedRow> refused, string digest) =>
        (Path, _columns, Rows, Refused, Digest) = (path, columns, rows, refused, digest);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The rows whose formula was read.</summary>
    public IReadOnlyList<FormulaRow> Rows { get; }

    /// <summary>The rows that were refused.</summary>
    public IReadOnlyList<RefusedRow> Refused { get; }

    /// <summary>SHA-256 of the content, unpacked.</summary>
    public string Digest { get; }

    /// <summary>Reads a table.</summary>
    /// <exception cref="UserException">The file cannot be read, or is no table of formulas.</exception>
    public static FormulaTable Read(string path)
    {
        byte[] bytes = Bytes(path);
        string text = Text(bytes, path);
        (string[]? columns, int formula) = (null, -1);
        var rows = new List<FormulaRow>();
        var refused = new List<RefusedRow>();
        foreach ((int line, string[] fields) in CsvLines.Read(text, path))
        {
            if (columns is null)
            {
                (columns, formula) = Header(fields, path);
                continue;
            }

            if (fields.Length < columns.Length)
                refused.Add(new RefusedRow(line, new Finding(FormulaTableFindings.ShortRow, line, 1, string.Create(CultureInfo.InvariantCulture, $"{fields.Length} of {columns.Length} cells"))));
            else
                Add(line, fields, fields[formula]);
        }

        if (columns is null)
            throw UserException.Unusable($"{path} is empty");
        if (rows.Count == 0 && refused.Count == 0)
            throw UserException.Unusable($"{path} has a header and no rows");
        return new FormulaTable(path, columns, rows, refused, Convert.ToHexStringLower(SHA256.HashData(bytes)));

        void Add(int line, string[] fields, string written)
        {
            if (!Formula.TryParse(written, out Formula? parsed, out FormulaRefusal? refusal))
                refused.Add(new RefusedRow(line, refusal.ToFinding(line)));
            else if (!Composition.TryCreate(parsed, out Composition? composition, out Finding? problem))
                refused.Add(new RefusedRow(line, problem.Value));
            else
                rows.Add(new FormulaRow(line, written, parsed.ReducedKey, composition, fields));
        }
    }

    /// <summary>Number of a column by its name, letter case ignored; -1 when there is none.</summary>
    public int Column(string name) => Array.FindIndex(_columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The number in a cell: digits with a period, finite, within bounds.</summary>
    /// <returns>Null, and what is wrong.</returns>
    public static double? Number(FormulaRow row, int column, double least, double most, out RefusedRow problem)
    {
        ArgumentNullException.ThrowIfNull(row);
        problem = default;
        string cell = row.Fields[column];
        if (Missing.Contains(cell, StringComparer.OrdinalIgnoreCase))
            problem = new RefusedRow(row.Line, new Finding(FormulaTableFindings.MissingTarget, row.Line, 1, cell.Length == 0 ? "no target" : $"{cell} is no target"));
        else if (double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) && value >= least && value <= most)
            return value;
        else
            problem = new RefusedRow(row.Line, new Finding(FormulaTableFindings.BadTarget, row.Line, 1, $"{cell} is not a finite number in its range"));
        return null;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw UserException.Unusable($"{path} cannot be read: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string Text(byte[] bytes, string path)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || bytes.AsSpan(0, Math.Min(bytes.Length, 64)).Contains((byte)0))
            throw UserException.Unusable($"{path} is UTF-16, not UTF-8");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw UserException.Unusable($"{path} is not UTF-8");
        }
    }

    private static (string[] Columns, int Formula) Header(string[] fields, string path)
    {
        int formula = Array.FindIndex(fields, field => field.Equals("formula", StringComparison.OrdinalIgnoreCase));
        if (formula >= 0)
            return (fields, formula);
        throw UserException.Unusable(fields.Length == 1 && fields[0].Contains(';', StringComparison.Ordinal)
            ? $"{path}: columns are separated by semicolons, not by commas"
            : $"{path} has no header with a column 'formula': its first line is '{string.Join(",", fields)}'");
    }
}
