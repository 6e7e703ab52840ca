using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>
/// Whether a relaxed crystal still has the shells of its structure type, clear of the next anions, and no atoms of equal sign too close:
/// what a crystallographer would believe and any definition of neighbors should find.
/// </summary>
internal static class GeometryCheck
{
    private const double LargestSpread = 1.20;

    // In large shells a distortion of this much already makes CrystalNN drop the farthest anions.
    private const double LargestSpreadOfLargeShells = 1.12;
    private const int LargeShell = 10;
    private const double SmallestGap = 1.25;
    private const double SmallestAnionContact = 0.78;
    private const double SmallestCationContact = 0.72;

    /// <summary>True when all contacts are within these limits.</summary>
    public static bool IsSound(Compound compound, UnitCell cell, ReadOnlySpan<Fractional> positions)
    {
        Template template = compound.Template;
        Span<double> longest = stackalloc double[template.CationCount];
        for (int cation = 0; cation < template.CationCount; cation++)
        {
            double shortest = double.MaxValue;
            for (int bond = template.BondOffsets[cation]; bond < template.BondOffsets[cation + 1]; bond++)
            {
                double length = Length(template.Bonds[bond], cell, positions);
                (shortest, longest[cation]) = (Math.Min(shortest, length), Math.Max(longest[cation], length));
            }

            double spread = template.Coordination(cation) >= LargeShell ? LargestSpreadOfLargeShells : LargestSpread;
            if (longest[cation] > spread * shortest)
                return false;
        }

        foreach (Contact contact in template.Beyond)
        {
            if (Length(contact, cell, positions) < SmallestGap * longest[contact.Center])
                return false;
        }

        foreach (Contact contact in template.Repulsive)
        {
            Element first = compound.SpeciesOf(template.Sites[contact.Center]).Element,
                second = compound.SpeciesOf(template.Sites[contact.Neighbor]).Element;
            double limit = template.Sites[contact.Center].IsCation
                ? SmallestCationContact * (ElementData.CovalentRadiusAngstrom(first) + ElementData.CovalentRadiusAngstrom(second))
                : SmallestAnionContact * (AnionRadii.Angstrom(first) + AnionRadii.Angstrom(second));
            if (Length(contact, cell, positions) < limit)
                return false;
        }

        return true;
    }

    private static double Length(Contact contact, UnitCell cell, ReadOnlySpan<Fractional> positions) =>
        cell.ToCartesian(contact.Difference(positions)).Length;
}
