using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>What marks mean: one line of HTML above or below a drawing, which wraps on narrow screens.</summary>
public static class Legend
{
    /// <summary>The legend; each entry shows a small drawing of its mark.</summary>
    public static XElement Of(params (XElement Mark, string Text)[] entries) => Markup.Element(
        "p", [Markup.Class("legend"), .. entries.Select(entry => Markup.Element("span", Symbol(entry.Mark), entry.Text))]);

    /// <summary>A filled box, as of bars and bands.</summary>
    public static XElement Box(string classes) => Svg.Rectangle(1, 3, 16, 8, classes);

    /// <summary>A line.</summary>
    public static XElement Stroke(string classes) => Svg.Line(0, 7, 18, 7, classes);

    /// <summary>A circle.</summary>
    public static XElement Dot(string classes) => Marks.Circle(9, 7, 4, classes);

    /// <summary>A diamond.</summary>
    public static XElement Rhomb(string classes) => Marks.Diamond(9, 7, 5, classes);

    /// <summary>The end of an interval that goes on beyond the axis.</summary>
    public static XElement Tip(string classes) => Svg.Group("mark", Svg.Line(0, 7, 12, 7, "error"), Marks.Tip(18, 7, 1, classes));

    private static XElement Symbol(XElement mark) => Markup.Element(
        "svg", Markup.Attribute("viewBox", "0 0 18 14"), Markup.Attribute("width", 18), Markup.Attribute("height", 14),
        Markup.Attribute("aria-hidden", "true"), mark);
}
