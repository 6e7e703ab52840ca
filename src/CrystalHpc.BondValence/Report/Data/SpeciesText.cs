using System.Globalization;

namespace CrystalHpc.BondValence.Report;

/// <summary>Species for people: <c>Si⁴⁺</c> to read, <c>Si4+</c> to search for.</summary>
internal static class SpeciesText
{
    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>With a raised charge; charge 0 stands for "not known" and is left out.</summary>
    public static string Pretty(string element, int charge) => charge == 0 ? element
        : element + string.Concat(Size(charge).Select(digit => SuperscriptDigits[digit - '0'])) + (charge > 0 ? "⁺" : "⁻");

    /// <summary>As it is typed.</summary>
    public static string Plain(string element, int charge) => charge == 0 ? element
        : element + Math.Abs(charge).ToString(CultureInfo.InvariantCulture) + (charge > 0 ? "+" : "-");

    /// <summary>A pair of cation and anion.</summary>
    public static string PrettyPair(string cation, int cationCharge, string anion, int anionCharge) =>
        $"{Pretty(cation, cationCharge)}–{Pretty(anion, anionCharge)}";

    private static string Size(int charge) => Math.Abs(charge) == 1 ? "" : Math.Abs(charge).ToString(CultureInfo.InvariantCulture);
}
