using System.Globalization;
using System.IO.Compression;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Learning.Formulas.Tables;
using CsvHelper;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>
/// Known cubic crystals: those that a candidate can be like, and that it must not be taken for new beside. A table that ships, of all parts
/// of the split; what a model was trained on its own file says.
/// </summary>
/// <param name="crystals">The crystals.</param>
public sealed class ReferenceLibrary(IReadOnlyList<ReferenceCrystal> crystals)
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "models", GenerationModel.System, "known.csv.gz");

    private static readonly string[] Columns = ["id", "formula", "kind", "space_group", "a", "places"];

    private readonly ILookup<string, ReferenceCrystal> _byKey = crystals.ToLookup(crystal => crystal.Key, StringComparer.Ordinal);

    /// <summary>The crystals.</summary>
    public IReadOnlyList<ReferenceCrystal> Crystals => crystals;

    /// <summary>Crystals of a reduced formula.</summary>
    public IEnumerable<ReferenceCrystal> Of(string key) => _byKey[key];

    /// <summary>
    /// The crystal that people mean by a formula: the first one of the library, which lists those of low energy first; null when there is
    /// none.
    /// </summary>
    public ReferenceCrystal? Find(string formula) =>
        Formula.TryParse(formula, out Formula? parsed, out _) ? _byKey[parsed.ReducedKey].FirstOrDefault(crystal => crystal.Cell
            is not null) : null;

    /// <summary>Reads a library; the one that ships when null, an empty one where none ships.</summary>
    /// <exception cref="UserException">The file is no library.</exception>
    public static ReferenceLibrary Read(string? path = null)
    {
        if (path is null && !File.Exists(Shipped))
            return new ReferenceLibrary([]);
        CsvTable table = CsvTable.Read(path ?? Shipped);
        if (!table.Columns.SequenceEqual(Columns) || table.Refused.Count > 0)
            throw UserException.Unusable($"{table.Path} is no library of known crystals");
        return new ReferenceLibrary([.. table.Rows.Select(row => Of(row.Fields) ?? throw UserException.Unusable(
            FormattableString.Invariant($"{table.Path}, line {row.Line}: not a crystal")))]);
    }

    /// <summary>Writes the library, packed.</summary>
    public void Write(string path) => WholeFile.Write(path, stream =>
    {
        using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using CsvWriter writer = CsvWriter.Create(packed, Csv.Format, leaveOpen: true);
        foreach (string[] row in crystals.Select(Fields).Prepend(Columns))
        {
            foreach (string field in row)
                writer.WriteField(field);
            writer.EndRecord();
        }
    });

    private static string[] Fields(ReferenceCrystal crystal) =>
    [
        crystal.Id, crystal.Key, crystal.Kind.ToString(), crystal.Group.ToString(CultureInfo.InvariantCulture),
        crystal.EdgeAngstrom.ToString(CultureInfo.InvariantCulture), crystal.Places,
    ];

    private static ReferenceCrystal? Of(string[] fields) =>
        Enum.TryParse(fields[2], out CellClass kind) && int.TryParse(fields[3], CultureInfo.InvariantCulture, out int group)
        && double.TryParse(fields[4], CultureInfo.InvariantCulture, out double edge)
            ? new ReferenceCrystal(fields[0], fields[1], kind, group, edge, fields[5]) : null;
}
