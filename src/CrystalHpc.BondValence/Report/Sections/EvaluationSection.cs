using System.Xml.Linq;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>How parameter tables do on the same sites: the figures of <c>evaluation/metrics.csv</c>.</summary>
internal static class EvaluationSection
{
    private static readonly (string Subset, string Meaning)[] Widest =
    [
        ("all", "All sites that every table covers"),
        ("filtered", "The same without excluded sites"),
        ("all/own", "All sites that each table covers"),
    ];

    private static readonly Column[] Columns =
    [
        new("sites of"), new("table"), new("sites", true), new("RMSD (v.u.)", true), new("95 % interval"),
        new("by ion", true, "RMSD of each ion, averaged by numbers of sites, v.u."),
        new("wrong (%)", true, "sites whose rounded valence sum is not the oxidation state"), new("95 % interval"),
        new("GII", true, "median of the global instability index, v.u."), new("GII p90", true, "90th percentile of the index, v.u."),
        new("covered (%)", true, "sites that the table covers"),
    ];

    public static XElement? Of(ReportData data)
    {
        if (data.Metrics.Count == 0)
            return null;
        MetricRow[] chosen = [.. data.Metrics.Where(row => row.Subset.StartsWith("all", StringComparison.Ordinal)
            || row.Subset == "filtered").Take(ReportLimits.Metrics)];
        return Layout.Section(
            "evaluation",
            "Evaluation",
            data.IsEvaluationStale ? Stale() : null,
            Layout.Text(
                "Parameter tables judged on the same sites. ", Layout.Code(EvaluateStage.HeldOut),
                " is this fit by cross-validation: each site is judged by parameters that were fitted "
                + "without it, its redeterminations and its structure. ",
                Layout.Code(EvaluateStage.InSample), " is the fit judged by its own data, which flatters."),
            Layout.Columns(
                Layout.Figure("Deviation of valence sums", Chart(
                    data, "chart-rmsd", "RMSD of valence sums by table", "RMSD (v.u.)", row
                    => (row.RmsdVu, row.Low95, row.High95), 3), Key()),
                Layout.Figure("Wrong valences", Chart(
                    data, "chart-percent-wrong", "Share of wrong valences by table", "sites whose valence sum rounds wrong (%)",
                    row => (row.PercentWrongRounded, row.WrongLow95, row.WrongHigh95), 1), Key())),
            DataTable.Of("table-metrics", "Figures of all tables", "held-out Ca2+  or  all/cation/Ca2+", Columns, chosen.Select(TableRow)),
            Layout.Note(
                data.Metrics.Count > chosen.Length ? $"{Numbers.Count(chosen.Length)} of {Numbers.Of(data.Metrics.Count, "row")}. " : "",
                "All figures are in ", Layout.Code("evaluation/metrics.csv"), ", differences between tables with their intervals in ",
                Layout.Code("evaluation/differences.csv"), "."));
    }

    private static XElement Stale() => Markup.Element("p", Markup.Attribute("id", "evaluation-stale"), Markup.Element("strong",
        "Out of date: the fit of this run has changed since these figures were computed, or they do not say which fit they judge. ",
        Layout.Code("crystalhpc run"), " or ", Layout.Code("crystalhpc evaluate"), " computes them anew."));

    private static XElement Key()
        => Legend.Of((Legend.Dot("point"), "value"), (Legend.Stroke("error"), "95 % interval, by bootstrap over groups of structures"));

    private static XElement Chart(
        ReportData data, string id, string title, string axis, Func<MetricRow, (double? Value, double? Low, double? High)> of, int decimals)
    {
        var rows = new List<DotRow>();
        foreach ((string subset, string meaning) in Widest)
        {
            MetricRow[] members = [.. data.Metrics.Where(row => row.Subset == subset && of(row).Value is not null)];
            if (members.Length == 0)
                continue;
            rows.Add(new DotRow(meaning));
            rows.AddRange(members.Select(row =>
            {
                (double? value, double? low, double? high) = of(row);
                return new DotRow(
                    row.Table, value!.Value, low ?? double.NaN, high ?? double.NaN, Numbers.Fixed(value, decimals),
                    $"{row.Table}, {meaning}: {Numbers.Fixed(value, decimals)} over {Numbers.Of(row.Sites, "site")}");
            }));
        }

        double longest = rows.Select(row => double.IsNaN(row.Value) ? 0 : row.Label.Length).DefaultIfEmpty(0).Max();
        return DotPlot.Draw(
            id, title, $"Points with intervals: "
            + $"{string.Join("; ", rows.Select(row => double.IsNaN(row.Value) ? row.Label : $"{row.Label} {row.Text}"))}.",
            axis, rows, labelWidth: Math.Min(200, 24 + 7.2 * longest));
    }

    private static Row TableRow(MetricRow row) => new(
    [
        SubsetText.Of(row.Subset), row.Table, Numbers.Count(row.Sites),
        Numbers.Fixed(row.RmsdVu, 3), Interval(row.Low95, row.High95, 3), Numbers.Fixed(row.WeightedMeanRmsdVu, 3),
        Numbers.Fixed(row.PercentWrongRounded, 1), Interval(row.WrongLow95, row.WrongHigh95, 1),
        Numbers.Fixed(row.GiiMedian, 3), Numbers.Fixed(row.GiiP90, 3), Numbers.Fixed(row.CoveragePercent, 1),
    ],
    row.Subset);

    private static string Interval(double? low, double? high, int decimals) =>
        low is null || high is null ? "" : $"{Numbers.Fixed(low, decimals)} to {Numbers.Fixed(high, decimals)}";
}
