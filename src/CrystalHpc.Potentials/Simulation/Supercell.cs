using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation;

/// <summary>
/// A crystal with its cell repeated along the three axes: all images of the first atom, then all of the second; those along a follow
/// one another (phonopy's order).
/// </summary>
internal sealed class Supercell
{
    // Vectors that differ by less, A, are the same.
    private const double WholeAngstrom = 0.1;

    private Supercell(AtomFrame cell, int[] counts, AtomFrame frame) => (Cell, Counts, Frame) = (cell, counts, frame);

    /// <summary>The cell.</summary>
    public AtomFrame Cell { get; }

    /// <summary>How often it is repeated along a, b and c.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>All atoms.</summary>
    public AtomFrame Frame { get; }

    /// <summary>Number of cells.</summary>
    public int CellCount => Counts[0] * Counts[1] * Counts[2];

    /// <summary>How often a cell is repeated so that no edge is shorter than a length.</summary>
    public static int[] CountsFor(Basis cell, double lengthAngstrom) =>
        [.. new[] { cell.A, cell.B, cell.C }.Select(axis => Math.Max(1, (int)Math.Ceiling(lengthAngstrom / axis.Length - 1e-9)))];

    /// <summary>The fewest cells that have the symmetry of one together, and no edge shorter than a length.</summary>
    public static int[] SymmetricCountsFor(Basis cell, FrameSymmetry symmetry, double lengthAngstrom)
    {
        int[] least = CountsFor(cell, lengthAngstrom);
        int most = least.Max();

        // The same number along all axes keeps any symmetry.
        return (from a in Enumerable.Range(least[0], most - least[0] + 1)
                from b in Enumerable.Range(least[1], most - least[1] + 1)
                from c in Enumerable.Range(least[2], most - least[2] + 1)
                orderby a * b * c
                select (int[])[a, b, c]).First(counts => Keeps(cell, counts, symmetry));
    }

    /// <summary>Repeats a crystal.</summary>
    public static Supercell Of(AtomFrame cell, int[] counts)
    {
        Basis basis = cell.Cell!.Value;
        int cells = counts[0] * counts[1] * counts[2];
        var positions = new double[3 * cells * cell.AtomCount];
        for (int atom = 0; atom < cell.AtomCount; atom++)
        {
            for (int k = 0; k < cells; k++)
            {
                Cartesian place = cell.PositionOf(atom) + basis.ToCartesian(ImageOf(k, counts));
                int i = 3 * (atom * cells + k);
                (positions[i], positions[i + 1], positions[i + 2]) = (place.X, place.Y, place.Z);
            }
        }

        return new Supercell(cell, counts, new AtomFrame
        {
            Species = [.. cell.Species.SelectMany(element => Enumerable.Repeat(element, cells))], PositionsAngstrom = positions,
            Cell = new Basis(counts[0] * basis.A, counts[1] * basis.B, counts[2] * basis.C), Periodicity = Periodicity.Crystal,
        });
    }

    /// <summary>True when the supercell has a symmetry of its cell.</summary>
    public bool Has(FrameSymmetry symmetry) => Keeps(Cell.Cell!.Value, Counts, symmetry);

    /// <summary>The translation to the k-th cell.</summary>
    public CellImage ImageOf(int k) => ImageOf(k, Counts);

    /// <summary>The cell that a translation leads to.</summary>
    public int CellOf(CellImage image)
    {
        static int Wrap(int value, int count) => ((value % count) + count) % count;
        return Wrap(image.A, Counts[0]) + Counts[0] * (Wrap(image.B, Counts[1]) + Counts[1] * Wrap(image.C, Counts[2]));
    }

    private static bool Keeps(Basis cell, IReadOnlyList<int> counts, FrameSymmetry symmetry)
    {
        var large = new Basis(counts[0] * cell.A, counts[1] * cell.B, counts[2] * cell.C);
        Basis reciprocal = large.Reciprocal;
        Cartesian[] axes = [large.A, large.B, large.C];
        return symmetry.Operations.All(operation => axes.All(axis =>
            large.ToCartesian(reciprocal.Project(operation.Apply(axis)).Nearest()).Length < WholeAngstrom));
    }

    private static CellImage ImageOf(int k, IReadOnlyList<int> counts) =>
        new(k % counts[0], k / counts[0] % counts[1], k / counts[0] / counts[1]);
}
