using CrystalHpc.Core.Elements;

namespace CrystalHpc.Potentials.Search;

/// <summary>About how long bonds are: sums of covalent radii, or one length for all.</summary>
/// <param name="elements">The elements of the search.</param>
/// <param name="given">One length for all, A; null: sums of covalent radii.</param>
internal sealed class BondLengths(IReadOnlyList<Element> elements, double? given)
{
    /// <summary>The longest bond, A.</summary>
    public double Longest { get; } = given ?? elements.Max(a => elements.Max(b => Sum(a, b)));

    /// <summary>The bond of two elements, A.</summary>
    public double Of(Element a, Element b) => given ?? Sum(a, b);

    private static double Sum(Element a, Element b) => ElementData.CovalentRadiusAngstrom(a) + ElementData.CovalentRadiusAngstrom(b);
}
