using System.Xml.Linq;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>One pair: curve above histogram, over the same lengths.</summary>
internal static class PairPanel
{
    private const double Width = 340;
    private static readonly Frame Upper = new(42, 26, Width - 8, 108);
    private static readonly Frame Lower = new(42, 140, Width - 8, 210);

    public static XElement Of(ReportData data, PairHistogram pair, int index)
    {
        ParameterRow? row = data.Fit?.ParametersOf(pair);
        ValenceCurve? curve = row is null ? null : data.Fit!.CurveOf(row);
        ParameterEntry? published = row is null ? null : data.PublishedOf(pair.First, pair.FirstCharge, pair.Second, pair.SecondCharge);
        string id = $"chart-pair-{index + 1}";
        string parameters = curve is null ? "" :
            $"r₀ {Numbers.WithError(row!.R0A, row.R0SeA, 4)} Å, B {Numbers.WithError(row.BA, row.BSeA, 4)} Å";
        return Markup.Element(
            "figure",
            Markup.Element("h3", pair.Name),
            Markup.Element("p", Markup.Class("note"),
            $"{Numbers.Of(pair.Bonds, "bond")}{(row is null ? "" : $", {Numbers.Of(row.Sites, "site")}")}"),
            Draw(id, pair, curve, published, data.BinWidthAngstrom, parameters),
            parameters.Length > 0 ? Markup.Element("figcaption", parameters) : null,
            published is null ? null : Markup.Element(
                "p", Markup.Class("note"),
                $"published r₀ {Numbers.Fixed(published.R0Angstrom, 3)} Å, B {Numbers.Fixed(published.SoftnessAngstrom, 3)} Å"));
    }

    // An interval of r0 that is wider than this on either side is cut: the bonds are what is to be seen.
    private const double MostIntervalAngstrom = 0.25;

    /// <summary>
    /// Lengths that are shown: all but the outermost half percent at each end, and r0 with its interval where there is one.
    /// </summary>
    public static (double From, double To) Range(PairHistogram pair, double binWidth, double? r0, double intervalAngstrom = 0)
    {
        double from = pair.Quantile(0.005) * binWidth, to = (pair.Quantile(0.995) + 1) * binWidth;
        double room = Math.Max(0.03, 0.04 * (to - from)), reach = Math.Max(room, Math.Min(MostIntervalAngstrom, intervalAngstrom));
        (from, to) = (from - room, to + room);
        if (r0 is { } length)
            (from, to) = (Math.Min(from, length - reach), Math.Max(to, length + reach));
        return (Math.Max(0, from), to);
    }

    private static XElement Draw(string id, PairHistogram pair, ValenceCurve? curve, ParameterEntry? published, double binWidth,
        string parameters)
    {
        (double from, double to) = Range(pair, binWidth, curve?.R0Angstrom, ValenceCurve.Errors95 * (curve?.R0ErrorAngstrom ?? 0));
        var x = new LinearScale(from, to, Lower.Left, Lower.Right);
        Bin[] bins = [.. Rebinned(pair, binWidth, from, to)];
        var y = LinearScale.Round(0, bins.Select(bin => bin.Amount).DefaultIfEmpty(1).Max(), Lower.Bottom, Lower.Top, 2);
        long beyond = pair.Bonds - (long)bins.Sum(bin => bin.Amount);
        string width = Numbers.Fixed(bins.Length > 0 ? bins[0].To - bins[0].From : binWidth, 3);
        string description =
            $"Histogram of {Numbers.Of(pair.Bonds, "bond")} between {Numbers.Fixed(from, 2)} and {Numbers.Fixed(to, 2)} Å in bins of "
                + $"{width} Å{(beyond > 0 ? $"; {Numbers.Count(beyond)} beyond" : "")}. {parameters}";
        return Svg.Drawing(
            id, $"Bond lengths of {pair.Name}", description, Width, 252,
            curve is null ? null : Curve(curve, published, x, from, to),
            Axis.Left(y, Lower, "bonds", 2),
            Marks.Histogram(bins, x, y, "bar"),
            curve is null ? null : Svg.Line(x.Map(curve.R0Angstrom), Upper.Top, x.Map(curve.R0Angstrom), Lower.Bottom, "r0"),
            Axis.Bottom(x, Lower, "bond length (Å)", 5));
    }

    private static XElement Curve(ValenceCurve curve, ParameterEntry? published, LinearScale x, double from, double to)
    {
        double[] lengths = [.. Enumerable.Range(0, 81).Select(i => from + (to - from) * i / 80)];
        double top = Math.Min(curve.Valence(from), 3);
        var s = LinearScale.Round(0, Math.Max(top, 1.05), Upper.Bottom, Upper.Top, 3);
        double[] shown = [.. lengths.Where(r => curve.Valence(r) <= s.High)];
        (double low, double high) = (curve.R0Angstrom - ValenceCurve.Errors95 * curve.R0ErrorAngstrom,
            curve.R0Angstrom + ValenceCurve.Errors95 * curve.R0ErrorAngstrom);
        return Svg.Group(
            "valence",
            Axis.Left(s, Upper, "bond valence (v.u.)", 3),
            Svg.Rectangle(x.MapInside(low), Upper.Top, x.MapInside(high) - x.MapInside(low), Lower.Bottom - Upper.Top, "interval"),
            Marks.Band([.. shown.Select(r => (r, curve.Interval(r).Low, curve.Interval(r).High))], x, s, "band"),
            Marks.Curve(shown.Select(r => (r, curve.Valence(r))), x, s, "curve"),
            published is null ? null : Published(published, lengths, x, s),
            Svg.Line(Upper.Left, Upper.Bottom, Upper.Right, Upper.Bottom, "base"));
    }

    private static XElement Published(ParameterEntry entry, double[] lengths, LinearScale x, LinearScale s)
    {
        (double, double)[] curve = [.. lengths
            .Select(r => (r, Valence: entry.Valence(r)))
            .Where(point => point.Valence <= s.High)];
        return Svg.Group(
            "table",
            Marks.Curve(curve, x, s, "published"),
            x.Holds(entry.R0Angstrom) ? Svg.Line(x.Map(entry.R0Angstrom), Upper.Top, x.Map(entry.R0Angstrom), Upper.Bottom, "published")
            : null);
    }

    // Whole numbers of the table's bins are joined, so that about forty bars remain and none is split.
    private static IEnumerable<Bin> Rebinned(PairHistogram pair, double binWidth, double from, double to)
    {
        int joined = Math.Max(1, (int)Math.Round((to - from) / binWidth / 42));
        return pair.Bins
            .GroupBy(bin => bin.Bin / joined)
            .Select(group => new Bin(group.Key * joined * binWidth, (group.Key + 1) * joined * binWidth, group.Sum(bin => bin.Count)))
            .Where(bin => bin.To > from && bin.From < to);
    }
}
