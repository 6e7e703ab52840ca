using System.Globalization;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>The figures of an evaluation that matter most, as tables for the terminal (stdout).</summary>
internal static class EvaluateSummary
{
    private const int LeastSites = 20;

    public static void Print(EvaluationResult result, string output)
    {
        int width = Math.Max(5, result.Metrics.Max(row => row.Table.Length));
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine("  All sites that every table covers");
        Terminal.Out.WriteLine(
            $"  {"table".PadRight(width)}   sites   rmsd (v.u.)  95 % interval    by ion  wrong (%)  "
            + $"95 % interval    GII  < 0.2 (%)  covered (%)");
        foreach (TableMetrics row in result.Metrics.Where(row => row.Subset == "all"))
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {row.Table.PadRight(width)}  {row.Sites,6}  {row.Rmsd,12:0.000}  {Show(row.RmsdInterval, "0.000"),-15}  "
                + $"{row.WeightedMeanRmsd,6:0.000}  {row.PercentWrong,9:0.0}  {Show(row.PercentWrongInterval, "0.0"),-13}  "
                + $"{row.GiiMedian,5:0.000}  {row.GiiBelowFifthPercent,9:0.0}  {row.CoveragePercent,11:0.0}"));
        }

        PrintByGroups(result, width);
        PrintCations(result);
        PrintLearningCurve(result);
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine(
            $"  Without excluded sites, by ion, neighbor and coordination: {Path.Combine(output, "metrics.csv")}; "
            + $"the worst sites in failures.csv beside it");
    }

    // How well a table does depends above all on how much is known of the rarest bond of a site.
    private static void PrintByGroups(EvaluationResult result, int width)
    {
        const string Prefix = "all/groups/";
        TableMetrics[] rows = [.. result.Metrics.Where(row => row.Subset.StartsWith(Prefix, StringComparison.Ordinal))];
        string[] ranges = [.. rows.Select(row => row.Subset[Prefix.Length..]).Distinct()];
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine("  RMSD (v.u.) by the number of groups of structures that have the rarest bond of a site");
        Terminal.Out.WriteLine($"  {"groups".PadRight(width)}  {string.Concat(ranges.Select(range => range.PadLeft(8)))}");
        foreach (IGrouping<string, TableMetrics> table in rows.GroupBy(row => row.Table))
        {
            Terminal.Out.WriteLine(
                $"  {table.Key.PadRight(width)}  "
                + $"{string.Concat(table.Select(row => (row.Rmsd?.ToString("0.000", CultureInfo.InvariantCulture) ?? "").PadLeft(8)))}");
        }

        IEnumerable<string> sites = rows.Where(row => row.Table == rows[0].Table)
            .Select(row => row.Sites.ToString(CultureInfo.InvariantCulture).PadLeft(8));
        Terminal.Out.WriteLine($"  {"sites".PadRight(width)}  {string.Concat(sites)}");
    }

    private static void PrintLearningCurve(EvaluationResult result)
    {
        if (result.LearningCurve.Count == 0)
            return;
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine(
            "  Held-out error of all sites by structures in the fit; pairs without data have the parameters that the others predict");
        Terminal.Out.WriteLine("  structures  groups  pairs  rmsd (v.u.)  mean |d|  wrong (%)  with data (%)  rmsd  mean |d|  wrong (%)");
        foreach (LearningCurveRow row in result.LearningCurve)
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {row.Structures,10}  {row.Groups,6}  {row.Pairs,5}  {row.RmsdVu,11:0.000}  {row.MeanAbsoluteVu,8:0.000}  "
                + $"{row.PercentWrongRounded,9:0.0}  {row.CoveredPercent,13:0.0}  {row.CoveredRmsdVu,4:0.000}  "
                + $"{row.CoveredMeanAbsoluteVu,8:0.000}  {row.CoveredPercentWrongRounded,9:0.0}"));
        }
    }

    private static string Show(ConfidenceInterval interval, string format) => interval.Low is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $"{interval.Low.Value.ToString(format, CultureInfo.InvariantCulture)} to "
            + $"{interval.High!.Value.ToString(format, CultureInfo.InvariantCulture)}");

    // For each table from elsewhere: of how many frequent cations is its RMSD higher or lower than that of the first, as far as the
    // interval can tell.
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
                $"  Cations with {LeastSites} sites or more, {rows[0].Reference} against {table.Key}: better for "
                + $"{table.Count(row => row.RmsdInterval.IsPositive)}, worse for {table.Count(row => row.RmsdInterval.IsNegative)}, open "
                + $"for {table.Count(row => !row.RmsdInterval.IsPositive && !row.RmsdInterval.IsNegative)}");
        }
    }
}
