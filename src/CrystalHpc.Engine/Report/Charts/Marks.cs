using System.Text;
using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>A bin of a histogram: from, to, and how much.</summary>
public readonly record struct Bin(double From, double To, double Amount);

/// <summary>Marks: what data look like.</summary>
public static class Marks
{
    /// <summary>Bars that stand on the low end of the vertical scale, as one shape.</summary>
    public static XElement Histogram(IEnumerable<Bin> bins, Scale x, Scale y, string classes)
    {
        var path = new StringBuilder();
        foreach (Bin bin in bins.Where(bin => bin.Amount > 0))
        {
            // A hair of space keeps bars apart where there is room for it.
            double left = x.MapInside(bin.From), right = x.MapInside(bin.To);
            double gap = Math.Abs(right - left) > 4 ? 0.5 : 0;
            path.Append('M').Append(Markup.Coordinate(left + gap)).Append(' ').Append(Markup.Coordinate(y.Start))
                .Append('V').Append(Markup.Coordinate(y.MapInside(bin.Amount)))
                .Append('H').Append(Markup.Coordinate(right - gap))
                .Append('V').Append(Markup.Coordinate(y.Start)).Append('Z');
        }

        return Svg.Path(path.ToString(), classes);
    }

    /// <summary>A line through points; ones that are not finite break it.</summary>
    public static XElement Curve(IEnumerable<(double X, double Y)> points, Scale x, Scale y, string classes)
    {
        var path = new StringBuilder();
        bool isDrawing = false;
        foreach ((double px, double py) in points)
        {
            bool isShown = double.IsFinite(px) && double.IsFinite(py);
            if (isShown)
                Append(path, isDrawing ? 'L' : 'M', x.Map(px), y.Map(py));
            isDrawing = isShown;
        }

        return Svg.Path(path.ToString(), classes);
    }

    /// <summary>The area between two curves over the same values.</summary>
    public static XElement Band(IReadOnlyList<(double X, double Low, double High)> points, Scale x, Scale y, string classes)
    {
        var path = new StringBuilder();
        for (int i = 0; i < points.Count; i++)
            Append(path, i == 0 ? 'M' : 'L', x.Map(points[i].X), y.MapInside(points[i].High));
        for (int i = points.Count - 1; i >= 0; i--)
            Append(path, 'L', x.Map(points[i].X), y.MapInside(points[i].Low));
        return Svg.Path(points.Count > 0 ? path.Append('Z').ToString() : "", classes);
    }

    /// <summary>A point: a circle.</summary>
    public static XElement Circle(double x, double y, double radius, string classes, string? title = null) => Markup.Element(
        "circle", Markup.Class(classes), Markup.Attribute("cx", x), Markup.Attribute("cy", y), Markup.Attribute("r", radius),
        Svg.Title(title));

    /// <summary>A point: a square on its tip, for a kind that color alone must not tell apart.</summary>
    public static XElement Diamond(double x, double y, double radius, string classes, string? title = null)
    {
        string path = $"M{Markup.Coordinate(x)} {Markup.Coordinate(y - radius)}l{Markup.Coordinate(radius)} {Markup.Coordinate(radius)}"
            + $"l{Markup.Coordinate(-radius)} {Markup.Coordinate(radius)}l{Markup.Coordinate(-radius)} {Markup.Coordinate(-radius)}Z";
        return Svg.Path(path, classes, title);
    }

    /// <summary>An interval along x; where it goes on beyond an end of the scale it has a tip there.</summary>
    public static XElement HorizontalInterval(double low, double high, double y, Scale x, string classes) => Svg.Group(
        "mark",
        Svg.Line(x.MapInside(low), y, x.MapInside(high), y, classes),
        low < x.Low && high > x.Low ? Tip(x.Map(x.Low), y, -1, classes + " tip") : null,
        high > x.High && low < x.High ? Tip(x.Map(x.High), y, 1, classes + " tip") : null);

    /// <summary>A tip that points to the right (1) or to the left (-1) from where a line is cut.</summary>
    public static XElement Tip(double x, double y, int direction, string classes) => Svg.Path(
        $"M{Markup.Coordinate(x - 6 * direction)} {Markup.Coordinate(y - 4)}L{Markup.Coordinate(x)} "
        + $"{Markup.Coordinate(y)}L{Markup.Coordinate(x - 6 * direction)} {Markup.Coordinate(y + 4)}", classes);

    /// <summary>An interval along y, cut at the ends of the scale.</summary>
    public static XElement VerticalInterval(double x, double low, double high, Scale y, string classes) =>
        Svg.Line(x, y.MapInside(low), x, y.MapInside(high), classes);

    /// <summary>A line across a frame at a value of x.</summary>
    public static XElement VerticalRule(double value, Scale x, Frame frame, string classes) =>
        Svg.Line(x.Map(value), frame.Top, x.Map(value), frame.Bottom, classes);

    /// <summary>A line across a frame at a value of y.</summary>
    public static XElement HorizontalRule(double value, Scale y, Frame frame, string classes) =>
        Svg.Line(frame.Left, y.Map(value), frame.Right, y.Map(value), classes);

    private static void Append(StringBuilder path, char command, double x, double y) =>
        path.Append(command).Append(Markup.Coordinate(x)).Append(' ').Append(Markup.Coordinate(y));
}
