using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.BondValence.Fit;

/// <summary>Threads that play the ranks of a job: every one calls the same sums in the same order.</summary>
internal static class SimulatedRanks
{
    /// <summary>Runs the same program on a number of ranks and returns what each of them returns.</summary>
    public static T[] Run<T>(int count, Func<int, GlobalSum, T> program)
    {
        long[] total = [];
        using Barrier barrier = new(count);
        object gate = new();
        void Sum(Span<long> values)
        {
            lock (gate)
            {
                if (total.Length == 0)
                    total = new long[values.Length];
                if (total.Length != values.Length)
                    throw new InvalidOperationException("the ranks add vectors of different lengths");
                for (int i = 0; i < values.Length; i++)
                    total[i] += values[i];
            }

            Wait();
            total.CopyTo(values);
            Wait();
            total = [];
            Wait();
        }

        void Wait()
        {
            if (!barrier.SignalAndWait(TimeSpan.FromSeconds(20)))
                throw new InvalidOperationException("another rank did not call the sum");
        }

        T[] results = new T[count];
        Task[] tasks = [.. Enumerable.Range(0, count).Select(rank =>
            Task.Factory.StartNew(() => { results[rank] = program(rank, Sum); }, CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default))];
        Task.WaitAll(tasks);
        return results;
    }
}
