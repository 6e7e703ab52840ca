using System.Xml.Linq;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>
/// What the deviations of valence sums depend on, and what more structures bring: <c>trends.csv</c> and <c>learning_curve.csv</c>.
/// </summary>
internal static class TrendSection
{
    // Ranges with fewer sites say little and would stretch the axis.
    private const int LeastSites = 5;

    private const double ErrorsOf95Percent = 1.96;

    public static XElement? Of(ReportData data) => data.Trends.Count == 0 ? null : Layout.Section(
        "deviations",
        "What deviations depend on",
        Layout.Text(
            "Mean of valence sum minus oxidation state, by properties of the cation and its shell, over "
            + "the sites that are not excluded. A law of two parameters ",
            "knows nothing of them: where a mean is far from zero, it misses something. The percentage "
            + "says how much of the variance a property explains."),
        Layout.Columns(
            Layout.Figure("Mean deviation", Trends(data), Legend.Of((Legend.Dot("point"), "mean"),
            (Legend.Stroke("error"), "95 % interval, sites taken as independent"))),
            data.LearningCurve.Count == 0 ? null : Layout.Figure("What more structures bring", Curve(data),
            note: "Held-out fits to a part of the structures, all judged on the same sites.")),
        Layout.Note("All figures are in ", Layout.Code($"evaluation/{DeviationTrends.FileName}"),
        data.LearningCurve.Count == 0 ? "." : " and ",
            data.LearningCurve.Count == 0 ? null : Layout.Code($"evaluation/{LearningCurve.FileName}")));

    private static XElement Trends(ReportData data)
    {
        var rows = new List<DotRow>();
        foreach (IGrouping<string, TrendRow> quantity in data.Trends.GroupBy(row => row.Quantity))
        {
            rows.Add(new DotRow($"{quantity.Key}: {Numbers.Fixed(quantity.First().ExplainedPercent, 1)} %"));
            rows.AddRange(quantity.Where(row => row.Sites >= LeastSites).Select(row =>
            {
                double reach = ErrorsOf95Percent * (row.ErrorVu ?? double.NaN);
                return new DotRow(
                    row.Range, row.MeanDeviationVu, row.MeanDeviationVu - reach, row.MeanDeviationVu + reach, Numbers.Count(row.Sites),
                    $"{quantity.Key} {row.Range}: mean {Numbers.Fixed(row.MeanDeviationVu, 3)}, RMSD {Numbers.Fixed(row.RmsdVu, 3)} v.u. "
                    + $"over {Numbers.Of(row.Sites, "site")}");
            }));
        }

        IEnumerable<string> shares = data.Trends.GroupBy(row => row.Quantity)
            .Select(rows => $"{rows.Key} explains {Numbers.Fixed(rows.First().ExplainedPercent, 1)} %");
        return DotPlot.Draw(
            "chart-trends", "Mean deviation of valence sums by property",
            $"Points with intervals: {string.Join("; ", shares)}.",
            "mean of sum minus oxidation state (v.u.), number of sites at the right", rows, labelWidth: 150);
    }

    private static XElement Curve(ReportData data)
    {
        DotRow[] rows = [.. data.LearningCurve.Select(row => new DotRow(
            Numbers.Of(row.Structures, "structure"), row.RmsdVu ?? double.NaN, Text: Numbers.Fixed(row.RmsdVu, 3),
            Title: $"{row.Structures} structures in {row.Groups} groups, {row.Pairs} pairs: RMSD {Numbers.Fixed(row.RmsdVu, 3)} v.u., "
            + $"{Numbers.Fixed(row.PercentWrongRounded, 1)} % wrong"))];
        return DotPlot.Draw(
            "chart-learning-curve", "Held-out error by number of structures in the fit",
            $"Points: {string.Join("; ", rows.Select(row => $"{row.Label} {row.Text}"))}.", "RMSD of valence sums (v.u.)", rows,
            labelWidth: 130);
    }
}
