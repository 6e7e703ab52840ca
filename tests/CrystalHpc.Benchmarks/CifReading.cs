using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Benchmarks;

/// <summary>Speed of the CIF reader on one core, over files held in memory: <c>cif ARCHIVE.tar.gz|FOLDER [ROUNDS]</c>.</summary>
internal static class CifReading
{
    private static readonly string[] Coordinates = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"];

    public static void Run(string[] args)
    {
        List<byte[]> files = Load(args[0]);
        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        long bytes = files.Sum(file => (long)file.Length);
        Console.WriteLine(FormattableString.Invariant($"{files.Count} files, {bytes / 1e6:F1} MB"));

        double sum = 0;
        Report("pass over the bytes (memory speed)", rounds, bytes, () => files.Sum(file => (double)file.AsSpan().Count((byte)'\n')));
        Report("read", rounds, bytes, () => files.Sum(file => (double)Read(file).Blocks.Count));
        Report("read and take the coordinates", rounds, bytes, () => sum = files.Sum(file => SumCoordinates(Read(file))));
        Console.WriteLine(FormattableString.Invariant($"sum of coordinates {sum:R}"));
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

    private static void Report(string what, int rounds, long bytes, Func<double> round)
    {
        double best = double.PositiveInfinity;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < rounds; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            round();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        double allocatedPerByte = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)bytes / rounds;
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: best of {rounds} rounds {bytes / best / 1e6:F0} MB/s, {allocatedPerByte:F3} bytes allocated per byte"));
    }

    private static List<byte[]> Load(string path)
    {
        if (Directory.Exists(path))
            return [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        List<byte[]> files = [];
        using TarReader archive = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using MemoryStream content = new();
            entry.DataStream.CopyTo(content);
            files.Add(content.ToArray());
        }

        return files;
    }
}
