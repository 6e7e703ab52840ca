using System.Globalization;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>The figures of an evaluation that matter most, as tables for the terminal (stdout).</summary>
internal static class EvaluateSummary
{
    private static readonly string[] Widest = ["all", "filtered", "all/own"];
    private const int LeastSites = 20;

    public static void Print(EvaluationResult result, string output)
    {
        int width = Math.Max(5, result.Metrics.Max(row => row.Table.Length));
        foreach (string subset in Widest)
        {
            TableMetrics[] rows = [.. result.Metrics.Where(row => row.Subset == subset)];
            Terminal.Out.WriteLine();
            Terminal.Out.WriteLine(Describe(subset, result));
            Terminal.Out.WriteLine(
                $"  {"table".PadRight(width)}   sites   rmsd (v.u.)  95 % interval    by ion  wrong (%)  95 % interval    GII  < 0.2 (%)  covered (%)");
            foreach (TableMetrics row in rows)
            {
                Terminal.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {row.Table.PadRight(width)}  {row.Sites,6}  {row.Rmsd,12:0.000}  {Show(row.RmsdInterval, "0.000"),-15}  {row.WeightedMeanRmsd,6:0.000}  {row.PercentWrong,9:0.0}  {Show(row.PercentWrongInterval, "0.0"),-13}  {row.GiiMedian,5:0.000}  {row.GiiBelowFifthPercent,9:0.0}  {row.CoveragePercent,11:0.0}"));
            }
        }

        PrintCations(result);
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine($"  All figures in {Path.Combine(output, "metrics.csv")}; the worst sites in failures.csv beside it");
    }

    private static string Describe(string subset, EvaluationResult result) => subset switch
    {
        "all" => "  All sites that every table covers",
        "filtered" => $"  The same without excluded sites ({string.Join(", ", result.Exclusions.Select(reason => $"{reason.Key} {reason.Value.ToString(CultureInfo.InvariantCulture)}").DefaultIfEmpty("none"))})",
        _ => "  All sites that each table covers",
    };

    private static string Show(ConfidenceInterval interval, string format) => interval.Low is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{interval.Low.Value.ToString(format, CultureInfo.InvariantCulture)} to {interval.High!.Value.ToString(format, CultureInfo.InvariantCulture)}");

    // For each table from elsewhere: of how many frequent cations is its RMSD higher or lower than that of the first, as far as the interval can tell.
    private static void PrintCations(EvaluationResult result)
    {
        TableDifference[] rows = [.. result.Differences.Where(row => row.Subset.StartsWith("all/cation/", StringComparison.Ordinal)
            && row.Sites >= LeastSites && row.Table is not (EvaluateStage.HeldOutExtrapolated or EvaluateStage.InSample))];
        if (rows.Length == 0)
            return;
        Terminal.Out.WriteLine();
        foreach (IGrouping<string, TableDifference> table in rows.GroupBy(row => row.Table))
        {
            Terminal.Out.WriteLine(
                $"  Cations with {LeastSites} sites or more, {rows[0].Reference} against {table.Key}: better for {table.Count(row => row.RmsdInterval.IsPositive)}, worse for {table.Count(row => row.RmsdInterval.IsNegative)}, open for {table.Count(row => !row.RmsdInterval.IsPositive && !row.RmsdInterval.IsNegative)}");
        }
    }
}
