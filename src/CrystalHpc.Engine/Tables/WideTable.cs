using System.Globalization;
using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Writes CSV tables that have a column for each of several parameter tables, so that no record type can hold their rows.
/// </summary>
public static class WideTable
{
    /// <summary>Writes a table as a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="headers">Names of the columns.</param>
    /// <param name="rows">Rows: text, whole numbers and doubles; null and NaN become empty fields.</param>
    public static void Write(string path, IEnumerable<string> headers, IEnumerable<IEnumerable<object?>> rows) =>
        WholeFile.Write(path, stream => Write(stream, rows.Prepend(headers)));

    /// <summary>Writes rows, the names of the columns among them where the stream begins with these.</summary>
    public static void Write(Stream stream, IEnumerable<IEnumerable<object?>> rows)
    {
        using CsvWriter writer = CsvWriter.Create(stream, Csv.Format, leaveOpen: true);
        foreach (IEnumerable<object?> row in rows)
        {
            foreach (object? field in row)
                writer.WriteField(Show(field));
            writer.EndRecord();
        }
    }

    private static string Show(object? field) => field switch
    {
        null or double.NaN => "",
        string text => CsvText.ToCell(text),
        _ => Convert.ToString(field, CultureInfo.InvariantCulture)!,
    };
}
