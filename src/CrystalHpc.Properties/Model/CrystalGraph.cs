namespace CrystalHpc.Properties.Model;

/// <summary>
/// A crystal as a graph: its atoms, and for each its bonds, those of atom i from <c>FirstBond[i]</c> to <c>FirstBond[i + 1]</c>. Neighbors
/// that are images of one atom at one
/// distance are one bond with a multiplicity: nothing that sums over neighbors can tell them apart, and symmetric crystals have several
/// times fewer bonds than neighbors.
/// </summary>
/// <param name="Elements">Atomic number less one of each atom.</param>
/// <param name="FirstBond">Where the bonds of each atom begin; one more than atoms.</param>
/// <param name="Neighbor">Atom at the other end of each bond.</param>
/// <param name="Shell">Number of its distance in <paramref name="Distances"/>.</param>
/// <param name="Multiplicity">How many neighbors it stands for.</param>
/// <param name="Distances">Distances that occur, A, rising.</param>
public sealed record CrystalGraph(byte[] Elements, int[] FirstBond, int[] Neighbor, int[] Shell, int[] Multiplicity, double[] Distances)
{
    /// <summary>Number of atoms.</summary>
    public int Atoms => Elements.Length;

    /// <summary>Number of bonds.</summary>
    public int Bonds => Neighbor.Length;
}
