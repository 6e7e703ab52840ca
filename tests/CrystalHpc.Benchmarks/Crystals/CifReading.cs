using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Benchmarks;

/// <summary>Reading CIF syntax on one core, files held in memory: our reader against gemmi's.</summary>
internal static class CifReading
{
    private static readonly string[] Coordinates = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"];

    private const int Rounds = 15;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        GemmiPeer? gemmi = GemmiPeer.TryBuild();
        return
        [
            .. Measure(args, "real files", () => SampleFiles.Load(args), gemmi, aim: 3),
            .. Measure(args, "made mixture as in COD", () => SyntheticCif.Mixture(200), gemmi, aim: 10),
            .. Measure(args, "made loops of reflections", () => SyntheticCif.Reflections(12, asText: false), gemmi, aim: 10),
            .. Measure(args, "made reflections as text", () => SyntheticCif.Reflections(12, asText: true), gemmi, aim: 10),
        ];
    }

    // A file that the peer refuses half way would flatter it: only what both read to the end is measured.
    private static List<ContestResult> Measure(string[] args, string title, Func<List<byte[]>> load, GemmiPeer? gemmi, double aim)
    {
        string read = $"{title}, read", summed = $"{title}, coordinates added up";
        if (!Arguments.Wants(args, read) && !Arguments.Wants(args, summed))
            return [];
        List<byte[]> all = load();
        List<byte[]> files = gemmi is null ? all : [.. all.Where(file => gemmi.Read(file) >= 0)];
        if (files.Count == 0)
            return [];
        double megabytes = files.Sum(file => (double)file.Length) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{title}: {files.Count} files of {1e3 * megabytes / files.Count:0.0} kB in the mean ({all.Count - files.Count} "
            + $"that gemmi refuses are left out)"));

        Contest reading = new(read, megabytes, "MB");
        reading.Add("CrystalHpc", Timing.Processor(() => files.ForEach(file => Read(file))));
        if (gemmi is not null)
            reading.AddPeer("gemmi", Timing.Processor(() => files.ForEach(file => gemmi.Read(file))), aim);
        reading.Add("count line ends (memory)", Timing.Processor(() => _ = files.Sum(file => (double)file.AsSpan().Count((byte)'\n'))));
        List<ContestResult> results = [.. reading.Run(args, Rounds)];

        (double ours, double theirs) = (0, 0);
        Contest coordinates = new(summed, files.Count, "files");
        coordinates.Add("CrystalHpc", Timing.Processor(() => ours = files.Sum(file => SumCoordinates(Read(file)))));
        if (gemmi is not null)
            coordinates.AddPeer("gemmi", Timing.Processor(() => theirs = files.Sum(gemmi.SumCoordinates)));
        results.AddRange(coordinates.Run(args, Rounds));
        if (gemmi is not null && ours != theirs)
            Console.WriteLine(FormattableString.Invariant($"  the sums of the coordinates differ: {ours:R} and {theirs:R}"));
        return results;
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
