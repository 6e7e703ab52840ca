using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// Whether the bonds of cations are possible for their ionic radii, whoever says what the states are. Strengths are those of
/// <see cref="IonicRadii"/>, from Shannon's radii and one softness; only hard anions (O, F) count, for soft ones come closer than their
/// radii.
/// </summary>
public static class IonicBonds
{
    /// <summary>How far anions are looked for, Å; the nearest of any cation, those of cesium in iodides, lie at 4.2 Å.</summary>
    public const double ReachAngstrom = 4.5;

    private const double SoftnessAngstrom = 0.37;

    // Strength of a bond to a soft anion that can be left out of account.
    private const double NegligibleStrength = 0.05;

    // The minor element of a mixed site lies where the others put it.
    private const double FullOccupancy = 0.99;

    private static readonly Element Hydrogen = Element.Of("H");

    /// <summary>The bonds of a cation.</summary>
    /// <param name="Site">Index of its site.</param>
    /// <param name="NearestAnionAngstrom">Distance of the nearest anion, Å; infinite when there is none within
    /// <see cref="ReachAngstrom"/>.</param>
    /// <param name="ShorteningAngstrom">By how much all its bonds together are shorter (negative: longer) than its state wants, Å; NaN
    /// where radii say
    /// nothing.</param>
    public readonly record struct CationBonds(int Site, double NearestAnionAngstrom, double ShorteningAngstrom);

    /// <summary>The bonds of one cation of each fully occupied site whose charge is known, hydrogen excepted.</summary>
    /// <param name="structure">The structure with its states.</param>
    public static IReadOnlyList<CationBonds> Of(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        int[] cations = [.. Enumerable.Range(0, structure.Sites.Count).Where(site => IsWholeCation(structure.Sites[site]))];
        NeighborList neighbors = NeighborSearch.Find(structure, [.. cations.Select(structure.FirstAtom)], ReachAngstrom);
        var bonds = new CationBonds[cations.Length];
        for (int row = 0; row < cations.Length; row++)
            bonds[row] = BondsOf(structure, neighbors, row, cations[row]);
        return bonds;
    }

    private static bool IsWholeCation(AtomSite site) => site.Charge > 0 && site.Element != Hydrogen && site.Occupancy > FullOccupancy;

    private static CationBonds BondsOf(CrystalStructure structure, NeighborList neighbors, int row, int site)
    {
        AtomSite cation = structure.Sites[site];
        double charge = cation.Charge!.Value;
        double nearest = double.PositiveInfinity, strengths = 0;
        for (int entry = neighbors.Offsets[row]; entry < neighbors.Offsets[row + 1]; entry++)
        {
            AtomSite anion = structure.SiteAt(neighbors.Atoms[entry]);
            if (!(anion.Charge < 0))
                continue;
            double distance = neighbors.Distances[entry];
            nearest = Math.Min(nearest, distance);
            double strength = anion.Occupancy * Strength(cation, anion, distance);
            bool isHard = anion.Element.Symbol is "O" or "F";
            strengths += isHard ? strength : strength <= NegligibleStrength ? 0 : double.NaN;
        }

        return new CationBonds(site, nearest, SoftnessAngstrom * PortableMath.Log(strengths / charge));
    }

    // NaN where a state is no whole number or has no radius.
    private static double Strength(AtomSite cation, AtomSite anion, double distanceAngstrom)
    {
        double charge = cation.Charge!.Value;
        if (charge != Math.Round(charge) || charge > 8)
            return double.NaN;
        return IonicRadii.BondStrength(
            new Species(cation.Element, (sbyte)charge), new Species(anion.Element, (sbyte)anion.Charge!.Value), distanceAngstrom);
    }
}
