using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>
/// A whole drawing, and the shapes it is made of. Colors come from classes, so that one drawing serves light, dark and paper.
/// </summary>
public static class Svg
{
    /// <summary>A drawing that scales with the page, with a title and a description for those who do not see it.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows, in a sentence or two.</param>
    /// <param name="width">Width at full size, px.</param>
    /// <param name="height">Height at full size, px.</param>
    /// <param name="content">Marks, axes, labels.</param>
    public static XElement Drawing(string id, string title, string description, double width, double height, params object?[] content) =>
        Drawing("img", id, title, description, width, height, content);

    /// <summary>The same with links or other parts that the keyboard reaches.</summary>
    public static XElement InteractiveDrawing(string id, string title, string description, double width, double height,
        params object?[] content) =>
        Drawing("group", id, title, description, width, height, content);

    /// <summary>Elements that share a class.</summary>
    public static XElement Group(string classes, params object?[] content) => Markup.Element("g", [Markup.Class(classes), .. content]);

    /// <summary>A straight line.</summary>
    public static XElement Line(double x1, double y1, double x2, double y2, string classes) => Markup.Element(
        "line", Markup.Class(classes), Markup.Attribute("x1", x1), Markup.Attribute("y1", y1), Markup.Attribute("x2", x2),
        Markup.Attribute("y2", y2));

    /// <summary>A rectangle.</summary>
    public static XElement Rectangle(double x, double y, double width, double height, string classes, string? title = null)
        => Markup.Element(
        "rect", Markup.Class(classes), Markup.Attribute("x", x), Markup.Attribute("y", y),
        Markup.Attribute("width", Math.Max(0, width)), Markup.Attribute("height", Math.Max(0, height)), Title(title));

    /// <summary>A path.</summary>
    public static XElement Path(string data, string classes, string? title = null) =>
        Markup.Element("path", Markup.Class(classes), Markup.Attribute("d", data), Title(title));

    /// <summary>A line of text; its class may be <c>middle</c> or <c>end</c>, which say what the place is of.</summary>
    public static XElement Text(double x, double y, string text, string classes = "") => Markup.Element(
        "text", classes.Length > 0 ? Markup.Class(classes) : null, Markup.Attribute("x", x), Markup.Attribute("y", y), text);

    /// <summary>Text that reads upward.</summary>
    public static XElement UprightText(double x, double y, string text, string classes) => Markup.Element(
        "text", Markup.Class(classes), Markup.Attribute("transform",
        $"translate({Markup.Coordinate(x)} {Markup.Coordinate(y)}) rotate(-90)"), text);

    /// <summary>What a pointer that rests on a shape is told.</summary>
    public static XElement? Title(string? text) => text is null ? null : Markup.Element("title", text);

    private static XElement Drawing(string role, string id, string title, string description, double width, double height,
        object?[] content) => Markup.Element(
        "svg",
        [
            Markup.Attribute("id", id),
            Markup.Attribute("viewBox", $"0 0 {Markup.Coordinate(width)} {Markup.Coordinate(height)}"),
            Markup.Attribute("width", width),
            Markup.Attribute("height", height),
            Markup.Attribute("role", role),
            Markup.Attribute("aria-labelledby", $"{id}-title {id}-desc"),
            Markup.Element("title", Markup.Attribute("id", id + "-title"), title),
            Markup.Element("desc", Markup.Attribute("id", id + "-desc"), description),
            .. content,
        ]);
}
