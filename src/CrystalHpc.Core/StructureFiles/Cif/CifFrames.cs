using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Structures of CIF files as frames: all atoms of one cell, in the frame of <see cref="UnitCell"/>.</summary>
public static class CifFrames
{
    /// <summary>A structure as a frame.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="name">Becomes the property <c>structure_id</c>.</param>
    /// <remarks>
    /// Arrays: <c>site</c> (index of the symmetry-distinct site), <c>occupancy</c> when a site is partly occupied, and <c>oxidation</c>
    /// when every site has a state. Atoms that share a place (mixed or split sites) are all listed; their occupancies tell.
    /// </remarks>
    public static AtomFrame Of(CrystalStructure structure, string name)
    {
        ArgumentNullException.ThrowIfNull(structure);
        int count = structure.AtomCount;
        var species = new Element[count];
        double[] positions = new double[3 * count], occupancy = new double[count], oxidation = new double[count];
        long[] site = new long[count];
        for (int atom = 0; atom < count; atom++)
        {
            AtomSite of = structure.SiteAt(atom);
            Cartesian position = structure.Cell.ToCartesian(structure.Positions[atom]);
            (positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]) = (position.X, position.Y, position.Z);
            (species[atom], site[atom], occupancy[atom], oxidation[atom]) = (
                of.Element, structure.SiteOfAtom[atom], of.Occupancy, of.Charge ?? 0);
        }

        List<FrameArray> arrays = [new FrameArray<long>("site", 1, site)];
        if (occupancy.Any(value => value != 1))
            arrays.Add(new FrameArray<double>("occupancy", 1, occupancy));
        if (structure.Sites.All(of => of.Charge is not null))
            arrays.Add(new FrameArray<double>("oxidation", 1, oxidation));
        List<FrameProperty> properties = [new("structure_id", name)];
        if (structure.Metadata.SpaceGroup is { Length: > 0 } group)
            properties.Add(new FrameProperty("space_group", group));
        return new AtomFrame
        {
            Species = species, PositionsAngstrom = positions, Cell = Basis.Of(structure.Cell), Periodicity = Periodicity.Crystal,
                Arrays = arrays,
            Properties = properties,
        };
    }

    /// <summary>The structures of a file, a frame for each data block with atoms.</summary>
    internal static IEnumerable<FrameReading> Read(ReadOnlyMemory<byte> file)
    {
        var findings = new List<Finding>();
        IReadOnlyList<CifBlock> blocks = CifDocument.Parse(file, findings).Blocks;
        foreach (CifBlock block in blocks.Any(StructureReader.HasAtomSites) ? blocks.Where(StructureReader.HasAtomSites) : blocks.Take(1))
        {
            CrystalStructure? structure = StructureReader.Read(block, StructureReaderOptions.Default, findings);
            yield return new FrameReading(structure is null ? null : Of(structure, block.Name), 1, findings);
            findings = [];
        }

        if (blocks.Count == 0 && findings.Count > 0)
            yield return new FrameReading(null, 1, findings);
    }
}
