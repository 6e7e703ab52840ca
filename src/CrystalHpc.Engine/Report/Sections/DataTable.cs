using System.Globalization;
using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>A column of a table.</summary>
/// <param name="Name">Heading, with the unit.</param>
/// <param name="IsNumber">True for numbers: right-aligned and sorted as numbers.</param>
/// <param name="Explanation">What the column holds, for a pointer that rests on it.</param>
public sealed record Column(string Name, bool IsNumber = false, string? Explanation = null);

/// <summary>A cell: what it shows, and what it is sorted by where that is something else.</summary>
public readonly record struct Cell(object? Content, double? SortKey = null)
{
    /// <summary>A cell that shows a text and is sorted by it.</summary>
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A row of a table.</summary>
/// <param name="Cells">One for each column.</param>
/// <param name="Words">Further words that the row is found by.</param>
/// <param name="Tag">What a link finds the row by, exactly, such as <c>cation=Si</c>; null for none.</param>
public sealed record Row(IReadOnlyList<Cell> Cells, string Words = "", string? Tag = null);

/// <summary>Tables that report.js makes sortable and filterable; without it they are plain tables.</summary>
public static class DataTable
{
    /// <summary>The table with its filter.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="label">What it holds.</param>
    /// <param name="hint">What may be typed into the filter.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rows">Rows, in the order shown first.</param>
    public static XElement Of(string id, string label, string hint, IReadOnlyList<Column> columns, IEnumerable<Row> rows)
    {
        XElement[] body = [.. rows.Select(row => TableRow(columns, row))];
        return Markup.Element(
            "div",
            Markup.Class("table"),
            Markup.Element(
                "div",
                Markup.Class("tools"),
                Markup.Element(
                    "label",
                    "Filter ",
                    Markup.Element(
                        "input", Markup.Attribute("type", "search"), Markup.Attribute("data-for", id),
                        Markup.Attribute("placeholder", hint),
                        Markup.Attribute("autocomplete", "off"), Markup.Attribute("spellcheck", "false"))),
                Markup.Element("output", Markup.Attribute("id", id + "-count"), Markup.Attribute("aria-live", "polite"),
                Numbers.Of(body.Length, "row"))),
            Layout.Scroller(
                label,
                Markup.Element(
                    "table",
                    Markup.Attribute("id", id),
                    Markup.Class("sortable"),
                    Markup.Element("caption", label),
                    Markup.Element("thead", Markup.Element("tr", columns.Select(Heading))),
                    Markup.Element("tbody", body))));
    }

    private static XElement Heading(Column column) => Markup.Element(
        "th",
        Markup.Attribute("scope", "col"),
        column.IsNumber ? Markup.Class("number") : null,
        column.Explanation is null ? null : Markup.Attribute("title", column.Explanation),
        column.Name);

    private static XElement TableRow(IReadOnlyList<Column> columns, Row row) => Markup.Element(
        "tr",
        row.Words.Length > 0 ? Markup.Attribute("data-words", row.Words) : null,
        row.Tag is null ? null : Markup.Attribute("data-tag", row.Tag),
        row.Cells.Select((cell, i) => Markup.Element(
            "td",
            columns[i].IsNumber ? Markup.Class("number") : null,
            cell.SortKey is { } key ? Markup.Attribute("data-sort", key.ToString("R", CultureInfo.InvariantCulture)) : null,
            cell.Content)));
}
