using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// Whether the distances around a cation suit an oxidation state, by ionic radii (<c>Data/IonicRadii.csv</c>, Shannon 1976). A bond of a
/// polyhedron of n equal bonds of length R (sum of the radii for coordination n) has the strength V/n; with one softness for all bonds that
/// fixes the length of a bond of strength 1. No fitted or published bond-valence parameter enters.
/// </summary>
public static class IonicRadii
{
    private const double SoftnessAngstrom = 0.37;
    private const double ReachAngstrom = 4.0;

    // What anions beyond the first shell add to the sum: the median over oxides, read off 882 groups of sites of known state.
    private const double SecondShellAngstrom = 0.03;

    // Nonmetals that bind metals by a lone pair even where they count as cations: N of nitrite, S of thiosulfate, P of phosphite.
    private static readonly HashSet<Element> Donors = [.. "N P S As Se Te".Split(' ').Select(Element.Of)];

    // Effective radii of anions in their usual coordination, Shannon 1976; N 3- for coordination 4.
    private static readonly Dictionary<Element, double> Anions = new()
    {
        [Element.Of("O")] = 1.38, [Element.Of("F")] = 1.30, [Element.Of("Cl")] = 1.81, [Element.Of("Br")] = 1.96, [Element.Of("I")] = 2.20,
        [Element.Of("S")] = 1.84, [Element.Of("Se")] = 1.98, [Element.Of("Te")] = 2.21, [Element.Of("N")] = 1.46,
    };

    private static readonly Lazy<Dictionary<(Element Element, int State), double>> UnitRadii = new(Load);

    /// <summary>
    /// By how much the bonds of a site are shorter (positive) or longer than the state wants, as one shift of all its bonds, Å:
    /// B ln(sum of strengths / state). NaN where a radius is not known or the nearest partner is no anion.
    /// </summary>
    internal static double MisfitAngstrom(CrystalStructure structure, NeighborList neighbors, int row, ReadOnlySpan<SiteRole> roles,
        Element cation, int state)
    {
        if (!UnitRadii.Value.TryGetValue((cation, state), out double radius))
            return double.NaN;
        double strengths = 0;
        double nearest = double.PositiveInfinity;
        double nearestDonor = double.PositiveInfinity;
        for (int entry = neighbors.Offsets[row]; entry < neighbors.Offsets[row + 1]; entry++)
        {
            int site = structure.SiteOfAtom[neighbors.Atoms[entry]];
            if (roles[site].Role != ChemicalRole.Anion)
            {
                if (Donors.Contains(structure.Sites[site].Element))
                    nearestDonor = Math.Min(nearestDonor, neighbors.Distances[entry]);
                continue;
            }

            nearest = Math.Min(nearest, neighbors.Distances[entry]);
            if (!Anions.TryGetValue(structure.Sites[site].Element, out double anion))
                return double.NaN;
            strengths += structure.Sites[site].Occupancy * PortableMath.Exp(
                (radius + anion - neighbors.Distances[entry]) / SoftnessAngstrom);
        }

        return nearest < nearestDonor ? SoftnessAngstrom * PortableMath.Log(strengths / state) - SecondShellAngstrom : double.NaN;
    }

    /// <summary>Length of a bond of one valence unit by radii alone, Å; NaN where a radius is not known.</summary>
    public static double UnitBondLengthAngstrom(Species cation, Species anion) =>
        UnitRadii.Value.TryGetValue((cation.Element, cation.Charge), out double radius)
            ? radius + AnionRadiusAngstrom(anion.Element) : double.NaN;

    /// <summary>Strength of a bond by radii alone, valence units; NaN where a radius is not known.</summary>
    public static double BondStrength(Species cation, Species anion, double distanceAngstrom) =>
        PortableMath.Exp((UnitBondLengthAngstrom(cation, anion) - distanceAngstrom) / SoftnessAngstrom);

    /// <summary>Radius that a cation would have in a bond of strength 1, Å; NaN where none is known.</summary>
    public static double CationRadiusAngstrom(Species cation)
        => UnitRadii.Value.TryGetValue((cation.Element, cation.Charge), out double radius) ? radius : double.NaN;

    /// <summary>Radius of an anion in its usual coordination, Å; NaN where it is not known.</summary>
    public static double AnionRadiusAngstrom(Element anion) => Anions.TryGetValue(anion, out double radius) ? radius : double.NaN;

    /// <summary>Neighbors of one atom of each of these sites, as far as bonds may reach.</summary>
    public static NeighborList NeighborsOf(CrystalStructure structure, IEnumerable<int> sites) =>
        NeighborSearch.Find(structure, [.. sites.Select(structure.FirstAtom)], ReachAngstrom);

    // Radius that makes a bond of strength 1 with an anion of radius a as long as radius + a: the mean over the coordination numbers
    // listed.
    private static Dictionary<(Element Element, int State), double> Load() => EmbeddedTable.Read("OxidationStates.Data.IonicRadii.csv")
        .Select(fields => (
            Element: Element.Of(fields[0]),
            State: int.Parse(fields[1], CultureInfo.InvariantCulture),
            Coordination: int.Parse(fields[2], CultureInfo.InvariantCulture),
            Radius: double.Parse(fields[3], CultureInfo.InvariantCulture)))
        .Where(entry => entry.State > 0)
        .GroupBy(entry => (entry.Element, entry.State))
        .ToDictionary(
            entries => entries.Key,
            entries => entries.Average(entry => entry.Radius + SoftnessAngstrom
            * PortableMath.Log((double)entry.State / entry.Coordination)));
}
