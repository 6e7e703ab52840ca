using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.BondValence.Commands;

/// <summary>The bonds of an anion as its equation has them: whether a bond exists is asked at its cation.</summary>
internal static class AnionShell
{
    // No definition reaches farther from a cation.
    private const double ReachAngstrom = 5;

    /// <summary>Bonds that the shells of cations make to an atom.</summary>
    public static CoordinationShell Find(CrystalStructure structure, ICoordinationDefinition definition, int anion)
    {
        NeighborList near = NeighborSearch.Find(structure, [anion], ReachAngstrom);
        var shells = new Dictionary<int, CoordinationShell>();
        var bonds = new List<CoordinationBond>();
        for (int i = 0; i < near.Atoms.Length; i++)
        {
            (int cation, CellImage image) = (near.Atoms[i], near.Images[i]);
            if (!(structure.SiteAt(cation).Charge > 0))
                continue;
            if (!shells.TryGetValue(cation, out CoordinationShell? shell))
                shells.Add(cation, shell = definition.Find(structure, cation));
            var back = new CellImage(-image.A, -image.B, -image.C);
            foreach (CoordinationBond bond in shell.Bonds.Where(bond => bond.Atom == anion && bond.Image == back))
                bonds.Add(new CoordinationBond(cation, image, near.Vectors[i], near.Distances[i], bond.Weight));
        }

        return new CoordinationShell(anion, bonds);
    }
}
