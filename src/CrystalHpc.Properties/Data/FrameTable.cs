using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Properties.Data;

/// <summary>
/// Files of structures, such as extended XYZ, as tables: a row for each frame, with the columns <c>lattice</c>, <c>sites</c>,
/// <c>energy_eV_atom</c>, and one for each other value that frames carry, such as <c>band_gap_eV</c>.
/// </summary>
public static class FrameTable
{
    private static readonly string[] Fixed = ["index", "lattice", "sites", "energy_eV_atom"];

    /// <summary>True for a table, or a file of structures that is no CIF file, by its name.</summary>
    public static bool IsTable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsCsv(path) || StructureFile.FormatOfFile(path) is not (null or StructureFormat.Cif);
    }

    /// <summary>Reads a table of either kind.</summary>
    /// <exception cref="UserException">It cannot be read.</exception>
    public static CsvTable Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return StructureFile.FormatOfFile(path) is { } format and not StructureFormat.Cif && !IsCsv(path)
            ? ReadFrames(path, format) : CsvTable.Read(path);
    }

    private static bool IsCsv(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    private static CsvTable ReadFrames(string path, StructureFormat format)
    {
        (var frames, var refused) = (new List<(int Number, int Line, AtomFrame Frame)>(), new List<RefusedRow>());
        using Stream input = StructureStreams.Open(path);
        int number = 0;
        foreach (FrameReading reading in StructureFile.Read(input, format, FrameReaderOptions.Default))
        {
            if (reading.Frame is null)
                refused.Add(new RefusedRow(
                    reading.Line, reading.Findings.First(finding => finding.Code.Severity == FindingSeverity.Error)));
            else if (reading.Frame.Cell is null || reading.Frame.Periodicity != Periodicity.Crystal)
                refused.Add(new RefusedRow(
                    reading.Line, new Finding(PropertyFindings.Unreadable, reading.Line, 0, "it does not repeat in three directions")));
            else
                frames.Add((number, reading.Line, reading.Frame));
            number++;
        }

        string[] named = [.. frames.SelectMany(frame => frame.Frame.Properties.Select(property => property.Name)).Distinct()
            .Where(name => !Fixed.Contains(name, StringComparer.OrdinalIgnoreCase))];
        return new CsvTable(
            path, [.. Fixed, .. named],
            [.. frames.Select(frame => new CsvTableRow(frame.Line, [.. Cells(frame.Number, frame.Frame, named)]))],
            refused, DigestOf(path));
    }

    private static IEnumerable<string> Cells(int number, AtomFrame frame, string[] named)
    {
        Basis cell = frame.Cell!.Value, reciprocal = cell.Reciprocal;
        yield return number.ToString(CultureInfo.InvariantCulture);
        yield return string.Join(' ', new[] { cell.A, cell.B, cell.C }.Select(Text));
        yield return string.Join(';', Enumerable.Range(0, frame.AtomCount).Select(atom =>
        {
            Fractional place = reciprocal.Project(frame.PositionOf(atom));
            return $"{frame.Species[atom].Symbol} {Text(new Cartesian(place.X, place.Y, place.Z))}";
        }));
        yield return frame.EnergyElectronVolt is { } energy
            ? (energy / frame.AtomCount).ToString("R", CultureInfo.InvariantCulture) : "";
        foreach (string name in named)
            yield return frame.Property(name) ?? "";
    }

    private static string Text(Cartesian vector) => string.Create(CultureInfo.InvariantCulture, $"{vector.X:R} {vector.Y:R} {vector.Z:R}");

    private static string DigestOf(string path)
    {
        using Stream content = StructureStreams.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
