using System.Globalization;

namespace CrystalHpc.Core.Elements;

/// <summary>An element in an oxidation state, such as Fe3+. Ordered by atomic number, then by charge.</summary>
/// <param name="Element">The element.</param>
/// <param name="Charge">Oxidation state, whole units of e.</param>
public readonly record struct Species(Element Element, sbyte Charge) : IComparable<Species>
{
    /// <inheritdoc/>
    public int CompareTo(Species other) =>
        Element != other.Element ? Element.CompareTo(other.Element) : Charge.CompareTo(other.Charge);

    /// <summary>Such as <c>Fe3+</c>, <c>O2-</c>; <c>Fe0</c> for a neutral atom.</summary>
    public override string ToString() => Charge == 0
        ? Element.Symbol + "0"
        : string.Create(CultureInfo.InvariantCulture, $"{Element.Symbol}{Math.Abs(Charge)}{(Charge > 0 ? '+' : '-')}");

    /// <summary>Order by atomic number, then charge.</summary>
    public static bool operator <(Species left, Species right) => left.CompareTo(right) < 0;

    /// <summary>Order by atomic number, then charge.</summary>
    public static bool operator >(Species left, Species right) => left.CompareTo(right) > 0;

    /// <summary>Order by atomic number, then charge.</summary>
    public static bool operator <=(Species left, Species right) => left.CompareTo(right) <= 0;

    /// <summary>Order by atomic number, then charge.</summary>
    public static bool operator >=(Species left, Species right) => left.CompareTo(right) >= 0;
}
