using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Equations;

/// <summary>What one pair of bond-valence parameters belongs to: cation species and anion species.</summary>
/// <param name="Cation">Cation with its oxidation state.</param>
/// <param name="Anion">Anion with its oxidation state (negative).</param>
public readonly record struct BondKey(Species Cation, Species Anion) : IComparable<BondKey>
{
    /// <summary>Order by cation, then anion.</summary>
    public int CompareTo(BondKey other) => Cation != other.Cation ? Cation.CompareTo(other.Cation) : Anion.CompareTo(other.Anion);

    /// <summary>Such as <c>Si4+ O2-</c>.</summary>
    public override string ToString() => $"{Cation} {Anion}";

    /// <summary>Order by cation, then anion.</summary>
    public static bool operator <(BondKey left, BondKey right) => left.CompareTo(right) < 0;

    /// <summary>Order by cation, then anion.</summary>
    public static bool operator >(BondKey left, BondKey right) => left.CompareTo(right) > 0;

    /// <summary>Order by cation, then anion.</summary>
    public static bool operator <=(BondKey left, BondKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order by cation, then anion.</summary>
    public static bool operator >=(BondKey left, BondKey right) => left.CompareTo(right) >= 0;
}
