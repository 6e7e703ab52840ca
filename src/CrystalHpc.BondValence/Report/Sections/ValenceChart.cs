using System.Text;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>Valence sums for each oxidation state: histograms on end, mirrored, side by side.</summary>
internal static class ValenceChart
{
    public static XElement Draw(ResidualSummary residuals)
    {
        int largest = Enumerable.Range(1, ResidualSummary.LargestValence).LastOrDefault(valence => residuals.SitesByValence[valence] > 0, 1);
        var frame = new Frame(40, 30, 512, 318);
        var x = new LinearScale(0.5, largest + 0.5, frame.Left, frame.Right);
        var y = new LinearScale(0, largest + 2, frame.Bottom, frame.Top);
        int[] present = [.. Enumerable.Range(1, largest).Where(valence => residuals.SitesByValence[valence] > 0)];
        return Svg.Drawing(
            "chart-valences", "Valence sums by oxidation state",
            $"For each oxidation state a histogram of calculated valence sums. Medians: {string.Join(", ", present.Select(valence => $"{valence}: {Numbers.Fixed(residuals.SumsByValence[valence].Quantile(0.5), 2)}"))}.",
            520, 378,
            Axis.Left(y, frame, "valence sum (v.u.)", largest + 2),
            present.Select(valence => Shape(residuals, valence, x, y)),
            Svg.Group(
                "axis",
                Svg.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, "base"),
                Enumerable.Range(1, largest).Select(valence => Svg.Group(
                    "label",
                    Svg.Text(x.Map(valence), frame.Bottom + 17, $"+{valence}", "middle"),
                    Svg.Text(x.Map(valence), frame.Bottom + 32, Numbers.Count(residuals.SitesByValence[valence]), "value middle"))),
                Svg.Text((frame.Left + frame.Right) / 2, frame.Bottom + 52, "oxidation state, and number of sites", "name middle")));
    }

    private static XElement Shape(ResidualSummary residuals, int valence, LinearScale x, LinearScale y)
    {
        CountedBins sums = residuals.SumsByValence[valence];
        double center = x.Map(valence), half = 0.43 * (x.Map(1) - x.Map(0));
        double most = Enumerable.Range(0, sums.Count).Max(bin => sums[bin]);
        var path = new StringBuilder();
        for (int bin = 0; bin < sums.Count; bin++)
        {
            (double from, double to) = sums.Range(bin);
            if (sums[bin] == 0 || from >= y.High)
                continue;

            // Rare sums stay visible.
            double width = Math.Max(1, half * sums[bin] / most);
            path.Append('M').Append(Markup.Coordinate(center - width)).Append(' ').Append(Markup.Coordinate(y.MapInside(from)))
                .Append('H').Append(Markup.Coordinate(center + width))
                .Append('V').Append(Markup.Coordinate(y.MapInside(to)))
                .Append('H').Append(Markup.Coordinate(center - width)).Append('Z');
        }

        double median = sums.Quantile(0.5);
        return Svg.Group(
            "shape",
            Svg.Line(center - half - 4, y.Map(valence), center + half + 4, y.Map(valence), "identity"),
            Svg.Path(path.ToString(), "bar", $"oxidation state +{valence}: {Numbers.Of(residuals.SitesByValence[valence], "site")}, median valence sum {Numbers.Fixed(median, 2)} v.u."),
            y.Holds(median) ? Svg.Line(center - 9, y.Map(median), center + 9, y.Map(median), "median") : null);
    }
}
