using System.Globalization;

namespace CrystalHpc.Benchmarks;

/// <summary>Who competes.</summary>
/// <param name="Name">Name, without a version.</param>
/// <param name="IsPeer">Another program.</param>
/// <param name="Aim">How many times as long as the first contestant it is to take at least; null: no aim.</param>
internal sealed record Contestant(string Name, bool IsPeer, double? Aim);

/// <summary>The times of a contest.</summary>
/// <param name="title">What the work is.</param>
/// <param name="work">Amount of work of one round.</param>
/// <param name="unit">Unit of that amount.</param>
/// <param name="aimedRate">Work a second that the first contestant is to do; null: no aim.</param>
/// <param name="contestants">Who competed; the others are compared with the first.</param>
/// <param name="seconds">Seconds by contestant and round.</param>
internal sealed class ContestResult(
    string title, double work, string unit, double? aimedRate, Contestant[] contestants, double[][] seconds)
{
    /// <summary>What the work is.</summary>
    public string Title => title;

    /// <summary>Unit of the amount of work.</summary>
    public string Unit => unit;

    /// <summary>Who competed.</summary>
    public IReadOnlyList<Contestant> Contestants => contestants;

    /// <summary>Work a second of a contestant, by the median of its rounds.</summary>
    public double Rate(int contestant) => work / Median(seconds[contestant]);

    /// <summary>How many times as long as the first a contestant takes: the median of the rounds.</summary>
    public double Ratio(int contestant) => Median([.. seconds[contestant].Zip(seconds[0], (other, first) => other / first)]);

    /// <summary>The same by the least time of each.</summary>
    public double RatioOfLeast(int contestant) => seconds[contestant].Min() / seconds[0].Min();

    /// <summary>An aim, and whether it is reached; empty without one.</summary>
    public static string Verdict(double value, double? aim, string aimUnit = "") => aim is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $"aim {aim:#,0.##}{aimUnit}, {(value >= aim ? "reached" : "MISSED")}");

    /// <summary>Prints a line for each contestant.</summary>
    public void Print()
    {
        int rounds = seconds[0].Length;
        Console.WriteLine($"{title} ({rounds} {(rounds == 1 ? "round" : "rounds in turn")})");
        for (int i = 0; i < contestants.Length; i++)
        {
            string end = i == 0 ? Verdict(Rate(0), aimedRate, $" {unit}/s") : string.Create(CultureInfo.InvariantCulture,
                $"takes {Ratio(i):#,0.00} times as long, {RatioOfLeast(i):#,0.00} by the least");
            string verdict = i == 0 ? "" : Verdict(Ratio(i), contestants[i].Aim);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {contestants[i].Name,-30}{1e3 * Median(seconds[i]),10:#,0.00} ms, least {1e3 * seconds[i].Min(),10:#,0.00} ms, "
                + $"{Rounded(Rate(i)),13} {unit}/s{(end.Length > 0 ? "; " : "")}{end}{(verdict.Length > 0 ? "; " : "")}{verdict}"));
        }
    }

    /// <summary>Prints contests of the same contestants, a line each: the work a second of each, and the last ratio.</summary>
    public static void PrintTable(string title, IReadOnlyList<ContestResult> contests)
    {
        if (contests.Count == 0)
            return;
        IReadOnlyList<Contestant> names = contests[0].Contestants;
        Console.WriteLine($"{$"{title}, {contests[0].Unit}/s",-44}{string.Concat(names.Select(contestant => $"{contestant.Name,14}"))}"
            + (names.Count > 1 ? "         ratio  by the least" : ""));
        foreach (ContestResult contest in contests)
        {
            int last = names.Count - 1;
            string rates = string.Concat(names.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{contest.Rate(i),14:0.0}")));
            string ratios = last == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"{contest.Ratio(last),14:0.00}{contest.RatioOfLeast(last),14:0.00}  {Verdict(contest.Ratio(last), names[last].Aim)}");
            Console.WriteLine($"  {contest.Title,-42}{rates}{ratios}".TrimEnd());
        }
    }

    private static string Rounded(double rate) => rate.ToString(rate >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
