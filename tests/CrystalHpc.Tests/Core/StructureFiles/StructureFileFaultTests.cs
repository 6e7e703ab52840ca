using System.Globalization;
using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.StructureFiles;
using CsvHelper;

namespace CrystalHpc.Tests.Core.StructureFiles;

/// <summary>Files from public reports on other programs: each is read to the expected numbers, or refused.</summary>
public sealed class StructureFileFaultTests
{
    private const double RelativeTolerance = 2e-6;

    [Test]
    public void Every_reported_file_is_read_or_refused_as_expected()
    {
        string folder = TestPaths.SharedOrIgnore("faults/xyz");
        var wrong = new List<string>();
        int files = 0;
        using CsvReader table = CsvReader.FromFile(Path.Combine(folder, "situations.csv"), CsvReaderOptions.Default);
        while (table.Read())
        {
            files++;
            (string file, string expected) = (table.GetString(0), table.GetString(3));
            FrameReading[] readings = Read(Path.Combine(folder, file));
            string difference = expected.StartsWith("refuse", StringComparison.Ordinal)
                ? Refused(readings) : Difference(readings, expected);
            if (difference.Length > 0)
                wrong.Add($"{file}: {difference} ({expected})");
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(files, Is.EqualTo(101));
    }

    private static FrameReading[] Read(string path)
    {
        FrameReaderOptions options = Path.GetFileName(path) switch
        {
            "n03_atomic_units.data" => new() { Units = FrameUnits.TryParse("bohr,hartree") },
            "e44_dft_keys.xyz" => new() { EnergyKey = "dft_energy", ForcesKey = "dft_force" },
            _ => new() { Units = FrameUnits.ElectronVoltAngstrom },
        };
        using FileStream stream = File.OpenRead(path);
        return [.. StructureFile.Read(stream, StructureFile.FormatOfFile(path)!.Value, options)];
    }

    private static string Refused(FrameReading[] readings) => readings.Any(reading => reading.Frame is null) ? "" : "not refused";

    private static string Difference(FrameReading[] readings, string expected)
    {
        if (readings.FirstOrDefault(reading => reading.Frame is null) is { } refused)
            return $"refused: {refused.Findings[^1].Message}";
        using JsonDocument document = JsonDocument.Parse(expected);
        JsonElement root = document.RootElement;
        if (readings.Length != root.GetProperty("frames").GetInt32())
            return $"{readings.Length} frames";
        for (int i = 0; i < readings.Length; i++)
        {
            AtomFrame frame = readings[i].Frame!;
            foreach ((string name, double[]? value) in Values(frame))
            {
                double[]? other = !root.TryGetProperty(name, out JsonElement list) ? value : Flat(list[i]);
                if (!AreEqual(value, other))
                    return $"{name} of frame {i}: {Text(value)} for {Text(other)}";
            }

            if (!frame.Species.Select(element => element.Symbol).SequenceEqual(root.GetProperty("species")[i].EnumerateArray()
                .Select(word => word.GetString())))
                return "species";
            if (frame.Periodicity.ToString().Replace(" ", "", StringComparison.Ordinal) != root.GetProperty("pbc")[i].GetString())
                return $"pbc {frame.Periodicity}";
        }

        return "";
    }

    private static IEnumerable<(string Name, double[]? Value)> Values(AtomFrame frame)
    {
        yield return ("energy", frame.EnergyElectronVolt is { } energy ? [energy] : null);
        yield return ("forces", frame.ForcesElectronVoltPerAngstrom);
        yield return ("stress", frame.StressElectronVoltPerCubicAngstrom);
        yield return ("cell", frame.Cell is { } c ? [c.A.X, c.A.Y, c.A.Z, c.B.X, c.B.Y, c.B.Z, c.C.X, c.C.Y, c.C.Z] : null);
        yield return ("virial", Virial(frame));
        foreach (string name in (string[])["free_energy", "total_charge"])
        {
            if (frame.Property(name) is { } text)
                yield return (name, [double.Parse(text, CultureInfo.InvariantCulture)]);
        }
    }

    private static double[]? Virial(AtomFrame frame) => frame.StressElectronVoltPerCubicAngstrom is { } s && frame.Cell is { } cell
        ? [.. new[] { s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2] }.Select(value => -Math.Abs(cell.Volume) * value)]
        : null;

    private static double[]? Flat(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(item => Flat(item)!)],
        _ => [element.GetDouble()],
    };

    private static bool AreEqual(double[]? left, double[]? right) => left is null || right is null
        ? left is null && right is null
        : left.Length == right.Length && left.Zip(right).All(pair
            => Math.Abs(pair.First - pair.Second) <= RelativeTolerance * Math.Max(1e-3, Math.Abs(pair.Second)));

    private static string Text(double[]? values) => values is null ? "none" : string.Join(' ', values);
}
