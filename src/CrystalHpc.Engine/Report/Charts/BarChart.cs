using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>A row of a bar chart.</summary>
/// <param name="Label">What is counted.</param>
/// <param name="Value">Length of the bar.</param>
/// <param name="Text">The value for people.</param>
/// <param name="Part">Part of the value drawn darker; 0 for none.</param>
/// <param name="Title">What a pointer that rests on the row is told; null for nothing.</param>
public sealed record BarRow(string Label, double Value, string Text, double Part = 0, string? Title = null);

/// <summary>Horizontal bars with their labels and values: no axis, the numbers are written out.</summary>
public static class BarChart
{
    private const double RowHeight = 24, BarHeight = 15;

    /// <summary>The whole drawing.</summary>
    public static XElement Draw(string id, string title, string description, IReadOnlyList<BarRow> rows, double width, double labelWidth)
    {
        double textWidth = 14 + 7.4 * rows.Select(row => row.Text.Length).DefaultIfEmpty(0).Max();
        var x = new LinearScale(0, Math.Max(rows.Select(row => row.Value).DefaultIfEmpty(0).Max(), double.Epsilon), labelWidth,
            width - textWidth);
        return Svg.Drawing(id, title, description, width, rows.Count * RowHeight + 4,
            rows.Select((row, i) => Row(row, x, 2 + i * RowHeight)));
    }

    /// <summary>Counts of things, one bar each, as wide as a column of the page.</summary>
    public static XElement Counts(string id, string title, IReadOnlyList<(string Label, long Count)> counts)
    {
        BarRow[] rows = [.. counts.Select(count => new BarRow(count.Label, count.Count, Numbers.Count(count.Count)))];
        return Draw(id, title, string.Join("; ", rows.Select(row => $"{row.Label} {row.Text}")) + ".", rows, width: 520, labelWidth: 160);
    }

    private static XElement Row(BarRow row, LinearScale x, double top)
    {
        double bar = top + (RowHeight - BarHeight) / 2, text = top + RowHeight / 2 + 4.5;
        return Svg.Group(
            "row",
            Svg.Title(row.Title),
            Svg.Text(x.Start - 10, text, row.Label, "end"),
            Svg.Rectangle(x.Start, bar, Math.Max(1, x.Map(row.Value) - x.Start), BarHeight, row.Part > 0 ? "bar light" : "bar"),
            row.Part > 0 ? Svg.Rectangle(x.Start, bar, x.Map(row.Part) - x.Start, BarHeight, "bar") : null,
            Svg.Text(x.Map(row.Value) + 7, text, row.Text, "value"));
    }
}
