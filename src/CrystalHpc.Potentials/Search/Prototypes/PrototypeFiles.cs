using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Simulation;
using CsvHelper;

namespace CrystalHpc.Potentials.Search.Prototypes;

/// <summary>
/// Structure types of files: structures of any format, or tables of the columns <c>aflow</c>, <c>mineral</c>, <c>pearson</c>,
/// <c>strukturbericht</c>, <c>lattice</c> (nine numbers, A) and
/// <c>sites</c> (element and fractions, between semicolons).
/// </summary>
internal static class PrototypeFiles
{
    /// <summary>Reads structure types.</summary>
    /// <param name="paths">Files, or folders of structure files; none: <see cref="KnownLattices"/>.</param>
    /// <param name="refused">Is told each structure that cannot be one, and why.</param>
    /// <exception cref="UserException">A file cannot be read, or there is no structure.</exception>
    public static List<Prototype> Read(IReadOnlyList<string> paths, Action<string, string> refused)
    {
        if (paths.Count == 0)
            return [.. KnownLattices.All];
        var found = new List<Prototype>();
        foreach (string path in paths)
        {
            if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase))
                found.AddRange(ReadTable(path, refused));
            else
                found.AddRange(FrameData.Files(path).SelectMany(file => ReadFile(file, refused)));
        }

        return found.Count > 0 ? found : throw UserException.Unusable("there is no structure type to decorate");
    }

    private static IEnumerable<Prototype> ReadFile(string path, Action<string, string> refused)
    {
        foreach ((int number, FrameReading reading) in FrameData.Readings(path, FrameReaderOptions.Default))
        {
            string name = Path.GetFileNameWithoutExtension(path) + (number == 0 ? "" : FormattableString.Invariant($"#{number}"));
            if (reading.Frame is { Cell: not null } frame && frame.Periodicity == Periodicity.Crystal)
                yield return new Prototype(name, frame.Bare());
            else
                refused(name, reading.Frame is null
                    ? reading.Findings.Last(finding => finding.Code.Severity == FindingSeverity.Error).Message : "it is no crystal");
        }
    }

    private static List<Prototype> ReadTable(string path, Action<string, string> refused)
    {
        using Stream stream = StructureStreams.Open(path);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var found = new List<Prototype>();
        foreach (PrototypeRow row in Csv.Read<PrototypeRow>(bytes.ToArray(), path))
        {
            string name = row.Strukturbericht is not ("" or "None") ? $"{row.Strukturbericht} ({row.Aflow})" : row.Aflow;
            if (FrameOf(row) is { } frame)
                found.Add(new Prototype(name, frame));
            else
                refused(name, "its lattice or its sites cannot be read");
        }

        return found;
    }

    private static AtomFrame? FrameOf(PrototypeRow row)
    {
        double[]? lattice = Numbers(row.Lattice.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string[][] sites = [.. row.Sites.Split(';').Select(site => site.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        if (lattice is not [var ax, var ay, var az, var bx, var by, var bz, var cx, var cy, var cz])
            return null;
        var cell = new Basis(new Cartesian(ax, ay, az), new Cartesian(bx, by, bz), new Cartesian(cx, cy, cz));
        (var species, var positions) = (new List<Element>(), new List<double>());
        foreach (string[] site in sites)
        {
            if (site.Length != 4 || !Element.TryParse(site[0], out Element element) || Numbers(site[1..]) is not [var x, var y, var z])
                return null;
            Cartesian place = cell.ToCartesian(new Fractional(x, y, z));
            species.Add(element);
            positions.AddRange([place.X, place.Y, place.Z]);
        }

        return Math.Abs(cell.Volume) == 0 ? null : new AtomFrame
        {
            Species = [.. species], PositionsAngstrom = [.. positions], Cell = cell, Periodicity = Periodicity.Crystal,
        };
    }

    private static double[]? Numbers(string[] fields)
    {
        double[] numbers = [.. fields.Select(field =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return numbers.All(double.IsFinite) ? numbers : null;
    }
}

/// <summary>A structure type of a table.</summary>
/// <param name="Aflow">Its label.</param>
/// <param name="Mineral">A mineral of the type.</param>
/// <param name="Pearson">Its Pearson symbol.</param>
/// <param name="Strukturbericht">Its Strukturbericht name.</param>
/// <param name="Lattice">Cell vectors, nine numbers, A.</param>
/// <param name="Sites">Element and fractional position of each atom, between semicolons.</param>
[CsvRecord]
internal sealed partial record PrototypeRow(
    [property: CsvColumn("aflow")] string Aflow,
    [property: CsvColumn("mineral")] string Mineral,
    [property: CsvColumn("pearson")] string Pearson,
    [property: CsvColumn("strukturbericht")] string Strukturbericht,
    [property: CsvColumn("lattice")] string Lattice,
    [property: CsvColumn("sites")] string Sites);
