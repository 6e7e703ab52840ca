using System.Globalization;
using System.IO.Compression;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Benchmarks;

/// <summary>A structure of the shared tables and what spglib says of it at 0.1, 0.01 and 0.001 Å.</summary>
/// <param name="Name">Table and row.</param>
/// <param name="Cell">The atoms.</param>
/// <param name="Numbers">Space group numbers at the three tolerances.</param>
/// <param name="Hall">Hall symbol at 0.01 Å, as are the rest.</param>
/// <param name="PrimitiveAtoms">Atoms of the primitive cell.</param>
/// <param name="Wyckoff">Letters in the order of the sites.</param>
/// <param name="SiteSymmetry">Symbols in the order of the sites.</param>
/// <param name="Equivalent">First equivalent site of each.</param>
internal sealed record JudgedStructure(
    string Name, AtomicCell Cell, int[] Numbers, string Hall, int PrimitiveAtoms, string Wyckoff, string[] SiteSymmetry, int[] Equivalent);

/// <summary>The five tables of structures that lie beside the repository, with spglib's answers.</summary>
internal static class SymmetryTables
{
    private static readonly (string Folder, string File)[] Tables =
    [
        ("mp20-biternary", "mp20_biternary"), ("mp-mpts52", "mpts52"), ("mp-3dsc", "mp3dsc"), ("mp-elastic-binary", "elastic"),
        ("alexandria-cv", "cv300"),
    ];

    /// <summary>All structures; none when the tables are not there.</summary>
    /// <param name="shared">The folder that holds <c>datasets</c> and <c>gold</c>.</param>
    public static List<JudgedStructure> Load(string shared)
    {
        string gold = Path.Combine(shared, "gold", "spglib-tables.csv.gz");
        if (!File.Exists(gold))
            return [];
        Dictionary<string, AtomicCell[]> cells = Tables.ToDictionary(
            table => table.Folder, table => Cells(Path.Combine(shared, "datasets", table.Folder, table.File + ".csv.gz")));
        return [.. Lines(gold).Skip(1).Select(line => line.Split(',')).Select(row => new JudgedStructure(
            $"{row[0]}:{row[1]}", cells[row[0]][Whole(row[1])], [Whole(row[3]), Whole(row[4]), Whole(row[5])],
            Unquoted(row[6]), Whole(row[8]), row[9], row[10].Split(' '), [.. row[11].Split(' ').Select(Whole)]))];
    }

    private static AtomicCell[] Cells(string path)
    {
        string[] lines = [.. Lines(path)];
        string[] header = lines[0].Split(',');
        int sites = Array.IndexOf(header, "sites"), a = Array.IndexOf(header, "a");
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(row => Cell([.. row[a..(a + 6)].Select(Number)], row[sites]))];
    }

    private static AtomicCell Cell(double[] edges, string sites)
    {
        string[][] atoms = [.. sites.Split(';').Select(site => site.Split(' '))];
        var cell = new UnitCell(edges[0], edges[1], edges[2], edges[3], edges[4], edges[5]);
        Fractional[] positions = [.. atoms.Select(atom => new Fractional(Number(atom[1]), Number(atom[2]), Number(atom[3])))];
        return new AtomicCell(Basis.Of(cell), positions, [.. atoms.Select(atom => (int)Element.Of(atom[0]).AtomicNumber)]);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static string Unquoted(string field) =>
        field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;

    private static int Whole(string text) => text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
