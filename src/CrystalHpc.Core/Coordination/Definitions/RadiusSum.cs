using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The neighbors are the atoms within the sum of two radii and a tolerance, and, if so asked, only those whose Voronoi cells share a
/// facet with the center's (O. Isayev et al., Nat. Commun. 8 (2017) 15679, doi 10.1038/ncomms15679; IsayevNN and JmolNN of
/// pymatgen 2022.11.7). All weights are 1. If j is a neighbor of i, then i is one of j.
/// </summary>
public sealed class RadiusSum(RadiusSumOptions options) : ICoordinationDefinition
{
    private readonly CandidateSearch _search = new();
    private CrystalStructure? _structure;
    private double[] _radii = [];
    private double _largest;

    /// <inheritdoc/>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        Load(structure);
        double own = _radii[structure.SiteOfAtom[atom]] + options.ToleranceAngstrom;
        if (options.SharedFacet)
            _search.SharingFacet(structure, atom, options.OppositeChargesOnly);
        else
            _search.Within(own + _largest, structure, atom, options.OppositeChargesOnly);
        ReadOnlySpan<Neighbor> candidates = _search.Candidates;
        for (int i = 0; i < candidates.Length; i++)
        {
            // No comparison holds for an unknown radius, which is NaN.
            double limit = own + _radii[structure.SiteOfAtom[candidates[i].Atom]];
            bool isNeighbor = candidates[i].Distance <= limit + CoordinationTolerances.DistanceAngstrom
                && candidates[i].Distance > options.MinimumDistanceAngstrom;
            _search.Weights[i] = isNeighbor ? 1 : 0;
        }

        return _search.Shell(findings);
    }

    private void Load(CrystalStructure structure)
    {
        if (ReferenceEquals(structure, _structure))
            return;
        if (_radii.Length < structure.Sites.Count)
            _radii = new double[structure.Sites.Count];
        _largest = 0;
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            _radii[site] = RadiusOf(structure.Sites[site]);
            if (_radii[site] > _largest)
                _largest = _radii[site];
        }

        _structure = structure;
    }

    private double RadiusOf(AtomSite site) => options.Radii switch
    {
        RadiusTable.Covalent => CoordinationRadii.NeutralRadius(site.Element),
        RadiusTable.Ionic => SiteProperties.Of(site).Radius,
        RadiusTable.Jmol => CoordinationRadii.JmolRadius(site.Element),
        _ => throw new InvalidOperationException($"there are no radii {options.Radii}"),
    };
}

/// <summary>Which radii are added up.</summary>
public enum RadiusTable
{
    /// <summary>Covalent radii of Cordero and others (2008), whatever the charges.</summary>
    Covalent,

    /// <summary>Shannon's crystal radii for the oxidation states; covalent ones where a state is unknown.</summary>
    Ionic,

    /// <summary>The bonding radii of Jmol, a mix of both.</summary>
    Jmol,
}

/// <summary>Settings of <see cref="RadiusSum"/>.</summary>
/// <param name="Radii">Which radii are added up.</param>
/// <param name="ToleranceAngstrom">How much farther than the sum of the radii a neighbor may be, Å.</param>
/// <param name="SharedFacet">True: only atoms whose Voronoi cells share a facet with that of the center.</param>
/// <param name="MinimumDistanceAngstrom">Atoms no farther than this are no neighbors, Å.</param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero.
/// </param>
public sealed record RadiusSumOptions(
    RadiusTable Radii,
    [property: Range(-1.0, 3.0)] double ToleranceAngstrom,
    bool SharedFacet,
    [property: Range(0.0, 3.0)] double MinimumDistanceAngstrom,
    bool OppositeChargesOnly) : ICoordinationOptions
{
    /// <summary>Isayev and others: covalent radii and 0.25 Å, with a shared facet; any charges.</summary>
    public static RadiusSumOptions Default { get; } =
        new(RadiusTable.Covalent, ToleranceAngstrom: 0.25, SharedFacet: true, MinimumDistanceAngstrom: 0, OppositeChargesOnly: false);

    /// <summary>Bonds as Jmol draws them: its own radii and 0.45 Å, nothing nearer than 0.4 Å; any charges.</summary>
    public static RadiusSumOptions Jmol { get; } =
        new(RadiusTable.Jmol, ToleranceAngstrom: 0.45, SharedFacet: false, MinimumDistanceAngstrom: 0.4, OppositeChargesOnly: false);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new RadiusSum(this);
}
