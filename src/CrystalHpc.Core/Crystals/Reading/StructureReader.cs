using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>Turns a CIF data block into a crystal structure, or says why there is none.</summary>
public static class StructureReader
{
    // Distance below which two copies of a full site cannot both be atoms, Å: two thirds of the H-H bond.
    private const double ImpossibleDistanceAngstrom = 0.5;

    // Volume that every atom must have, Å³, split positions included: far below that in any crystal. It bounds all later work.
    private const double SmallestVolumePerAtom = 0.5;

    /// <summary>
    /// True when the block has an atom list with fractional coordinates: blocks without one say nothing about a structure.
    /// </summary>
    public static bool HasAtomSites(CifBlock block) => block.TryGetColumn(CifNames.FractionalX, out _);

    /// <summary>Reads a structure. Never throws for any block.</summary>
    /// <param name="block">The data block.</param>
    /// <param name="options">Limits.</param>
    /// <param name="findings">Receives what was noticed; at least one error when there is no structure.</param>
    /// <returns>
    /// The structure with all atoms of the cell; null when cell, symmetry or sites cannot be read. Site charges are the numbers of
    /// <c>_atom_type_oxidation_number</c> as the file has them; whether to believe them is decided elsewhere.
    /// </returns>
    public static CrystalStructure? Read(CifBlock block, StructureReaderOptions options, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(findings);
        if (!HasAtomSites(block))
        {
            findings.Add(block.TryGetColumn(CifNames.CartesianX, out _)
                ? new Finding(CrystalFindings.SiteCartesianOnly, "coordinates are Cartesian only")
                : new Finding(CrystalFindings.NoAtomSites, "no _atom_site_fract_x"));
            return null;
        }

        StructureMetadata metadata = MetadataReader.Read(block, findings);
        UnitCell? cell = CellReader.Read(block, findings);
        SiteTable? sites = SiteReader.Read(block, metadata, findings);
        IReadOnlyList<SymmetryOperation>? operations = SymmetryReader.Read(
            block, metadata, cell, sites?.Sites, options.SymmetryAsWritten, findings);
        if (cell is null || operations is null || sites is null)
            return null;
        if ((long)sites.Sites.Count * operations.Count > options.MaximumAtoms)
        {
            findings.Add(new Finding(
                CrystalFindings.TooManyAtoms,
                $"{sites.Sites.Count} sites times {operations.Count} operations, limit {options.MaximumAtoms}"));
            return null;
        }

        IReadOnlyList<AtomSite> distinct = operations.Count == 1 ? SiteRepetition.Merge(sites.Sites, cell, findings) : sites.Sites;
        CrystalStructure structure = CrystalStructure.Expand(
            cell, operations, distinct, metadata with { UnplacedSites = sites.Unplaced }, options.MergeToleranceAngstrom);
        if (cell.Volume < SmallestVolumePerAtom * structure.AtomCount)
        {
            findings.Add(new Finding(CrystalFindings.TooDense,
                FormattableString.Invariant($"{structure.AtomCount} atoms in {cell.Volume:0.###} Å³")));
            return null;
        }

        if (options.ResolveDisorder)
            structure = MajorGroups.Resolve(structure, options.MergeToleranceAngstrom, findings);
        ReportCloseCopies(structure, findings);
        ContentCheck.Report(structure, findings);
        return structure;
    }

    private static void ReportCloseCopies(CrystalStructure structure, ICollection<Finding> findings)
    {
        ReadOnlySpan<Fractional> positions = structure.Positions;
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            AtomSite atom = structure.Sites[site];
            if (atom.Occupancy < 0.999 || atom.DisorderGroup.Length > 0)
                continue;
            int first = structure.FirstAtom(site);
            double closest = double.PositiveInfinity;
            for (int copy = first + 1; copy < first + structure.Multiplicity(site); copy++)
                closest = Math.Min(closest, SiteOrbit.DistanceSquared(structure.Cell, positions[first], positions[copy]));
            if (closest < ImpossibleDistanceAngstrom * ImpossibleDistanceAngstrom)
            {
                findings.Add(new Finding(CrystalFindings.SiteNearSpecialPosition, atom.Line, 0,
                    FormattableString.Invariant($"copies of {atom.Label} lie {Math.Sqrt(closest):0.000} Å apart")));
            }
        }
    }
}
