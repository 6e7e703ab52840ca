using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Parallel;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// MPI_Allreduce of doubles over two ranks under MPICH, called through MPI.NET and through our own tables in turn, within one process.
/// </summary>
internal static class Bindings
{
    /// <summary>Batches of calls of each binding; each takes a time.</summary>
    private const int Batches = 400;

    private static readonly int[] Sizes = [1, 400, 4_000, 100_000, 1_000_000];

    public static void Run(int rounds)
    {
        // Each round gives for each size the least and the median of MPI.NET, then of our own tables.
        string ranks = AllReduce.Ranks("allreduce-rank bindings");
        double[][] times = [.. Enumerable.Range(0, rounds).Select(_ => AllReduce.Launch("mpich", ranks))];
        for (int k = 0; k < Sizes.Length; k++)
        {
            double Least(int column) => times.Min(round => round[4 * k + column]);
            double medians = times.Select(round => round[4 * k + 1] / round[4 * k + 3]).Order().ElementAt(rounds / 2);
            Console.WriteLine(FormattableString.Invariant(
                $"mpich    {Sizes[k],9:N0} doubles: MPI.NET {Least(0),9:0.000} µs, own tables {Least(2),9:0.000} µs, ") +
                FormattableString.Invariant($"ratio of the least {Least(0) / Least(2):0.000}, of the medians {medians:0.000}"));
        }
    }

    /// <summary>What each rank does.</summary>
    public static void RunRank()
    {
        using MpiEnvironment environment = MpiEnvironment.Start();
        ICommunicator[] bindings =
            [environment.World, new NativeCommunicator(MpiAbiTables.Mpich, MpiAbiTables.Mpich.CommWorld, owned: false)];
        double[] values = new double[Sizes.Max()];
        List<double> results = [];
        foreach (int size in Sizes)
        {
            // Once for the compiler, once for the record.
            Measure(bindings, values.AsSpan(0, size));
            Thread.Sleep(200);
            foreach (double[] times in Measure(bindings, values.AsSpan(0, size)))
                results.AddRange([times[0], times[Batches / 2]]);
        }

        if (environment.World.Rank == 0)
            Console.WriteLine(string.Join(' ', results.Select(time => time.ToString("F4", CultureInfo.InvariantCulture))));
    }

    /// <summary>Microseconds of a call in each batch, in order, for each binding.</summary>
    private static double[][] Measure(ICommunicator[] bindings, Span<double> values)
    {
        double[][] times = [.. bindings.Select(_ => new double[Batches])];

        // Many calls for few doubles, so that the step of the clock does not count.
        int calls = Math.Clamp(8_000 / values.Length, 1, 500);
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int turn = 0; turn < bindings.Length; turn++)
            {
                // Who begins changes, so that neither always finds what the other left in the caches.
                int binding = (batch + turn) % bindings.Length;
                bindings[binding].Barrier();
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < calls; call++)
                    bindings[binding].AllreduceInPlace(values, ReduceOperation.Sum);
                times[binding][batch] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
            }
        }

        foreach (double[] of in times)
            Array.Sort(of);
        return times;
    }
}
