using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// Whether oxygen atoms have all their valence from the cations listed. Hydrogen that a list lacks leaves its oxygen atom short of it,
/// whichever states the cations have: strengths are those of <see cref="IonicRadii"/>, from Shannon's radii and one softness.
/// </summary>
internal static class OxygenValence
{
    /// <summary>
    /// From this sum on an oxygen atom holds no hydrogen. Of 205 lists whose formula or charge says that hydrogen is missing one has no
    /// atom below it; of 1,815 complete ones 85 % have none.
    /// </summary>
    public const double FullSum = 1.75;

    /// <summary>
    /// Below this sum an oxygen atom may hold hydrogen: nine tenths of such lists have an atom below it, one in 35 of the complete ones.
    /// </summary>
    public const double PoorSum = 1.5;

    private static readonly Element Oxygen = Element.Of("O");

    // Strength of bonds to other cations that an oxygen atom bound to one element alone may have, valence units.
    private const double NegligibleStrength = 0.1;

    /// <summary>
    /// Valence sum of the oxygen atom that has the least, valence units. NaN where that says nothing: there is no oxide ion, or another
    /// atom could hold hydrogen, or a radius is not known.
    /// </summary>
    /// <param name="structure">The structure.</param>
    /// <param name="states">State of each site.</param>
    /// <param name="boundTo">Only oxygen atoms bound to cations of this element alone count; infinite when there are none.</param>
    public static double LeastSum(CrystalStructure structure, IReadOnlyList<double?> states, Element? boundTo = null)
    {
        IEnumerable<int> sites = Enumerable.Range(0, states.Count);
        int[] oxides = [.. sites.Where(site => structure.Sites[site].Element == Oxygen && states[site] == -2)];
        if (oxides.Length == 0 || !sites.All(site => ShowsMissingHydrogen(structure.Sites[site].Element, states[site])))
            return double.NaN;
        NeighborList neighbors = IonicRadii.NeighborsOf(structure, oxides);
        double least = double.PositiveInfinity;
        for (int row = 0; row < oxides.Length; row++)
        {
            (double sum, double others) = (0, 0);
            for (int entry = neighbors.Offsets[row]; entry < neighbors.Offsets[row + 1]; entry++)
            {
                int site = structure.SiteOfAtom[neighbors.Atoms[entry]];
                if (states[site] is not > 0)
                    continue;
                var cation = new Species(structure.Sites[site].Element, (sbyte)states[site]!.Value);
                double strength = structure.Sites[site].Occupancy
                    * IonicRadii.BondStrength(cation, new Species(Oxygen, -2), neighbors.Distances[entry]);
                sum += strength;
                others += boundTo is { } element && element != cation.Element ? strength : 0;
            }

            least = others > NegligibleStrength ? least : Math.Min(least, sum);
        }

        return least;
    }

    // Cations and halogens hold none, oxide ions show it; hydrogen on nitrogen, sulfur or peroxide does not show by oxide ions.
    private static bool ShowsMissingHydrogen(Element element, double? state) => state > 0 || state == (element == Oxygen ? -2 : -1);
}
