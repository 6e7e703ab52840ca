using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Statistics;

/// <summary>Two kinds of atoms whose distances are counted together. Charge 0 stands for an element whatever its oxidation state.</summary>
/// <param name="First">Center: the cation, or the lighter element.</param>
/// <param name="Second">Neighbor: the anion, or the heavier element.</param>
public readonly record struct SpeciesPair(Species First, Species Second) : IComparable<SpeciesPair>
{
    /// <summary>The pair of two elements without oxidation states, lighter first.</summary>
    public static SpeciesPair OfElements(Element left, Element right) =>
        left <= right ? new(new Species(left, 0), new Species(right, 0)) : new(new Species(right, 0), new Species(left, 0));

    /// <summary>Order by first, then second species.</summary>
    public int CompareTo(SpeciesPair other) => First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);

    /// <summary>Such as <c>Si4+ O2-</c>.</summary>
    public override string ToString() => $"{First} {Second}";

    /// <summary>Order by first, then second species.</summary>
    public static bool operator <(SpeciesPair left, SpeciesPair right) => left.CompareTo(right) < 0;

    /// <summary>Order by first, then second species.</summary>
    public static bool operator >(SpeciesPair left, SpeciesPair right) => left.CompareTo(right) > 0;

    /// <summary>Order by first, then second species.</summary>
    public static bool operator <=(SpeciesPair left, SpeciesPair right) => left.CompareTo(right) <= 0;

    /// <summary>Order by first, then second species.</summary>
    public static bool operator >=(SpeciesPair left, SpeciesPair right) => left.CompareTo(right) >= 0;
}
