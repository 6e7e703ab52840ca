using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>
/// What stands where in a cell, without amounts: elements that share a place are one kind, such as <c>Al+Mg</c>, so that structures whose
/// refined occupancies differ can be the same.
/// </summary>
/// <param name="Cell">The cell.</param>
/// <param name="Places">Each place of the cell: symbols of its elements, by alphabet, joined by a plus sign; and its position.</param>
public sealed record OccupiedPlaces(UnitCell Cell, IReadOnlyList<OccupiedPlace> Places)
{
    // Atoms nearer than this share a place; alternatives that are farther apart are places of their own.
    private const double SharedPlaceAngstrom = 0.1;
    private const double FullOccupancy = 0.999;

    /// <summary>The places of a structure.</summary>
    public static OccupiedPlaces Of(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        Metric metric = Basis.Of(structure.Cell).Metric;
        var whole = new List<OccupiedPlace>();
        var shared = new List<(Fractional Position, SortedSet<string> Elements)>();
        for (int atom = 0; atom < structure.AtomCount; atom++)
        {
            AtomSite site = structure.SiteAt(atom);
            Fractional position = structure.Positions[atom];
            if (site.Occupancy >= FullOccupancy)
            {
                whole.Add(new OccupiedPlace(site.Element.Symbol, position));
                continue;
            }

            int at = shared.FindIndex(place => IsShared(metric, (place.Position - position).Nearest()));
            if (at < 0)
                shared.Add((position, new SortedSet<string>(StringComparer.Ordinal) { site.Element.Symbol }));
            else
                shared[at].Elements.Add(site.Element.Symbol);
        }

        return new OccupiedPlaces(structure.Cell, [.. whole, .. shared.Select(place
            => new OccupiedPlace(string.Join('+', place.Elements), place.Position))]);
    }

    private static bool IsShared(Metric metric, Fractional apart) =>
        metric.LengthSquared(apart.X, apart.Y, apart.Z) < SharedPlaceAngstrom * SharedPlaceAngstrom;
}

/// <summary>A place of a cell.</summary>
/// <param name="Content">Symbols of its elements.</param>
/// <param name="Position">Where it is, in fractions of the cell edges.</param>
public readonly record struct OccupiedPlace(string Content, Fractional Position);
