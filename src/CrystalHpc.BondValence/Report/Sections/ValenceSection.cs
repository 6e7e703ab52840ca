using System.Xml.Linq;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>How well valence sums meet oxidation states.</summary>
internal static class ValenceSection
{
    public static XElement? Of(ReportData data)
    {
        if (data.Fit is null)
            return null;
        ResidualSummary residuals = data.Fit.Residuals;
        return Layout.Section(
            "valences",
            "Calculated against formal valence",
            Layout.Text(
                $"{Numbers.Of(residuals.All.Sites, "cation site")}; {Numbers.Of(residuals.All.Wrong, "valence sum")} "
                + $"({Numbers.Percent(residuals.All.WrongFraction)}) "
                + "lie half a unit or more from the oxidation state and would round to another number. "
                    + "Sites that the fit left out count too."),
            Layout.Columns(
                Layout.Figure(
                    "Valence sums by oxidation state",
                    ValenceChart.Draw(residuals),
                    Legend.Of((Legend.Box("bar"), "sites"), (Legend.Stroke("median"), "median"),
                    (Legend.Stroke("limit"), "half a unit: rounds wrong")),
                    ValenceChart.Note(residuals)),
                Layout.Figure(
                    "Deviation of valence sums",
                    Deviations(residuals),
                    Legend.Of((Legend.Box("bar"), "fitted"), (Legend.Box("bar gated"), "left out by the gate"),
                    (Legend.Stroke("limit"), "half a unit: rounds wrong")),
                    Beyond(residuals))),
            Layout.Columns(WrongByCation(residuals)));
    }

    private static XElement Deviations(ResidualSummary residuals)
    {
        var frame = new Frame(52, 30, 512, 250);
        CountedBins fitted = residuals.Fitted, gated = residuals.Gated;
        var x = new LinearScale(fitted.Low, fitted.High, frame.Left, frame.Right);
        var y = LinearScale.Round(0, Enumerable.Range(0, fitted.Count).Max(bin => fitted[bin] + gated[bin]), frame.Bottom, frame.Top, 4);
        return Svg.Drawing(
            "chart-deviations", "Deviation of valence sums from oxidation states",
            $"Histogram of the deviations in bins of 0.05 v.u. Median {Numbers.Fixed(fitted.Quantile(0.5), 3)} v.u.; half of the fitted "
            + $"sites lie between {Numbers.Fixed(fitted.Quantile(0.25), 3)} and {Numbers.Fixed(fitted.Quantile(0.75), 3)} v.u.",
            520, 294,
            Axis.Left(y, frame, "sites"),
            Marks.VerticalRule(-0.5, x, frame, "limit"),
            Marks.VerticalRule(0.5, x, frame, "limit"),
            Marks.Histogram(Bins(fitted, gated).Where((_, bin) => gated[bin] > 0), x, y, "bar gated"),
            Marks.Histogram(Bins(fitted, null), x, y, "bar"),
            Axis.Bottom(x, frame, "valence sum − oxidation state (v.u.)", 6));
    }

    private static IEnumerable<Bin> Bins(CountedBins bins, CountedBins? added) => Enumerable.Range(0, bins.Count)
        .Select(bin => new Bin(bins.Range(bin).From, bins.Range(bin).To, bins[bin] + (added?[bin] ?? 0)));

    private static string? Beyond(ResidualSummary residuals)
    {
        long below = residuals.Fitted.Below + residuals.Gated.Below, above = residuals.Fitted.Above + residuals.Gated.Above;
        return below + above == 0 ? null : $"Beyond the axis: {Numbers.Of(below, "site")} below, {Numbers.Count(above)} above.";
    }

    // Two charts beside one another, over one axis.
    private static IEnumerable<XElement> WrongByCation(ResidualSummary residuals)
    {
        DotRow[] rows = [.. residuals.ByCation
            .Where(entry => entry.Value.Sites >= ReportLimits.CationSites)
            .OrderByDescending(entry => entry.Value.Sites).ThenBy(entry => entry.Key)
            .Take(ReportLimits.Cations)
            .OrderByDescending(entry => entry.Value.WrongFraction).ThenByDescending(entry => entry.Value.Sites)
            .Select(entry => WrongRow(SpeciesText.Pretty(entry.Key.Element, entry.Key.Charge), entry.Value))];
        double largest = rows.SelectMany(row => row.Places).DefaultIfEmpty(0).Max();
        return rows.Chunk(Math.Max(1, (rows.Length + 1) / 2)).Select((part, i) => Layout.Figure(
            i == 0 ? "Wrong valences by cation" : "The other cations",
            DotPlot.Draw(
                i == 0 ? "chart-wrong" : "chart-wrong-more", "Share of wrong valences by cation",
                $"Points with intervals for {part.Length} cations. Worst: "
                + $"{string.Join(", ", part.Take(5).Select(row => $"{row.Label} {Numbers.Fixed(row.Value, 1)} %"))}.",
                "sites whose valence sum rounds wrong (%)", part, labelWidth: 52, atLeast: largest),
            Legend.Of((Legend.Dot("point"), "share of sites"), (Legend.Stroke("error"), "95 % interval (Wilson)")),
            i > 0 ? null : $"The cations with most sites, at least {ReportLimits.CationSites}, the "
            + $"worst first; numbers of sites at the right."));
    }

    private static DotRow WrongRow(string cation, SiteTally tally)
    {
        (double low, double high) = WilsonInterval.Of(tally.Wrong, tally.Sites);
        return new DotRow(
            cation, 100 * tally.WrongFraction, 100 * low, 100 * high, Numbers.Count(tally.Sites),
            $"{cation}: {Numbers.Count(tally.Wrong)} of {Numbers.Of(tally.Sites, "site")}, {Numbers.Percent(tally.WrongFraction)}");
    }
}
