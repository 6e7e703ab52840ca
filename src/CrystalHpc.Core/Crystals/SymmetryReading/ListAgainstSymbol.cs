using CrystalHpc.Core.Elements;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Listed operations that are a proper part of the group that the symbol names: a program lost centerings or wrote the identity alone, or
/// it wrote out the whole cell and left the old symbol. Formula and Z, the density and distances tell which of the two is right.
/// </summary>
internal static class ListAgainstSymbol
{
    private const double UnitsTolerance = 0.02;
    private const double DensityTolerance = 0.05;

    // Two atoms closer than this fraction of their covalent radii cannot both be there.
    private const double LeastFraction = 0.45;

    // Larger structures are judged without their distances.
    private const long MostPairs = 20_000_000;

    /// <summary>What the facts of a file say to one reading of its symmetry.</summary>
    private enum Opinion
    {
        /// <summary>Nothing.</summary>
        Silent,

        /// <summary>They agree.</summary>
        For,

        /// <summary>They contradict it.</summary>
        Against,
    }

    /// <summary>True when every listed operation is one of the group, and the group has more.</summary>
    public static bool IsProperPart(IReadOnlyList<SymmetryOperation> listed, SpaceGroup group) =>
        listed.Count < group.Operations.Count && OperationCode.OfSet(listed) is { } part && OperationCode.OfSet(group.Operations)
            is { } whole
        && part.All(whole.ToHashSet().Contains);

    /// <summary>True when the list is right, false when the symbol is; null when nothing decides.</summary>
    /// <param name="listed">The listed operations.</param>
    /// <param name="named">Those of the symbol.</param>
    /// <param name="metadata">Formula, Z, density.</param>
    /// <param name="cell">Unit cell.</param>
    /// <param name="sites">Sites.</param>
    /// <param name="why">What each says, for people.</param>
    public static bool? IsListRight(
        IReadOnlyList<SymmetryOperation> listed, IReadOnlyList<SymmetryOperation> named, StructureMetadata metadata, UnitCell cell,
        IReadOnlyList<AtomSite> sites, out string why)
    {
        CrystalStructure byList = CrystalStructure.Expand(cell, listed, sites, metadata),
            bySymbol = CrystalStructure.Expand(cell, named, sites, metadata);
        if (byList.AtomCount == bySymbol.AtomCount)
        {
            why = $"{byList.AtomCount} atoms either way";
            return true;
        }

        (Opinion list, string ofList) = Judge(byList);
        (Opinion symbol, string ofSymbol) = Judge(bySymbol);
        why = $"list: {byList.AtomCount} atoms, {ofList}; symbol: {bySymbol.AtomCount} atoms, {ofSymbol}";
        return list == symbol ? null : list == Opinion.For || symbol == Opinion.Against;
    }

    private static (Opinion Opinion, string Why) Judge(CrystalStructure structure)
    {
        if (Overlaps(structure))
            return (Opinion.Against, "atoms overlap");
        FormulaComparison comparison = structure.FormulaComparison;
        bool isKnown = comparison.Agreement is FormulaAgreement.Agrees or FormulaAgreement.HydrogenMissing;
        if (isKnown && structure.Metadata.FormulaUnits is { } units)
        {
            return Math.Abs(comparison.FormulaUnits / units - 1) <= UnitsTolerance
                ? (Opinion.For, "Z formula units")
                : (Opinion.Against, FormattableString.Invariant($"{comparison.FormulaUnits:0.##} formula units"));
        }

        if (structure.Metadata.DensityGramsPerCubicCentimeter is { } density)
        {
            double found = ContentCheck.DensityOf(structure);
            return Math.Abs(found / density - 1) <= DensityTolerance
                ? (Opinion.For, "the density")
                : (Opinion.Against, FormattableString.Invariant($"density {found:0.##} g/cm3"));
        }

        return comparison.Agreement == FormulaAgreement.Differs ? (Opinion.Against, comparison.Detail) : (Opinion.Silent, "possible");
    }

    // Whole atoms at one place or nearly so, of one site or of two.
    private static bool Overlaps(CrystalStructure structure)
    {
        if ((long)structure.Sites.Count * structure.AtomCount > MostPairs)
            return false;
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            if (!IsWhole(structure.Sites[site]))
                continue;
            int first = structure.FirstAtom(site);
            for (int atom = 0; atom < structure.AtomCount; atom++)
            {
                if (atom == first || !IsWhole(structure.SiteAt(atom)))
                    continue;
                double radii = ElementData.CovalentRadiusAngstrom(structure.Sites[site].Element)
                    + ElementData.CovalentRadiusAngstrom(structure.SiteAt(atom).Element);
                double distance = SiteOrbit.DistanceSquared(structure.Cell, structure.Positions[first], structure.Positions[atom]);
                if (distance < LeastFraction * LeastFraction * radii * radii)
                    return true;
            }
        }

        return false;
    }

    // Hydrogen is often disordered without a word.
    private static bool IsWhole(AtomSite site) =>
        site.Occupancy > 0.999 && site.DisorderGroup.Length == 0 && site.Element != ChemicalFormula.Hydrogen;
}
