using CrystalHpc.Core.Elements;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>Radius rules that keep synthetic crystals believable.</summary>
internal static class AnionRadii
{
    private const double UnknownAngstrom = 1.6;

    /// <summary>Radius of an anion, Å; a middling value where none is tabulated.</summary>
    public static double Angstrom(Element anion)
        => IonicRadii.AnionRadiusAngstrom(anion) is var radius && double.IsNaN(radius) ? UnknownAngstrom : radius;

    /// <summary>
    /// Whether a bond of this length over the anion's radius suits a coordination number: Pauling's radius ratios, generously.
    /// </summary>
    public static bool Suits(int coordination, double lengthOverRadius)
    {
        (double low, double high) = coordination switch
        {
            <= 3 => (0.85, 1.12),
            4 => (1.04, 1.60),
            <= 6 => (1.22, 1.95),
            <= 9 => (1.50, 2.35),
            _ => (1.75, 2.70),
        };
        return lengthOverRadius >= low && lengthOverRadius <= high;
    }
}
