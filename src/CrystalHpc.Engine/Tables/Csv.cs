using CrystalHpc.Engine.Jobs;
using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>All CSV tables: UTF-8, comma, one header row, RFC 4180 quoting, line feeds, invariant culture, round-trip numbers.</summary>
public static class Csv
{
    /// <summary>How tables are written.</summary>
    public static CsvWriterOptions Format { get; } = CsvWriterOptions.Default with { NewLine = "\n" };

    private static readonly CsvReaderOptions Strict = CsvReaderOptions.Default with { FieldCountMismatch = CsvFieldCountHandling.Throw };

    /// <summary>Writes a table as a whole file; the columns are those of the row type. Returns its SHA-256.</summary>
    public static string Write<TRow>(string path, IEnumerable<TRow> rows) => WholeFile.Write(path, stream => Write(stream, rows));

    /// <summary>Writes a table to a stream.</summary>
    public static void Write<TRow>(Stream stream, IEnumerable<TRow> rows)
    {
        using CsvWriter writer = CsvWriter.Create(stream, Format, leaveOpen: true);
        writer.WriteHeader<TRow>();
        foreach (TRow row in rows)
            writer.WriteRecord(row);
    }

    /// <summary>Writes rows to a stream, without the header row.</summary>
    public static void WriteRows<TRow>(Stream stream, IEnumerable<TRow> rows)
    {
        using CsvWriter writer = CsvWriter.Create(stream, Format, leaveOpen: true);
        foreach (TRow row in rows)
            writer.WriteRecord(row);
    }

    /// <summary>Reads a table row by row.</summary>
    /// <exception cref="UserException">The file is missing, torn, or has other columns.</exception>
    public static IEnumerable<TRow> Read<TRow>(string path)
    {
        if (!File.Exists(path))
            throw UserException.Unusable($"{path} is missing");
        CheckEnd(path);
        return Read<TRow>(CsvReader.FromFile(path, Strict), path);
    }

    /// <summary>Reads a table from bytes; the path is for messages.</summary>
    public static IEnumerable<TRow> Read<TRow>(ReadOnlyMemory<byte> utf8, string path) => Read<TRow>(CsvReader.Create(utf8, Strict), path);

    private static IEnumerable<TRow> Read<TRow>(CsvReader reader, string path)
    {
        using (reader)
        {
            while (TryRead(reader, path, out TRow? row))
                yield return row!;
        }
    }

    // A row cut inside its last number still reads as a row: only the line feed tells that a table is whole.
    private static void CheckEnd(string path)
    {
        using FileStream file = File.OpenRead(path);
        file.Seek(Math.Max(0, file.Length - 1), SeekOrigin.Begin);
        if (file.ReadByte() != '\n')
            throw UserException.Unusable($"{path} is cut short");
    }

    private static bool TryRead<TRow>(CsvReader reader, string path, out TRow? row)
    {
        try
        {
            row = default;
            if (!reader.Read())
                return false;
            row = reader.GetRecord<TRow>();
            return true;
        }
        catch (Exception fault) when (fault is FormatException or IOException or CsvValidationException or KeyNotFoundException)
        {
            throw UserException.Unusable($"{path} is not a table of this program: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
