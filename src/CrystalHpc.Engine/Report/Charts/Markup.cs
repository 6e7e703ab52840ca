using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Report;

/// <summary>Elements and attributes of HTML and SVG; text from files cannot break them, whatever it holds.</summary>
public static class Markup
{
    /// <summary>Elements that have no end tag in HTML; all others get one, also when they are empty.</summary>
    private static readonly HashSet<string> Void = ["meta", "link", "br", "hr", "input", "col"];

    /// <summary>An element with attributes, children and text; nulls are left out.</summary>
    public static XElement Element(string name, params object?[] content)
    {
        var element = new XElement(name);
        foreach (object? item in content)
            element.Add(item is string text ? Clean(text) : item);
        if (element.IsEmpty && !Void.Contains(name))
            element.Value = "";
        return element;
    }

    /// <summary>An attribute.</summary>
    public static XAttribute Attribute(string name, string value) => new(name, Clean(value));

    /// <summary>An attribute of a drawing: at most two decimals.</summary>
    public static XAttribute Attribute(string name, double value) => new(name, Coordinate(value));

    /// <summary>The attribute <c>class</c>.</summary>
    public static XAttribute Class(string names) => new("class", names);

    /// <summary>A coordinate in as few characters as show no difference: two decimals.</summary>
    public static string Coordinate(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    // XML, and HTML too, has no way to write control characters.
    private static string Clean(string text) => PlainText.Lines(text);
}
