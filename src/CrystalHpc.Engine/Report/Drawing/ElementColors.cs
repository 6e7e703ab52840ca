using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Engine.Report;

/// <summary>Fill colors of elements: the customary ones where custom is firm, else a hue of their own by atomic number.</summary>
public static class ElementColors
{
    private static readonly Dictionary<string, string> Customary = new()
    {
        ["H"] = "#f2f2f2", ["C"] = "#5a5a5a", ["N"] = "#4060e0", ["O"] = "#e03b2f", ["F"] = "#8fd16a", ["Cl"] = "#3fbf3f",
            ["Br"] = "#a0522d",
        ["I"] = "#8a2fb0", ["S"] = "#f0cc2e", ["P"] = "#f08a24", ["Si"] = "#c9a57a", ["B"] = "#f2a7a7", ["Fe"] = "#c8662d",
        ["Cu"] = "#c47f45",
        ["Na"] = "#a678d8", ["K"] = "#8e5ac8", ["Ca"] = "#6fae5a", ["Mg"] = "#7fbf5f", ["Al"] = "#9fb4c8", ["Ti"] = "#9aa0a8",
    };

    /// <summary>The color as CSS takes it.</summary>
    public static string Of(Element element) => Customary.TryGetValue(element.Symbol, out string? color)
        ? color
        : string.Create(CultureInfo.InvariantCulture, $"hsl({element.AtomicNumber * 137 % 360} 45% {58 + element.AtomicNumber % 3 * 6}%)");
}
