using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Benchmarks.Scale;

/// <summary>
/// What files cost in the extraction, without reading them from a disk and without writing tables: digest and the way through the pipeline.
/// </summary>
/// <param name="SecondsPerByte">Of each real file, the least of five passes; their spread is that of simple and difficult crystals.</param>
/// <param name="ReflectionSecondsPerByte">Of files that are nearly all reflections.</param>
/// <param name="EquationsPerFile">Equations of the real files, mean.</param>
/// <param name="BondsPerFile">Bonds of these, mean.</param>
internal sealed record FileCosts(double[] SecondsPerByte, double ReflectionSecondsPerByte, double EquationsPerFile, double BondsPerFile)
{
    private const int Passes = 5;
    private static readonly int[] ClassBounds = [2_000, 5_000, 15_000, 50_000, int.MaxValue];

    public static FileCosts Measure(string[] args)
    {
        RunConfiguration configuration = CommandLine.Systems.Configuration.Read(
            Path.Combine(Machine.RepositoryRoot(), "configs", "cod.json"));
        List<byte[]> files = SampleFiles.Load(args);
        var pipeline = new StructurePipeline(configuration, CommandLine.Systems.Products(configuration));
        double[] seconds = Least(pipeline, files);
        PrintClasses(files, seconds);

        List<byte[]> reflections = [.. SyntheticCif.Reflections(6, asText: false), .. SyntheticCif.Reflections(6, asText: true)];
        double reflectionRate = Least(pipeline, reflections).Sum() / reflections.Sum(file => (double)file.Length);
        Console.WriteLine(FormattableString.Invariant($"  reflections: {1e9 * reflectionRate:0.00} ns a byte"));

        long equations = 0, bonds = 0;
        foreach (StructureOutcome outcome in files.SelectMany((file, i) => pipeline.Process($"{i}", file)))
        {
            IReadOnlyList<SiteEquation> cations = outcome.Part<StructureEquations>()?.Cations ?? [];
            equations += cations.Count;
            bonds += cations.Sum(equation => (long)equation.Bonds.Count);
        }

        double count = files.Count;
        return new FileCosts([.. files.Select((file, i) => seconds[i] / file.Length)], reflectionRate, equations / count, bonds / count);
    }

    private static double[] Least(StructurePipeline pipeline, List<byte[]> files)
    {
        double[] least = new double[files.Count];
        Array.Fill(least, double.PositiveInfinity);
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 0; i < files.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                SHA256.HashData(files[i]);
                pipeline.Process("file", files[i]);
                least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return least;
    }

    private static void PrintClasses(List<byte[]> files, double[] seconds)
    {
        Console.WriteLine("  bytes up to      files   mean kB   mean ms    p99 ms    max ms   ns a byte");
        int from = 0;
        foreach (int bound in ClassBounds)
        {
            int[] members = [.. Enumerable.Range(0, files.Count).Where(i => files[i].Length >= from && files[i].Length < bound)];
            from = bound;
            if (members.Length == 0)
                continue;
            double[] times = [.. members.Select(i => 1e3 * seconds[i]).Order()];
            double bytes = members.Average(i => (double)files[i].Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {(bound == int.MaxValue ? "any" : $"{bound:N0}"),11} {members.Length,10:N0} {bytes / 1e3,9:0.0} "
                + $"{times.Average(),9:0.00} {times[(int)(0.99 * times.Length)],9:0.00} {times[^1],9:0.00} "
                + $"{1e6 * times.Average() / bytes,11:0.0}"));
        }
    }
}
