using System.Xml.Linq;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Engine.Report;

/// <summary>What a cell of the periodic table shows.</summary>
/// <param name="Value">Decides the color.</param>
/// <param name="Text">The value for people, short.</param>
/// <param name="Title">The value for people, as a sentence.</param>
/// <param name="IsDoubtful">True where the value rests on little; the cell is marked.</param>
public sealed record ElementValue(double Value, string Text, string Title, bool IsDoubtful = false);

/// <summary>Where a cell of the periodic table leads: to a table, filtered by the rows that carry the element's tag.</summary>
/// <param name="Section">Section of the page.</param>
/// <param name="Table">The table in it.</param>
/// <param name="Tag">Name of the tag; an element's rows have the tag <c>NAME=SYMBOL</c>.</param>
public sealed record ElementLink(string Section, string Table, string Tag);

/// <summary>The periodic table as a heat map: colors in a few steps that a legend names, values written out.</summary>
public static class ElementGrid
{
    /// <summary>Number of color steps that report.css knows.</summary>
    public const int Steps = 7;

    private const double CellWidth = 50, CellHeight = 42, Gap = 2, Top = 4;

    /// <summary>The whole drawing; cells with values are links.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">The same in a sentence.</param>
    /// <param name="ramp">Class of the colors.</param>
    /// <param name="thresholds">Lower ends of the color steps but the first, ascending; at most one fewer than steps.</param>
    /// <param name="legend">Words for each step.</param>
    /// <param name="legendTitle">What the colors mean, with the unit.</param>
    /// <param name="link">Where cells with values lead.</param>
    /// <param name="values">Values by element symbol.</param>
    public static XElement Draw(
        string id, string title, string description, string ramp, IReadOnlyList<double> thresholds, IReadOnlyList<string> legend,
        string legendTitle,
        ElementLink link, IReadOnlyDictionary<string, ElementValue> values)
    {
        double width = 18 * CellWidth, height = Top + 9 * CellHeight + 12;
        return Svg.InteractiveDrawing(
            id, title, description, width, height,
            Svg.Group(
                "elements " + ramp,
                Enumerable.Range(1, 103).Select(number => new Element((byte)number))
                .Select(element => Cell(element, values.GetValueOrDefault(element.Symbol), thresholds, link)),
                Key(legend, legendTitle)));
    }

    /// <summary>Column (1 to 18) and row (1 to 9; 8 and 9 are the lanthanides and actinides) of an element.</summary>
    public static (int Column, int Row) PlaceOf(int number) => number switch
    {
        1 => (1, 1),
        2 => (18, 1),
        <= 4 => (number - 2, 2),
        <= 10 => (number + 8, 2),
        <= 12 => (number - 10, 3),
        <= 18 => (number, 3),
        <= 36 => (number - 18, 4),
        <= 54 => (number - 36, 5),
        <= 56 => (number - 54, 6),
        <= 71 => (number - 54, 8),
        <= 86 => (number - 68, 6),
        <= 88 => (number - 86, 7),
        <= 103 => (number - 86, 9),
        _ => (number - 100, 7),
    };

    private static XElement Cell(Element element, ElementValue? value, IReadOnlyList<double> thresholds, ElementLink link)
    {
        (int column, int row) = PlaceOf(element.AtomicNumber);
        double x = (column - 1) * CellWidth, y = Top + (row - 1) * CellHeight + (row >= 8 ? 8 : 0);
        string color = value is null ? "none" : "step" + StepOf(value.Value, thresholds)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        XElement?[] parts =
        [
            Svg.Rectangle(x, y, CellWidth - Gap, CellHeight - Gap, value is { IsDoubtful: true } ? "cell doubtful" : "cell"),
            Svg.Text(x + (CellWidth - Gap) / 2, y + (value is null ? 25 : 18), element.Symbol, "symbol middle"),
            value is null ? null : Svg.Text(x + (CellWidth - Gap) / 2, y + 33, value.Text, "middle"),
        ];
        return value is null
            ? Svg.Group(color, parts)
            : Markup.Element(
                "a",
                [
                    Markup.Class(color), Markup.Attribute("href", "#" + link.Section), Markup.Attribute("data-table", link.Table),
                    Markup.Attribute("data-query", $"{link.Tag}={element.Symbol}"), Svg.Title(value.Title), .. parts,
                ]);
    }

    private static int StepOf(double value, IReadOnlyList<double> thresholds) => thresholds.Count(threshold => value >= threshold);

    // The legend lies in the empty space above the transition metals.
    private static XElement Key(IReadOnlyList<string> legend, string title)
    {
        const double Left = 2.35 * CellWidth, Box = 62;
        return Svg.Group(
            "key",
            Svg.Text(Left, Top + 26, title, "name"),
            legend.Select((text, step) => Svg.Group(
                $"step{step.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
                Svg.Rectangle(Left + step * Box, Top + 38, Box - 2, 14, "cell"),
                Svg.Text(Left + step * Box + Box / 2 - 1, Top + 67, text, "label middle"))));
    }
}
