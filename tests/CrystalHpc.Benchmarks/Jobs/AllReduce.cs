using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Parallel;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// MPI_Allreduce of doubles over two ranks of one machine, called from C# and from C in turn. Calls are timed twenty in a row: of a single
/// call the rank that comes last sees a part only. The least time counts: on a busy machine the others say how long a rank waited for a
/// core. Under MPICH also by both bindings.
/// </summary>
internal static class AllReduce
{
    private const int Repeats = 200, CallsInARow = 20;

    /// <summary>Numbers of doubles that are added up.</summary>
    public static readonly int[] Sizes = [1, 400, 4_000, 100_000];

    public static void Run(string[] args)
    {
        int rounds = Arguments.Number(args, "--rounds", 3);
        foreach (string family in (string[])["openmpi", "mpich"])
        {
            if (NativePeer.Compile($"mpicc.{family}", "allreduce_peer.c", $"allreduce_{family}") is not { } peer)
                continue;
            string sizes = string.Join(' ', Sizes);
            double[][] ours = new double[rounds][], theirs = new double[rounds][];
            for (int round = 0; round < rounds; round++)
            {
                theirs[round] = Launch(family, $"{peer} {sizes}");
                ours[round] = Launch(family, Ranks("allreduce-rank"));
            }

            for (int k = 0; k < Sizes.Length; k++)
            {
                (double inC, double inSharp) = (theirs.Min(times => times[k]), ours.Min(times => times[k]));
                string verdict = Sizes[k] == 1 ? "" : inSharp <= 1.05 * inC ? "; aim 5 %, reached" : "; aim 5 %, MISSED";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{family,-8} {Sizes[k],9:N0} doubles: C {inC,9:0.00} µs, C# {inSharp,9:0.00} µs, "
                    + $"{100 * (inSharp / inC - 1),4:0} % more{verdict}"));
            }

            if (family == "mpich")
                Bindings.Run(rounds);
        }
    }

    /// <summary>Seconds of a sum over two ranks by <see cref="Sizes"/>, the least of three runs.</summary>
    public static double[] LeastSeconds(string family)
    {
        double[][] runs = [.. Enumerable.Range(0, 3).Select(_ => Launch(family, Ranks("allreduce-rank")))];
        return [.. Sizes.Select((_, k) => 1e-6 * runs.Min(times => times[k]))];
    }

    /// <summary>The command of a rank of this program.</summary>
    public static string Ranks(string verb) => $"dotnet {typeof(AllReduce).Assembly.Location} {verb}";

    /// <summary>What each rank of the C# contestant does.</summary>
    public static void RunRank()
    {
        if (Environment.GetCommandLineArgs() is [.., "bindings"])
        {
            Bindings.RunRank();
            return;
        }

        using MpiEnvironment environment = MpiEnvironment.Start();
        ICommunicator world = environment.World;
        double[] values = new double[Sizes.Max()], least = new double[Sizes.Length];
        for (int k = 0; k < Sizes.Length; k++)
        {
            // Once for the compiler, once for the record.
            Least(world, values.AsSpan(0, Sizes[k]));
            Thread.Sleep(200);
            least[k] = Least(world, values.AsSpan(0, Sizes[k]));
        }

        if (world.Rank == 0)
            Console.WriteLine(string.Join(' ', least.Select(time => time.ToString("F3", CultureInfo.InvariantCulture))));
    }

    private static double Least(ICommunicator world, Span<double> values)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Repeats; i++)
        {
            world.Barrier();
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < CallsInARow; call++)
                world.AllreduceInPlace(values, ReduceOperation.Sum);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMicroseconds / CallsInARow);
        }

        return least;
    }

    /// <summary>The numbers in the last line of two ranks under a launcher.</summary>
    public static double[] Launch(string family, string command)
    {
        ProcessStartInfo start = new($"mpirun.{family}", $"-n 2 {command}") { RedirectStandardOutput = true };
        foreach ((string name, string value) in ((string, string)[])[
            ("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"), ("OMPI_MCA_rmaps_base_oversubscribe", "1"),
            ("TERM", "dumb")])
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
        return [.. last.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }
}
