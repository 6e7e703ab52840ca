using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>The parts that all sections of the page are made of.</summary>
public static class Layout
{
    /// <summary>A section with its heading.</summary>
    public static XElement Section(string id, string heading, params object?[] content) => Markup.Element(
        "section", [Markup.Attribute("id", id), Markup.Attribute("aria-labelledby", id + "-heading"),
            Markup.Element("h2", Markup.Attribute("id", id + "-heading"), heading), .. content]);

    /// <summary>One of the figures in the head of the page.</summary>
    public static XElement KeyFigure(string value, string name, string remark) => Markup.Element(
        "div", Markup.Element("dt", name), Markup.Element("dd", value), Markup.Element("dd", Markup.Class("remark"), remark));

    /// <summary>A paragraph.</summary>
    public static XElement Text(params object?[] content) => Markup.Element("p", content);

    /// <summary>A small remark.</summary>
    public static XElement Note(params object?[] content) => Markup.Element("p", [Markup.Class("note"), .. content]);

    /// <summary>A chart with its heading and, where marks need it, a legend and a remark.</summary>
    public static XElement Figure(string heading, XElement chart, XElement? legend = null, string? note = null, string classes = "")
        => Markup.Element(
        "figure",
        classes.Length > 0 ? Markup.Class(classes) : null,
        Markup.Element("h3", heading),
        legend,
        chart,
        note is null ? null : Markup.Element("figcaption", note));

    /// <summary>Figures side by side where there is room.</summary>
    public static XElement Columns(params object?[] content) => Markup.Element("div", [Markup.Class("columns"), .. content]);

    /// <summary>A wide drawing or table that scrolls by itself on narrow screens, also with the keyboard.</summary>
    public static XElement Scroller(string label, params object?[] content) => Markup.Element(
        "div", [Markup.Class("scroller"), Markup.Attribute("role", "region"), Markup.Attribute("aria-label", label),
        Markup.Attribute("tabindex", "0"), .. content]);

    /// <summary>A part that opens on demand; open on paper.</summary>
    public static XElement Details(string summary, params object?[] content) =>
        Markup.Element("details", [Markup.Element("summary", summary), .. content]);

    /// <summary>A code, a file name, a key.</summary>
    public static XElement Code(string text) => Markup.Element("code", text);
}
