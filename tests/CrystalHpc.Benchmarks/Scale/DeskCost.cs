using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Parallel;

namespace CrystalHpc.Benchmarks.Scale;

/// <summary>What a message costs rank 0 that finds, receives and answers it, as when shards are dealt. Two ranks of one machine.</summary>
internal static class DeskCost
{
    private const int Messages = 5_000;

    /// <summary>Seconds for each message, the least of three runs.</summary>
    public static double MeasureSeconds()
        => 1e-6 * Enumerable.Range(0, 3).Min(_ => AllReduce.Launch("openmpi", AllReduce.Ranks("desk-rank"))[0]);

    /// <summary>What both ranks do: rank 1 sends all its messages, then rank 0 answers them.</summary>
    public static void RunRank()
    {
        using MpiEnvironment environment = MpiEnvironment.Start();
        ICommunicator world = environment.World;
        double least = double.PositiveInfinity;
        for (int pass = 0; pass < 3; pass++)
        {
            var sends = new List<Request>();
            for (int i = 0; world.Rank == 1 && i < Messages; i++)
                sends.Add(world.ImmediateSend<long>(new long[] { 1, 0 }, 0, 1));
            world.Barrier();
            long start = Stopwatch.GetTimestamp();
            if (world.Rank == 0)
                Answer(world, sends);
            else
                Receive(world);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Messages);
            foreach (Request send in sends)
                send.Wait();
        }

        if (world.Rank == 0)
            Console.WriteLine(least.ToString("F3", CultureInfo.InvariantCulture));
    }

    private static void Answer(ICommunicator world, List<Request> sends)
    {
        Span<long> message = stackalloc long[2];
        for (int done = 0; done < Messages; done++)
        {
            while (world.ImmediateProbe(ICommunicator.AnySource, 1) is null)
            {
            }

            world.Receive(message, 1, 1);
            sends.Add(world.ImmediateSend<int>(new[] { done }, 1, 2));
        }
    }

    private static void Receive(ICommunicator world)
    {
        Span<int> answer = stackalloc int[1];
        for (int done = 0; done < Messages; done++)
            world.Receive(answer, 0, 2);
    }
}
