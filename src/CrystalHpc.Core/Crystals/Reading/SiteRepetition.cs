using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Atoms that a list without symmetry gives again: programs that draw crystals write the corners, edges and faces of the cell more than
/// once.
/// </summary>
internal static class SiteRepetition
{
    // Rounding of coordinates that were written twice, Å.
    private const double SamePlaceAngstrom = 0.01;

    private const double FullOccupancy = 0.999;

    /// <summary>
    /// The sites, of those that a lattice vector joins only the first; ordered full sites of one element and type alone are joined.
    /// </summary>
    public static IReadOnlyList<AtomSite> Merge(IReadOnlyList<AtomSite> sites, UnitCell cell, ICollection<Finding> findings)
    {
        var kept = new List<AtomSite>(sites.Count);
        var places = new Dictionary<(int, int, int), List<AtomSite>>();
        AtomSite? repeated = null;
        foreach (AtomSite site in sites)
        {
            if (IsKnown(places, site, cell))
            {
                repeated ??= site;
                continue;
            }

            kept.Add(site);
            (int, int, int) key = KeyOf(site.Position, 0, 0, 0);
            if (!places.TryGetValue(key, out List<AtomSite>? here))
                places.Add(key, here = []);
            here.Add(site);
        }

        if (repeated is not null)
            findings.Add(new Finding(CrystalFindings.SiteRepeated, repeated.Line, 0,
                $"{repeated.Label} and {sites.Count - kept.Count - 1} more"));
        return kept;
    }

    private static bool IsKnown(Dictionary<(int, int, int), List<AtomSite>> places, AtomSite site, UnitCell cell)
    {
        for (int neighbor = 0; neighbor < 27; neighbor++)
        {
            (int, int, int) key = KeyOf(site.Position, neighbor % 3 - 1, neighbor / 3 % 3 - 1, neighbor / 9 - 1);
            if (places.TryGetValue(key, out List<AtomSite>? here) && here.Exists(other => IsSame(other, site, cell)))
                return true;
        }

        return false;
    }

    // The same place by a lattice vector other than zero: two atoms written at one and the same place are something else, a mixed site.
    private static bool IsSame(AtomSite first, AtomSite second, UnitCell cell) =>
        first.Element == second.Element && first.TypeSymbol == second.TypeSymbol && first.DisorderGroup.Length == 0
            && second.DisorderGroup.Length == 0
        && first.Occupancy > FullOccupancy && second.Occupancy > FullOccupancy
        && SiteOrbit.DistanceSquared(cell, first.Position, second.Position) < SamePlaceAngstrom * SamePlaceAngstrom
        && Math.Max(Math.Abs(first.Position.X - second.Position.X),
            Math.Max(Math.Abs(first.Position.Y - second.Position.Y), Math.Abs(first.Position.Z - second.Position.Z))) > 0.5;

    // Places in steps of a fiftieth of an edge, the same for all cells.
    private static (int, int, int) KeyOf(Fractional position, int a, int b, int c)
    {
        const int Steps = 50;
        int Step(double x, int by) => (((int)Math.Floor((x - Math.Floor(x)) * Steps) + by) % Steps + Steps) % Steps;
        return (Step(position.X, a), Step(position.Y, b), Step(position.Z, c));
    }
}
