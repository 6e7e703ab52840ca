using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Learning.Formulas.Tables;

/// <summary>A row of a table.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Fields">Its cells, as many as columns at least.</param>
public readonly record struct CsvTableRow(int Line, string[] Fields);

/// <summary>A table as people make them, <c>.csv</c> or <c>.csv.gz</c>: UTF-8, comma, one header. Short rows are told with their
/// lines.</summary>
/// <param name="Path">The file.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">The rows that have all cells.</param>
/// <param name="Refused">The others.</param>
/// <param name="Digest">SHA-256 of the content, unpacked.</param>
public sealed record CsvTable(
    string Path, IReadOnlyList<string> Columns, IReadOnlyList<CsvTableRow> Rows, IReadOnlyList<RefusedRow> Refused, string Digest)
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="UserException">The file cannot be read, is not UTF-8, or has no rows.</exception>
    public static CsvTable Read(string path)
    {
        byte[] bytes = Bytes(path);
        string[]? columns = null;
        var rows = new List<CsvTableRow>();
        var refused = new List<RefusedRow>();
        foreach ((int line, string[] fields) in CsvLines.Read(Text(bytes, path), path))
        {
            if (columns is null)
                columns = fields;
            else if (fields.Length < columns.Length)
                refused.Add(new RefusedRow(
                    line, new Finding(FormulaTableFindings.ShortRow, line, 1,
                    FormattableString.Invariant($"{fields.Length} of {columns.Length} cells"))));
            else
                rows.Add(new CsvTableRow(line, fields));
        }

        return columns is null ? throw UserException.Unusable($"{path} is empty")
            : new CsvTable(path, columns, rows, refused, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Number of a column by its name, letter case ignored; -1 when there is none.</summary>
    public int Column(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionMode.Decompress) : file;
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
}
