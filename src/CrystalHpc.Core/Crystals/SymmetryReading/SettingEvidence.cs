using CrystalHpc.Core.Elements;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// What speaks for a setting of the space group, given the atoms: in this order, operations that the file lists, the sum formula and number
/// of formula units, no atoms on top of one another, few atoms (the wrong origin misses special positions), large distances.
/// </summary>
/// <param name="ListedOperations">Number of operations of the file's list that the setting has.</param>
/// <param name="Formula">2 when the cell holds Z formula units, 1 when it agrees with the formula or there is none, 0 when it
/// disagrees.</param>
/// <param name="Atoms">Atoms in the cell.</param>
/// <param name="ShortestDistance">Shortest distance of two atoms as a fraction of the sum of their covalent radii, in steps of 0.05, at
/// most 1.</param>
internal readonly record struct SettingEvidence(int ListedOperations, int Formula, int Atoms, double ShortestDistance)
    : IComparable<SettingEvidence>
{
    private const double Overlap = 0.5;

    // Sites that share a position are one mixed site, whatever the origin.
    private const double SharedPositionAngstrom = 0.1;

    // Larger structures are judged without their distances.
    private const long MostPairs = 20_000_000;

    /// <summary>Collects the evidence.</summary>
    public static SettingEvidence Of(
        SpaceGroup group, StructureMetadata metadata, UnitCell cell, IReadOnlyList<AtomSite> sites, IReadOnlyList<SymmetryOperation> listed)
    {
        var operations = group.Operations.ToHashSet();
        CrystalStructure structure = CrystalStructure.Expand(cell, group.Operations, sites, metadata);
        return new SettingEvidence(
            listed.Count(operations.Contains), AgreementWithFormula(structure), structure.AtomCount, ShortestIn(structure));
    }

    /// <summary>Positive when this evidence is the stronger.</summary>
    public int CompareTo(SettingEvidence other)
    {
        int order = ListedOperations.CompareTo(other.ListedOperations);
        order = order != 0 ? order : Formula.CompareTo(other.Formula);
        order = order != 0 ? order : (ShortestDistance >= Overlap).CompareTo(other.ShortestDistance >= Overlap);
        order = order != 0 ? order : other.Atoms.CompareTo(Atoms);
        return order != 0 ? order : ShortestDistance.CompareTo(other.ShortestDistance);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string formula = Formula switch { 0 => "not the formula", 1 => "formula possible", _ => "formula and Z" };
        return FormattableString.Invariant($"{Atoms} atoms, {formula}, shortest distance {ShortestDistance:0.00} of the radii");
    }

    private static int AgreementWithFormula(CrystalStructure structure)
    {
        FormulaComparison comparison = structure.FormulaComparison;
        if (comparison.Agreement == FormulaAgreement.Differs)
            return 0;
        return structure.Metadata.FormulaUnits is { } units && Math.Abs(comparison.FormulaUnits / units - 1) < 0.02 ? 2 : 1;
    }

    private static double ShortestIn(CrystalStructure structure)
    {
        if ((long)structure.Sites.Count * structure.AtomCount > MostPairs)
            return 1;
        double shortest = 1;
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            int first = structure.FirstAtom(site);
            if (!Counts(structure.Sites[site]))
                continue;
            for (int atom = 0; atom < structure.AtomCount; atom++)
            {
                if (atom == first || !Counts(structure.SiteAt(atom)))
                    continue;
                double radii = ElementData.CovalentRadiusAngstrom(structure.Sites[site].Element)
                    + ElementData.CovalentRadiusAngstrom(structure.SiteAt(atom).Element);
                double distance = Math.Sqrt(
                    SiteOrbit.DistanceSquared(structure.Cell, structure.Positions[first], structure.Positions[atom]));
                if (distance >= SharedPositionAngstrom || structure.SiteOfAtom[atom] == site)
                    shortest = Math.Min(shortest, distance / radii);
            }
        }

        return Math.Floor(shortest * 20) / 20;
    }

    // Disordered atoms may come close to one another, and hydrogen is often disordered without a word.
    private static bool Counts(AtomSite site) =>
        site.Occupancy > 0.999 && site.DisorderGroup.Length == 0 && site.Element != ChemicalFormula.Hydrogen;
}
