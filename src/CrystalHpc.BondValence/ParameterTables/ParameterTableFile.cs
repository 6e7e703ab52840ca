using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using CsvHelper;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>Reads tables of bond-valence parameters from files: CSV with recognizable columns, or CIF.</summary>
internal static class ParameterTableFile
{
    /// <summary>Reads a table; what is odd about it becomes findings.</summary>
    /// <param name="name">What the table will be called.</param>
    /// <param name="bytes">Content of the file.</param>
    /// <param name="findings">Receives what is odd.</param>
    public static ParameterTable Read(string name, byte[] bytes, ICollection<Finding> findings)
    {
        if (Encoding.Latin1.GetString(bytes).Contains("_valence_param", StringComparison.OrdinalIgnoreCase))
            return ParameterTableReader.Read(name, CifDocument.Parse(bytes, findings), findings);
        try
        {
            (string[] headers, List<ParameterTextRow> rows) = ReadCsv(bytes);
            return ParameterTableReader.Read(name, headers, rows, findings);
        }
        catch (Exception fault) when (fault is FormatException or IOException or CsvValidationException)
        {
            findings.Add(new Finding(TableFindings.NoColumns, fault.Message));
            return new ParameterTable(name, []);
        }
    }

    private static (string[] Headers, List<ParameterTextRow> Rows) ReadCsv(byte[] bytes)
    {
        using CsvReader reader = CsvReader.Create(bytes, CsvReaderOptions.Default with { TrackLineNumbers = true });
        var rows = new List<ParameterTextRow>();
        while (reader.Read())
            rows.Add(new ParameterTextRow((int)reader.LineNumber, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]));
        return ([.. reader.Headers ?? []], rows);
    }
}
