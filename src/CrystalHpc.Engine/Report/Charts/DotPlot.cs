using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>A row of a dot plot.</summary>
/// <param name="Label">What is measured; a row without value is a heading for those below it.</param>
/// <param name="Value">Place of the point; NaN for none.</param>
/// <param name="Low">Lower end of the interval; NaN for none.</param>
/// <param name="High">Upper end of the interval; NaN for none.</param>
/// <param name="Text">What stands at the right end of the row.</param>
/// <param name="Title">What a pointer that rests on the row is told; null for nothing.</param>
public sealed record DotRow(string Label, double Value = double.NaN, double Low = double.NaN, double High = double.NaN, string Text = "",
    string? Title = null)
{
    /// <summary>The ends of the interval and the point, as far as there are any.</summary>
    public IEnumerable<double> Places => new[] { Value, Low, High }.Where(double.IsFinite);
}

/// <summary>Points with intervals, one below the other, over one horizontal axis.</summary>
public static class DotPlot
{
    private const double RowHeight = 19, Width = 520, Top = 6;

    /// <summary>The whole drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows.</param>
    /// <param name="axis">Name of the axis, with the unit.</param>
    /// <param name="rows">Rows from top to bottom.</param>
    /// <param name="labelWidth">Room for labels.</param>
    /// <param name="reach">How far the axis may reach on either side of zero; points beyond become diamonds at its end.</param>
    /// <param name="atLeast">A value that the axis reaches even if no row does.</param>
    public static XElement Draw(
        string id, string title, string description, string axis, IReadOnlyList<DotRow> rows, double labelWidth,
        double reach = double.PositiveInfinity,
        double atLeast = 0)
    {
        double textWidth = 14 + 7.4 * rows.Select(row => row.Text.Length).DefaultIfEmpty(0).Max();
        var frame = new Frame(labelWidth, Top, Width - textWidth, Top + rows.Count * RowHeight);
        double[] places = [0, atLeast, .. rows.SelectMany(row => row.Places).Select(place => Math.Clamp(place, -reach, reach))];
        var x = LinearScale.Round(places.Min(), places.Max(), frame.Left, frame.Right, 5);
        return Svg.Drawing(
            id, title, description, Width, frame.Bottom + 44,
            Axis.Bottom(x, frame, axis, 5, grid: true),
            Marks.VerticalRule(0, x, frame, "base"),
            rows.Select((row, i) => Row(row, x, frame, Top + (i + 0.5) * RowHeight)));
    }

    private static XElement Row(DotRow row, LinearScale x, Frame frame, double y) => double.IsNaN(row.Value) && row.Text.Length == 0
        ? Svg.Text(0, y + 4.5, row.Label, "heading")
        : Svg.Group(
            "row",
            Svg.Title(row.Title),
            Svg.Text(frame.Left - 9, y + 4.5, row.Label, "end"),
            double.IsFinite(row.Low) && double.IsFinite(row.High) ? Marks.HorizontalInterval(row.Low, row.High, y, x, "error") : null,
            Point(row.Value, x, y),
            Svg.Text(Width - 2, y + 4.5, row.Text, "value end"));

    private static XElement? Point(double value, LinearScale x, double y) => double.IsNaN(value) ? null
        : x.Holds(value) ? Marks.Circle(x.Map(value), y, 4, "point")
        : Marks.Diamond(x.MapInside(value), y, 5, "point bound");
}
