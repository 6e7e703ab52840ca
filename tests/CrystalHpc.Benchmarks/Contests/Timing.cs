using System.Diagnostics;

namespace CrystalHpc.Benchmarks;

/// <summary>Ways to time a round of a contest, in seconds.</summary>
internal static class Timing
{
    /// <summary>By the clock; the mean of several repetitions of fast work, so that one interruption does not decide.</summary>
    public static Func<double> Clock(Action work, int repeats = 1) => () =>
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    };

    /// <summary>
    /// By processor time, for work of one thread: other work on the machine lengthens it less. The mean of several repetitions.
    /// </summary>
    public static Func<double> Processor(Action work, int repeats = 1) => () =>
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < repeats; i++)
            work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds / repeats;
    };
}
