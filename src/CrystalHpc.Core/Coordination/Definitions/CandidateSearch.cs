using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The atoms around one atom that a definition of coordination chooses from by weighing them: nearest first, one for each place, not
/// those at the place of the center, only opposite charges if so asked. Reuses its working space: one instance a thread.
/// </summary>
internal sealed class CandidateSearch
{

    // Nearly every atom of a crystal has a neighbor within this, Å.
    private const double FirstRadius = 2.6;

    private const int LargestCount = 20_000;

    private readonly NeighborFinder _finder = new();
    private readonly SitePropertyCache _properties = new();
    private VoronoiSearch? _voronoi;
    private CrystalStructure _structure = null!;
    private SiteProperties[] _sites = [];
    private int _center;
    private FindingCode? _problem;
    private Neighbor[] _candidates = new Neighbor[64];
    private double[] _weights = new double[64];
    private int _count;

    /// <summary>Candidates of the last search, nearest first.</summary>
    public ReadOnlySpan<Neighbor> Candidates => _candidates.AsSpan(0, _count);

    /// <summary>A weight for each candidate, for the definition to write; one of zero leaves the candidate out.</summary>
    public Span<double> Weights => _weights.AsSpan(0, _count);

    /// <summary>Properties of the center.</summary>
    public ref readonly SiteProperties Center => ref _sites[_structure.SiteOfAtom[_center]];

    /// <summary>Properties of a candidate.</summary>
    public ref readonly SiteProperties PropertiesOf(int candidate) => ref _sites[_structure.SiteOfAtom[_candidates[candidate].Atom]];

    /// <summary>Searches within a distance, Å, inclusive to 1e-8 Å; there is nothing within NaN.</summary>
    public void Within(double radius, CrystalStructure structure, int atom, bool oppositeChargesOnly)
    {
        Begin(structure, atom);
        if (double.IsNaN(radius))
            return;
        _finder.Load(structure);
        if (_finder.Collect(atom, radius, LargestCount))
        {
            foreach (ref readonly Neighbor neighbor in _finder.Found)
                Add(neighbor, oppositeChargesOnly);
        }
        else
        {
            _problem = CoordinationFindings.TooCrowded;
        }
    }

    /// <summary>Searches the atoms whose Voronoi cells share a facet with that of the center.</summary>
    public void SharingFacet(CrystalStructure structure, int atom, bool oppositeChargesOnly)
    {
        Begin(structure, atom);
        _voronoi ??= new VoronoiSearch();
        if (_voronoi.Compute(structure, atom, double.PositiveInfinity))
        {
            foreach (ref readonly VoronoiFacet facet in _voronoi.Cell.Facets)
                Add(_voronoi.Neighbors[facet.Entry], oppositeChargesOnly);
        }
        else
        {
            _problem = CoordinationFindings.OpenCell;
        }
    }

    /// <summary>
    /// Distance of the nearest candidate, Å; NaN when there is none within the cutoff. The candidates themselves are lost.
    /// </summary>
    public double NearestDistance(double cutoff, CrystalStructure structure, int atom, bool oppositeChargesOnly)
    {
        for (double radius = Math.Min(FirstRadius, cutoff); ; radius = Math.Min(1.6 * radius, cutoff))
        {
            Within(radius, structure, atom, oppositeChargesOnly);
            if (_count > 0)
                return _candidates[0].Distance;
            if (radius >= cutoff || _problem is not null)
                return double.NaN;
        }
    }

    /// <summary>The candidates with positive weights.</summary>
    public CoordinationShell Shell(ICollection<Finding>? findings)
    {
        int accepted = 0;
        foreach (double weight in Weights)
            accepted += weight > 0 ? 1 : 0;
        var bonds = new CoordinationBond[accepted];
        for (int i = 0, k = 0; i < _count; i++)
        {
            ref readonly Neighbor neighbor = ref _candidates[i];
            if (_weights[i] > 0)
                bonds[k++] = new CoordinationBond(neighbor.Atom, neighbor.Image, neighbor.Vector, neighbor.Distance, _weights[i]);
        }

        if (accepted == 0)
            findings?.Add(new Finding(_problem ?? CoordinationFindings.EmptyShell,
                $"{_structure.SiteAt(_center).Label}: no neighbor accepted"));
        return new CoordinationShell(_center, bonds);
    }

    private void Begin(CrystalStructure structure, int atom)
    {
        ArgumentNullException.ThrowIfNull(structure);
        (_structure, _center, _sites) = (structure, atom, _properties.Of(structure));
        (_count, _problem) = (0, null);
    }

    private void Add(in Neighbor neighbor, bool oppositeChargesOnly)
    {
        if (neighbor.Distance <= NeighborTolerances.SamePlaceAngstrom || IsTaken(neighbor))
            return;
        if (oppositeChargesOnly && Center.IsLikeCharged(_sites[_structure.SiteOfAtom[neighbor.Atom]]))
            return;
        if (_count == _candidates.Length)
        {
            Array.Resize(ref _candidates, 2 * _count);
            Array.Resize(ref _weights, 2 * _count);
        }

        _candidates[_count++] = neighbor;
    }

    private bool IsTaken(in Neighbor neighbor)
    {
        for (int i = _count - 1; i >= 0 && neighbor.Distance - _candidates[i].Distance <= NeighborTolerances.SamePlaceAngstrom; i--)
        {
            if ((neighbor.Vector - _candidates[i].Vector).LengthSquared <= NeighborTolerances.SamePlaceAngstrom
                * NeighborTolerances.SamePlaceAngstrom)
                return true;
        }

        return false;
    }
}
