using System.Globalization;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.StructureFiles;

/// <summary>Reads and writes frames of small texts.</summary>
internal static class Frames
{
    /// <summary>Å and eV, stated.</summary>
    public static readonly FrameReaderOptions Stated = new() { Units = FrameUnits.ElectronVoltAngstrom };

    /// <summary>All readings of a text.</summary>
    public static FrameReading[] Read(StructureFormat format, string text, FrameReaderOptions? options = null) =>
        [.. StructureFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, options ?? FrameReaderOptions.Default)];

    /// <summary>The only frame of a text.</summary>
    public static AtomFrame Single(StructureFormat format, string text, FrameReaderOptions? options = null)
    {
        FrameReading[] readings = Read(format, text, options);
        Assert.That(readings, Has.Length.EqualTo(1));
        Assert.That(readings[0].Frame, Is.Not.Null, string.Join('\n', readings[0].Findings));
        return readings[0].Frame!;
    }

    /// <summary>Asserts that a text holds one frame that is refused with this code at this line.</summary>
    public static void AssertRefused(StructureFormat format, string text, FindingCode code, int line, FrameReaderOptions? options = null)
    {
        FrameReading[] readings = Read(format, text, options);
        Assert.That(readings, Has.Length.EqualTo(1));
        Assert.That(readings[0].Frame, Is.Null);
        Finding reason = readings[0].Findings[^1];
        Assert.That((reason.Code, reason.Line), Is.EqualTo((code, line)), reason.Message);
    }

    /// <summary>Frames as the text of a format; findings that writing gave.</summary>
    public static (string Text, List<Finding> Findings) Write(StructureFormat format, params AtomFrame[] frames)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var findings = new List<Finding>();
        IFrameWriter writer = StructureFile.CreateWriter(text, format, FrameUnits.ElectronVoltAngstrom);
        foreach (AtomFrame frame in frames)
            writer.Write(frame, findings);
        return (text.ToString(), findings);
    }

    /// <summary>A triclinic crystal of two atoms with all values, none of which is a short decimal.</summary>
    public static AtomFrame Crystal() => new()
    {
        Species = [Element.Of("Mg"), Element.Of("O")],
        PositionsAngstrom = [0.1 / 3, -1e-17, 2.0 / 7, 1.3 + 1e-15, 12.0 / 11, Math.PI / 2],
        Cell = new Basis(new(8.0 / 3, 0, 1e-9), new(0.1, 19.0 / 7, 0), new(-0.15, 0.2, Math.E)),
        Periodicity = Periodicity.Crystal,
        EnergyElectronVolt = -1e3 / 7,
        ForcesElectronVoltPerAngstrom = [1.0 / 3, -2.0 / 3, 1e-300, -1.0 / 3, 2.0 / 3, -0.0],
        StressElectronVoltPerCubicAngstrom = [0.01 / 3, -0.02 / 3, 0.05 / 7, 1e-5 / 3, -2e-5 / 3, 5e-5 / 7],
        Arrays =
        [
            new FrameArray<double>("magmoms", 1, [double.NaN, 1.0 / 9]),
            new FrameArray<bool>("move_mask", 3, [true, false, true, false, false, true]),
            new FrameArray<long>("id", 1, [7, -3]), new FrameArray<string>("label", 1, ["Mg1", "O'"]),
        ],
        Properties = [new("comment", "a \"quoted\" = 'text' \\ with, everything"), new("config_type", "bulk"),
        new("free_energy", "-142.9")],
    };

    /// <summary>Asserts that two frames hold the same numbers, bit for bit.</summary>
    public static void AssertSame(AtomFrame actual, AtomFrame expected)
    {
        Assert.That(actual.Species, Is.EqualTo(expected.Species));
        Assert.That(actual.PositionsAngstrom, Is.EqualTo(expected.PositionsAngstrom));
        Assert.That(actual.Cell, Is.EqualTo(expected.Cell));
        Assert.That(actual.Periodicity, Is.EqualTo(expected.Periodicity));
        Assert.That(actual.EnergyElectronVolt, Is.EqualTo(expected.EnergyElectronVolt));
        Assert.That(actual.ForcesElectronVoltPerAngstrom, Is.EqualTo(expected.ForcesElectronVoltPerAngstrom));
        Assert.That(actual.StressElectronVoltPerCubicAngstrom, Is.EqualTo(expected.StressElectronVoltPerCubicAngstrom));
        Assert.That(actual.Properties, Is.EqualTo(expected.Properties));
        Assert.That(actual.Arrays.Select(Text), Is.EqualTo(expected.Arrays.Select(Text)));
    }

    private static string Text(FrameArray array)
    {
        string values = array switch
        {
            FrameArray<double> reals => string.Join(' ', reals.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
            FrameArray<long> integers => string.Join(' ', integers.Values),
            FrameArray<bool> logicals => string.Join(' ', logicals.Values),
            FrameArray<string> words => string.Join(' ', words.Values),
            _ => "",
        };
        return $"{array.Name}:{array.TypeLetter}:{array.Width} {values}";
    }
}
