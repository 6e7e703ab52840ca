using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Properties.Data;

namespace CrystalHpc.Properties.Model;

/// <summary>Disordered crystals as one mean crystal: the elements of a place are its occupants.</summary>
internal static class DisorderedPlaces
{
    private const double FullOccupancy = 0.999, MostOccupancy = 1.05;

    // Atoms nearer than this share a place, A; alternatives that are farther apart are places of their own.
    private const double SharedPlaceAngstrom = 0.1;

    /// <summary>The first site that is disordered; null when none is.</summary>
    public static AtomSite? FirstOf(CrystalStructure structure) => structure.Sites.FirstOrDefault(IsDisordered);

    /// <summary>The structure with one atom at each place, and what stands at those that are shared or partly empty.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="problem">Why it has no mean; null when it has.</param>
    public static (CrystalStructure Mean, IReadOnlyList<SharedPlace> Shared) Average(CrystalStructure structure, out Finding? problem)
    {
        Metric metric = Basis.Of(structure.Cell).Metric;
        var sites = new List<AtomSite>();
        var occupants = new List<List<Occupant>?>();
        for (int atom = 0; atom < structure.AtomCount; atom++)
        {
            AtomSite site = structure.SiteAt(atom);
            Fractional position = structure.Positions[atom];
            if (site.Occupancy <= 0)
                continue;
            bool isWhole = site.Occupancy >= 1;
            int place = isWhole ? -1 : sites.FindIndex(other => IsShared(metric, (other.Position - position).Nearest()));
            if (place < 0 || occupants[place] is null)
            {
                place = sites.Count;
                sites.Add(new AtomSite { Label = site.Label, Element = site.Element, Position = position });
                occupants.Add(isWhole ? null : []);
            }

            occupants[place]?.Add(new Occupant((byte)(site.Element.AtomicNumber - 1), site.Occupancy));
        }

        problem = null;
        var shared = new List<SharedPlace>();
        for (int place = 0; place < sites.Count; place++)
        {
            if (occupants[place] is not { } own)
                continue;
            double total = own.Sum(occupant => occupant.Share);
            Occupant most = own.MaxBy(occupant => (occupant.Share, -occupant.Element));
            sites[place] = new AtomSite
            {
                Label = sites[place].Label, Element = new Element((byte)(most.Element + 1)), Position = sites[place].Position,
            };
            if (total > MostOccupancy)
                problem = new Finding(PropertyFindings.Disordered, FormattableString.Invariant(
                    $"the occupancies at the place of {sites[place].Label} add up to {total:0.###}"));
            shared.Add(new SharedPlace(place, [.. own.Select(
                occupant => occupant with { Share = occupant.Share / Math.Max(1, total) })]));
        }

        return (CrystalStructure.Expand(structure.Cell, [SymmetryOperation.Identity], sites), shared);
    }

    private static bool IsDisordered(AtomSite site) =>
        site.Occupancy < FullOccupancy || site.DisorderGroup is not ("" or "." or "?");

    private static bool IsShared(Metric metric, Fractional apart) =>
        metric.LengthSquared(apart.X, apart.Y, apart.Z) < SharedPlaceAngstrom * SharedPlaceAngstrom;
}
