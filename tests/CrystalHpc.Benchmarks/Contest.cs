using System.Diagnostics;
using System.Globalization;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Lets contestants do the same work in turn, round after round, so that a busy machine hurts all alike. What counts is the ratio:
/// it is taken within each round, and its median is reported.
/// </summary>
/// <param name="title">What the work is.</param>
/// <param name="work">Amount of work of one round.</param>
/// <param name="unit">Unit of that amount.</param>
internal sealed class Contest(string title, double work, string unit)
{
    private readonly List<(string Name, Func<double> Round)> _contestants = [];

    /// <summary>Adds a contestant whose round is timed here; the first one is what the others are compared with.</summary>
    public void Add(string name, Action round) => AddTimed(name, () =>
    {
        long start = Stopwatch.GetTimestamp();
        round();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    });

    /// <summary>Adds a fast contestant: its time is the mean of several repetitions, so that one interruption does not decide.</summary>
    public void AddRepeated(string name, int repeats, Action round) => AddTimed(name, () =>
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            round();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    });

    /// <summary>
    /// Adds a contestant of one thread by its processor time, which other work on the machine lengthens less; the mean of several
    /// repetitions.
    /// </summary>
    public void AddProcessorTime(string name, int repeats, Action round) => AddTimed(name, () =>
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < repeats; i++)
            round();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds / repeats;
    });

    /// <summary>Adds a contestant that measures its own rounds, in seconds.</summary>
    public void AddTimed(string name, Func<double> round) => _contestants.Add((name, round));

    /// <summary>Runs all rounds after some that do not count, and prints a line for each contestant.</summary>
    public void Run(int rounds)
    {
        foreach ((_, Func<double> round) in _contestants)
            WarmUp(round);
        double[][] seconds = [.. _contestants.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < seconds.Length; i++)
                seconds[i][round] = _contestants[i].Round();
        }

        Console.WriteLine(FormattableString.Invariant($"{title} ({rounds} rounds in turn)"));
        for (int i = 0; i < seconds.Length; i++)
        {
            double ratio = Median([.. seconds[i].Zip(seconds[0], (other, first) => other / first)]);
            double ofLeast = seconds[i].Min() / seconds[0].Min();
            string comparison = i == 0 ? "" : FormattableString.Invariant(
                $"   takes {ratio:0.##} times as long, {ofLeast:0.##} by the least");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {_contestants[i].Name,-34} median {Median(seconds[i]) * 1e3,10:0.00} ms, least {seconds[i].Min() * 1e3,10:0.00} ms, "
                + $"{work / Median(seconds[i]),12:#,0.##} {unit}/s{comparison}"));
        }
    }

    // Code is compiled for speed in the background, after it has run some thirty times.
    private static void WarmUp(Func<double> round)
    {
        long start = Stopwatch.GetTimestamp();
        do
            round();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1.5));
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
