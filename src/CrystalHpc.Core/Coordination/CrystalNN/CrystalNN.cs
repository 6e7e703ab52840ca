using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The CrystalNN definition of neighbors: facets of the Voronoi cell, weighted by solid angle, electronegativity and distance, from
/// which the likeliest coordination number follows (H. Pan et al., Inorg. Chem. 60 (2021) 1590, doi 10.1021/acs.inorgchem.0c02996;
/// reference program: pymatgen 2022.11.7). Unlike there, an atom without a usable neighbor has an empty shell instead of an error,
/// and neighbors that symmetry makes equal are never parted by rounding noise.
/// Keeps working space between calls: one instance a thread.
/// </summary>
/// <remarks>
/// Atoms that share one place (mixed sites) have the same cell; a neighboring shared place counts once, as its first atom.
/// </remarks>
public sealed class CrystalNN : ICoordinationDefinition
{
    private readonly CrystalNNOptions _options;
    private readonly VoronoiSearch _voronoi = new();
    private readonly FacetWeights _weights = new();
    private readonly SitePropertyCache _properties = new();
    private Neighbor[] _listed = [];
    private double[] _shares = [];

    /// <summary>Prepares a worker.</summary>
    /// <param name="options">Settings.</param>
    public CrystalNN(CrystalNNOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The neighbors of one atom.</summary>
    /// <param name="structure">The crystal; consecutive calls for the same one are fastest.</param>
    /// <param name="atom">Index of the atom in the cell.</param>
    /// <param name="findings">Receives what was noticed, when given.</param>
    /// <returns>
    /// The shell; each weight is the neighbor's own, relative to the largest one and rounded to three decimals, or its share of the
    /// likelihood when <see cref="CrystalNNOptions.WeightedCoordination"/> is set.
    /// </returns>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (!_voronoi.Compute(structure, atom, _options.SearchCutoffAngstrom))
        {
            findings?.Add(new Finding(CoordinationFindings.OpenCell, $"{structure.SiteAt(atom).Label}: no closed Voronoi cell"));
            return new CoordinationShell(atom, []);
        }

        return Choose(structure, atom, _voronoi.Neighbors, findings);
    }

    /// <summary>The neighbors of one center of a list that was searched already; the list is used as far as it reaches.</summary>
    /// <param name="structure">The crystal that the list belongs to.</param>
    /// <param name="neighbors">Neighbors, to at least some 4 Å to be of use.</param>
    /// <param name="row">Which center of the list.</param>
    /// <param name="findings">Receives what was noticed, when given.</param>
    public CoordinationShell Find(CrystalStructure structure, NeighborList neighbors, int row, ICollection<Finding>? findings = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(neighbors);
        int start = neighbors.Offsets[row], count = 0;
        int end = neighbors.Offsets[row + 1];
        if (_listed.Length < end - start)
            _listed = new Neighbor[2 * (end - start)];
        for (int i = start; i < end && neighbors.Distances[i] <= _options.SearchCutoffAngstrom; i++)
            _listed[count++] = new Neighbor(neighbors.Atoms[i], neighbors.Images[i], neighbors.Vectors[i], neighbors.Distances[i]);
        double reach = Math.Min(neighbors.CutoffAngstrom, _options.SearchCutoffAngstrom);
        return _voronoi.Compute(_listed.AsSpan(0, count), reach, _options.SearchCutoffAngstrom)
            ? Choose(structure, neighbors.Centers[row], _listed.AsSpan(0, count), findings)
            : Find(structure, neighbors.Centers[row], findings);
    }

    private CoordinationShell Choose(CrystalStructure structure, int atom, ReadOnlySpan<Neighbor> neighbors, ICollection<Finding>? findings)
    {
        SiteProperties[] sites = _properties.Of(structure);
        int site = structure.SiteOfAtom[atom];
        ReadOnlySpan<VoronoiFacet> facets = _voronoi.Cell.Facets;
        _weights.Compute(_options, sites, site, structure.SiteOfAtom, facets, neighbors);
        ReadOnlySpan<double> weights = _weights.Weights;
        int count = weights.Length;
        if (_options.WeightedCoordination)
        {
            if (_shares.Length < count)
                _shares = new double[2 * count];
            CoordinationLikelihood.Accumulate(weights, _shares);
            weights = _shares.AsSpan(0, count);
        }
        else
        {
            count = CoordinationLikelihood.LikeliestCount(weights);
        }

        if (findings is not null)
            Report(structure.Sites[site], sites[site], count, findings);
        return new CoordinationShell(atom, Bonds(neighbors, facets, weights, count));
    }

    private CoordinationBond[] Bonds(
        ReadOnlySpan<Neighbor> neighbors, ReadOnlySpan<VoronoiFacet> facets, ReadOnlySpan<double> weights, int count)
    {
        var bonds = new CoordinationBond[count];
        Span<int> entries = count <= 64 ? stackalloc int[count] : new int[count];
        for (int k = 0; k < count; k++)
        {
            int entry = facets[_weights.Facets[k]].Entry;
            // Entries are sorted by distance, atom and image already: insert in their order.
            int place = k;
            for (; place > 0 && entries[place - 1] > entry; place--)
                (entries[place], bonds[place]) = (entries[place - 1], bonds[place - 1]);
            Neighbor neighbor = neighbors[entry];
            entries[place] = entry;
            bonds[place] = new CoordinationBond(neighbor.Atom, neighbor.Image, neighbor.Vector, neighbor.Distance, weights[k]);
        }

        return bonds;
    }

    private static void Report(AtomSite site, in SiteProperties properties, int count, ICollection<Finding> findings)
    {
        if (site.Charge is not null && double.IsNaN(properties.IonicRadius))
        {
            findings.Add(new Finding(
                CoordinationFindings.NoIonicRadius,
                string.Create(CultureInfo.InvariantCulture, $"{site.Label}: no ionic radius of {site.Element} at {site.Charge}")));
        }

        if (count == 0)
            findings.Add(new Finding(CoordinationFindings.EmptyShell, $"{site.Label}: no neighbor accepted"));
    }
}
