using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// One crystal structure: cell, symmetry, the symmetry-distinct sites, and all atoms of one cell.
/// A <em>site</em> is a row of the asymmetric unit; an <em>atom</em> is one of its copies in the cell. Atoms are ordered by site,
/// then by the operation that made them first; atom positions lie in [0, 1). Immutable.
/// </summary>
public sealed class CrystalStructure
{
    private readonly Fractional[] _positions;
    private readonly int[] _siteOfAtom;
    private readonly int[] _firstAtom;
    private readonly Lazy<FormulaComparison> _formulaComparison;

    private CrystalStructure(
        UnitCell cell, IReadOnlyList<SymmetryOperation> operations, IReadOnlyList<AtomSite> sites, StructureMetadata metadata,
        Fractional[] positions, int[] siteOfAtom, int[] firstAtom, Lazy<FormulaComparison>? formulaComparison = null)
    {
        _formulaComparison = formulaComparison ?? new(() => FormulaComparison.Of(this));
        (Cell, Operations, Sites, Metadata) = (cell, operations, sites, metadata);
        (_positions, _siteOfAtom, _firstAtom) = (positions, siteOfAtom, firstAtom);
    }

    /// <summary>Unit cell.</summary>
    public UnitCell Cell { get; }

    /// <summary>
    /// All operations of the space group, centering included; the identity is among them unless symmetry was taken as written.
    /// </summary>
    public IReadOnlyList<SymmetryOperation> Operations { get; }

    /// <summary>Symmetry-distinct sites.</summary>
    public IReadOnlyList<AtomSite> Sites { get; }

    /// <summary>What the file says besides.</summary>
    public StructureMetadata Metadata { get; }

    /// <summary>The cell's content against the sum formula of the file.</summary>
    public FormulaComparison FormulaComparison => _formulaComparison.Value;

    /// <summary>Number of atoms in the cell.</summary>
    public int AtomCount => _positions.Length;

    /// <summary>Fractional positions of the atoms, length <see cref="AtomCount"/>, each in [0, 1).</summary>
    public ReadOnlySpan<Fractional> Positions => _positions;

    /// <summary>Index of the site of each atom, length <see cref="AtomCount"/>.</summary>
    public ReadOnlySpan<int> SiteOfAtom => _siteOfAtom;

    /// <summary>The site of an atom.</summary>
    public AtomSite SiteAt(int atom) => Sites[_siteOfAtom[atom]];

    /// <summary>Index of the first atom of a site: the one to compute when one copy is enough.</summary>
    public int FirstAtom(int site) => _firstAtom[site];

    /// <summary>Atoms of a site in the cell.</summary>
    public int Multiplicity(int site) => _firstAtom[site + 1] - _firstAtom[site];

    /// <summary>
    /// Expands sites with the operations; copies that fall on one another within the tolerance become one atom at their mean.
    /// </summary>
    /// <param name="cell">Unit cell.</param>
    /// <param name="operations">Operations of the space group.</param>
    /// <param name="sites">Symmetry-distinct sites.</param>
    /// <param name="metadata">What the file says besides; empty when omitted.</param>
    /// <param name="mergeToleranceAngstrom">
    /// Copies of one site closer than this are the same atom, Å. It grows to what the digits of a coarse position leave open, at most 0.1
    /// Å.
    /// </param>
    public static CrystalStructure Expand(
        UnitCell cell,
        IReadOnlyList<SymmetryOperation> operations,
        IReadOnlyList<AtomSite> sites,
        StructureMetadata? metadata = null,
        double mergeToleranceAngstrom = 0.01)
    {
        var positions = new List<Fractional>(sites.Count * operations.Count);
        var siteOfAtom = new List<int>(sites.Count * operations.Count);
        var firstAtom = new int[sites.Count + 1];
        for (int site = 0; site < sites.Count; site++)
        {
            SiteOrbit.Append(cell, operations, sites[site].Position, MergeTolerance(sites[site], cell, mergeToleranceAngstrom), positions);
            while (siteOfAtom.Count < positions.Count)
                siteOfAtom.Add(site);
            firstAtom[site + 1] = positions.Count;
        }

        return new CrystalStructure(cell, operations, sites, metadata ?? new StructureMetadata(), [.. positions], [.. siteOfAtom],
            firstAtom);
    }

    // Rounding moves a copy by up to a few half units of the last digit along each edge.
    private static double MergeTolerance(AtomSite site, UnitCell cell, double least)
    {
        const double LargestAngstrom = 0.1;
        double rounding = 2 * site.PositionResolution * Math.Max(cell.A, Math.Max(cell.B, cell.C));
        return Math.Max(least, Math.Min(rounding, LargestAngstrom));
    }

    /// <summary>The same structure with other oxidation states, one for each site.</summary>
    /// <param name="charges">Oxidation states in units of e, in the order of <see cref="Sites"/>; null where unknown.</param>
    /// <exception cref="ArgumentException">The number of charges is not the number of sites.</exception>
    public CrystalStructure WithCharges(IReadOnlyList<double?> charges)
    {
        if (charges.Count != Sites.Count)
            throw new ArgumentException($"{charges.Count} charges for {Sites.Count} sites", nameof(charges));
        var charged = new AtomSite[Sites.Count];
        for (int site = 0; site < charged.Length; site++)
            charged[site] = Sites[site] with { Charge = charges[site] };
        return new CrystalStructure(Cell, Operations, charged, Metadata, _positions, _siteOfAtom, _firstAtom, _formulaComparison);
    }
}
