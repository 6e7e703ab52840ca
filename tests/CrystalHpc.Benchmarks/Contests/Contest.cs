using System.Diagnostics;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Lets contestants do the same work in turn, round after round, so that a busy machine hurts all alike. What counts is the ratio:
/// it is taken within each round, and its median is reported.
/// </summary>
/// <param name="title">What the work is; the same in every run, since <c>smoke</c> finds its records by it.</param>
/// <param name="work">Amount of work of one round.</param>
/// <param name="unit">Unit of that amount.</param>
internal sealed class Contest(string title, double work, string unit)
{
    private readonly List<(Contestant Contestant, Func<double> Round)> _contestants = [];

    /// <summary>Amount of work a second that the first contestant is to do, if there is such an aim.</summary>
    public double? AimedRate { get; init; }

    /// <summary>Adds work of this program; what is added first is what the others are compared with.</summary>
    /// <param name="name">Who competes.</param>
    /// <param name="round">Does a round and returns its seconds, see <see cref="Timing"/>.</param>
    /// <param name="aim">How many times as long as the first contestant it is to take at least, if there is such an aim.</param>
    public void Add(string name, Func<double> round, double? aim = null) => _contestants.Add((new Contestant(name, false, aim), round));

    /// <summary>Adds another program that does the same work; the name holds no version.</summary>
    public void AddPeer(string name, Func<double> round, double? aim = null)
        => _contestants.Add((new Contestant(name, true, aim), round));

    /// <summary>Runs the contest and prints a line for each contestant; nothing when <c>--only</c> names others.</summary>
    public IReadOnlyList<ContestResult> Run(string[] args, int rounds)
    {
        IReadOnlyList<ContestResult> results = Measure(args, rounds);
        foreach (ContestResult result in results)
            result.Print();
        return results;
    }

    /// <summary>Runs all rounds, by <c>--rounds</c> or the default, after some that do not count; nothing when <c>--only</c> names
    /// others.</summary>
    public IReadOnlyList<ContestResult> Measure(string[] args, int rounds)
    {
        if (!Arguments.Wants(args, title))
            return [];
        rounds = Arguments.Number(args, "--rounds", rounds);
        foreach ((Contestant contestant, Func<double> round) in _contestants)
            WarmUp(round, contestant.IsPeer ? TimeSpan.Zero : TimeSpan.FromSeconds(1.5));
        double[][] seconds = [.. _contestants.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < seconds.Length; i++)
                seconds[i][round] = _contestants[i].Round();
        }

        return [new ContestResult(title, work, unit, AimedRate, [.. _contestants.Select(item => item.Contestant)], seconds)];
    }

    // Our code is compiled for speed in the background, after it has run some thirty times; peers are compiled, or never will be.
    private static void WarmUp(Func<double> round, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        do
            round();
        while (Stopwatch.GetElapsedTime(start) < time);
    }
}
