using System.Text;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>How far valence sums lie from each oxidation state: histograms on end, mirrored, side by side.</summary>
internal static class ValenceChart
{
    // Few sums lie farther off; those that do are counted below the chart.
    private const double ReachVu = 1;

    public static XElement Draw(ResidualSummary residuals)
    {
        int[] present = Present(residuals);
        var frame = new Frame(40, 30, 512, 318);
        var x = new LinearScale(0.5, present.Length + 0.5, frame.Left, frame.Right);
        var y = new LinearScale(-ReachVu, ReachVu, frame.Bottom, frame.Top);
        IEnumerable<string> medians = present.Select(valence =>
            $"{valence}: {Numbers.Fixed(residuals.SumsByValence[valence].Quantile(0.5), 2)}");
        return Svg.Drawing(
            "chart-valences", "Valence sums by oxidation state",
            $"For each oxidation state a histogram of calculated valence sums. Medians: {string.Join(", ", medians)}.",
            520, 378,
            Axis.Left(y, frame, "valence sum − oxidation state (v.u.)", 4),
            Marks.HorizontalRule(0.5, y, frame, "limit"),
            Marks.HorizontalRule(-0.5, y, frame, "limit"),
            present.Select((valence, place) => Shape(residuals, valence, x.Map(place + 1), 0.43 * (x.Map(1) - x.Map(0)), y)),
            Svg.Group(
                "axis",
                Svg.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, "base"),
                present.Select((valence, place) => Svg.Group(
                    "label",
                    Svg.Text(x.Map(place + 1), frame.Bottom + 17, $"+{valence}", "middle"),
                    Svg.Text(x.Map(place + 1), frame.Bottom + 32, Numbers.Count(residuals.SitesByValence[valence]), "value middle"))),
                Svg.Text((frame.Left + frame.Right) / 2, frame.Bottom + 52, "oxidation state, and number of sites", "name middle")));
    }

    /// <summary>What the chart does not show by itself.</summary>
    public static string Note(ResidualSummary residuals)
    {
        long beyond = Present(residuals).Sum(valence => Enumerable.Range(0, residuals.SumsByValence[valence].Count)
            .Where(bin => !IsShown(residuals.SumsByValence[valence].Range(bin), valence)).Sum(bin => residuals.SumsByValence[valence][bin])
            + residuals.SumsByValence[valence].Below + residuals.SumsByValence[valence].Above);
        return $"Each shape is a histogram on end, as wide as its most frequent "
            + $"sum.{(beyond > 0 ? $" {Numbers.Of(beyond, "site")} lie beyond the axis." : "")}";
    }

    private static int[] Present(ResidualSummary residuals) =>
        [.. Enumerable.Range(1, ResidualSummary.LargestValence).Where(valence => residuals.SitesByValence[valence] > 0)];

    private static bool IsShown((double From, double To) bin, int valence)
        => bin.From >= valence - ReachVu - 1e-9 && bin.To <= valence + ReachVu + 1e-9;

    private static XElement Shape(ResidualSummary residuals, int valence, double center, double half, LinearScale y)
    {
        CountedBins sums = residuals.SumsByValence[valence];
        double most = Math.Max(1, Enumerable.Range(0, sums.Count).Max(bin => sums[bin]));
        var path = new StringBuilder();
        for (int bin = 0; bin < sums.Count; bin++)
        {
            (double from, double to) = sums.Range(bin);
            if (sums[bin] == 0 || !IsShown((from, to), valence))
                continue;

            // Rare sums stay visible.
            double width = Math.Max(1, half * sums[bin] / most);
            path.Append('M').Append(Markup.Coordinate(center - width)).Append(' ').Append(Markup.Coordinate(y.MapInside(from - valence)))
                .Append('H').Append(Markup.Coordinate(center + width))
                .Append('V').Append(Markup.Coordinate(y.MapInside(to - valence)))
                .Append('H').Append(Markup.Coordinate(center - width)).Append('Z');
        }

        double median = sums.Quantile(0.5);
        return Svg.Group(
            "shape",
            Svg.Path(path.ToString(), "bar",
            $"oxidation state +{valence}: {Numbers.Of(residuals.SitesByValence[valence], "site")}, median valence sum "
            + $"{Numbers.Fixed(median, 2)} v.u."),
            y.Holds(median - valence) ? Svg.Line(center - 9, y.Map(median - valence), center + 9, y.Map(median - valence), "median")
            : null);
    }
}
