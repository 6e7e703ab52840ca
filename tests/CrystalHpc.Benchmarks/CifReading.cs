using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Benchmarks;

/// <summary>Reading CIF syntax on one core, files held in memory: our reader against gemmi's.</summary>
internal static class CifReading
{
    private static readonly string[] Coordinates = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"];

    public static void Run(string[] args)
    {
        int rounds = Arguments.Number(args, "--rounds", 15);
        GemmiPeer? gemmi = GemmiPeer.TryBuild();
        Measure("real files", SampleFiles.Load(args), gemmi, rounds);
        Measure("made files: mixture as in COD", SyntheticCif.Mixture(200), gemmi, rounds);
        Measure("made files: loops of reflections", SyntheticCif.Reflections(12, asText: false), gemmi, rounds);
        Measure("made files: reflections in text fields", SyntheticCif.Reflections(12, asText: true), gemmi, rounds);
    }

    // A file that the peer refuses half way would flatter it: only what both read to the end is measured.
    private static void Measure(string title, List<byte[]> all, GemmiPeer? gemmi, int rounds)
    {
        List<byte[]> files = gemmi is null ? all : [.. all.Where(file => gemmi.Read(file) >= 0)];
        if (files.Count == 0)
            return;
        double megabytes = files.Sum(file => (double)file.Length) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{title}: {files.Count} files of {1e3 * megabytes / files.Count:0.0} kB in the mean ({all.Count - files.Count} "
            + $"that gemmi refuses are left out)"));

        Contest reading = new("read", megabytes, "MB");
        reading.Add("CrystalHpc", () => files.ForEach(file => Read(file)));
        if (gemmi is not null)
            reading.Add("gemmi", () => files.ForEach(file => gemmi.Read(file)));
        reading.Add("count line ends (memory speed)", () => _ = files.Sum(file => (double)file.AsSpan().Count((byte)'\n')));
        reading.Run(rounds);

        (double ours, double theirs) = (0, 0);
        Contest coordinates = new("read and add up the coordinates", files.Count, "files");
        coordinates.Add("CrystalHpc", () => ours = files.Sum(file => SumCoordinates(Read(file))));
        if (gemmi is not null)
            coordinates.Add("gemmi", () => theirs = files.Sum(gemmi.SumCoordinates));
        coordinates.Run(rounds);
        Console.WriteLine(FormattableString.Invariant($"  sums {ours:0.0000} and {theirs:0.0000}"));
    }

    private static CifDocument Read(byte[] file)
    {
        List<Finding> findings = [];
        return CifDocument.Parse(file, findings);
    }

    private static double SumCoordinates(CifDocument document)
    {
        double sum = 0;
        foreach (CifBlock block in document.Blocks)
        {
            foreach (string tag in Coordinates)
            {
                if (!block.TryGetColumn(tag, out CifColumn column))
                    continue;
                for (int row = 0; row < column.Count; row++)
                    sum += column[row].TryGetNumber(out CifNumber number) ? number.Value : 0;
            }
        }

        return sum;
    }
}
