using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation;

/// <summary>
/// The symmetry of a crystal as operations on its atoms: rotations in Cartesian axes, and where each operation carries each atom.
/// </summary>
internal sealed class FrameSymmetry
{
    /// <summary>How far atoms of a relaxed crystal may be from where its symmetry has them, A.</summary>
    public const double RelaxedToleranceAngstrom = 0.02;

    private readonly List<AtomOperation> _operations = [];

    private FrameSymmetry(CrystalSymmetry symmetry) => Symmetry = symmetry;

    /// <summary>The space group and the conventional cell.</summary>
    public CrystalSymmetry Symmetry { get; }

    /// <summary>The operations, pure translations within the cell included.</summary>
    public IReadOnlyList<AtomOperation> Operations => _operations;

    /// <summary>Finds the symmetry of a crystal; null where it is none, or two atoms share a place.</summary>
    public static FrameSymmetry? Find(AtomFrame frame, double toleranceAngstrom)
    {
        if (frame.Cell is not { } basis || frame.Periodicity != Periodicity.Crystal)
            return null;
        Basis reciprocal = basis.Reciprocal;
        Fractional[] places = [.. Enumerable.Range(0, frame.AtomCount).Select(atom => reciprocal.Project(frame.PositionOf(atom)))];
        int[] kinds = [.. frame.Species.Select(element => (int)element.AtomicNumber)];
        if (new SymmetryFinder().Find(new AtomicCell(basis, places, kinds), new SymmetryTolerance(toleranceAngstrom)) is not { } found)
            return null;
        var result = new FrameSymmetry(found);
        CellChange back = found.ToStandard.Inverse();
        Fractional[] translations = [.. Translations(back)];
        foreach (SymmetryOperation operation in found.Group.Operations)
        {
            Fractional Carry(Fractional f) => back.Apply(operation.Apply(found.ToStandard.Apply(f)));
            Fractional zero = Carry(default);
            Fractional a = Carry(new Fractional(1, 0, 0)) - zero, b = Carry(new Fractional(0, 1, 0)) - zero,
                c = Carry(new Fractional(0, 0, 1)) - zero;

            // What does not carry the cell into itself is no symmetry of its periodic motions.
            if (!IsWhole(a) || !IsWhole(b) || !IsWhole(c))
                continue;
            Basis carried = new(basis.ToCartesian(a), basis.ToCartesian(b), basis.ToCartesian(c));
            foreach (Fractional translation in translations)
            {
                if (Match(places.Select(place => Carry(place) + translation), places, kinds, basis, 2 * toleranceAngstrom) is { } images)
                    result._operations.Add(new AtomOperation(Rotation(carried, reciprocal), images));
            }
        }

        return result;
    }

    /// <summary>Makes vectors on atoms as symmetric as the crystal.</summary>
    public void Symmetrize(Span<double> vectors)
    {
        var sum = new double[vectors.Length];
        foreach (AtomOperation operation in _operations)
        {
            for (int atom = 0; atom < operation.Images.Length; atom++)
            {
                Cartesian turned = operation.Apply(new Cartesian(vectors[3 * atom], vectors[3 * atom + 1], vectors[3 * atom + 2]));
                int image = 3 * operation.Images[atom];
                (sum[image], sum[image + 1], sum[image + 2]) = (sum[image] + turned.X, sum[image + 1] + turned.Y, sum[image + 2]
                    + turned.Z);
            }
        }

        for (int i = 0; i < sum.Length; i++)
            vectors[i] = sum[i] / _operations.Count;
    }

    /// <summary>Makes a symmetric matrix xx, yy, zz, yz, xz, xy as symmetric as the crystal.</summary>
    public void SymmetrizeTensor(Span<double> tensor)
    {
        var sum = new double[6];
        foreach (AtomOperation operation in _operations)
        {
            Cartesian x = new(tensor[0], tensor[5], tensor[4]), y = new(tensor[5], tensor[1], tensor[3]),
                z = new(tensor[4], tensor[3], tensor[2]);

            // R T R': R times the columns of T, then R times the rows of what comes out.
            (Cartesian u, Cartesian v, Cartesian w) = (operation.Apply(x), operation.Apply(y), operation.Apply(z));
            Cartesian p = operation.Apply(new(u.X, v.X, w.X)), q = operation.Apply(new(u.Y, v.Y, w.Y)),
                r = operation.Apply(new(u.Z, v.Z, w.Z));
            double[] turned = [p.X, q.Y, r.Z, q.Z, p.Z, p.Y];
            for (int i = 0; i < 6; i++)
                sum[i] += turned[i];
        }

        for (int i = 0; i < 6; i++)
            tensor[i] = sum[i] / _operations.Count;
    }

    // Lattice vectors of the conventional cell within the given one.
    private static List<Fractional> Translations(CellChange back)
    {
        const int Most = 8;
        Fractional Image(int a, int b, int c) => back.Apply(new Fractional(a, b, c)) - back.Apply(default);
        var found = new List<Fractional>();
        for (int a = -Most; a <= Most; a++)
        {
            for (int b = -Most; b <= Most; b++)
            {
                for (int c = -Most; c <= Most; c++)
                {
                    Fractional image = Image(a, b, c);
                    if (!found.Exists(known => IsWhole(known - image)))
                        found.Add(image);
                }
            }
        }

        return found;
    }

    private static bool IsWhole(Fractional f) =>
        Math.Abs(f.X - Math.Round(f.X)) < 1e-4 && Math.Abs(f.Y - Math.Round(f.Y)) < 1e-4 && Math.Abs(f.Z - Math.Round(f.Z)) < 1e-4;

    private static int[]? Match(IEnumerable<Fractional> moved, Fractional[] places, int[] kinds, Basis basis, double tolerance)
    {
        var images = new int[places.Length];
        foreach ((int atom, Fractional place) in moved.Index())
        {
            images[atom] = Array.FindIndex(places, other => basis.ToCartesian((other - place).Nearest()).LengthSquared < tolerance
                * tolerance);
            if (images[atom] < 0 || kinds[images[atom]] != kinds[atom])
                return null;
        }

        return images;
    }

    // The matrix that carries the cell's vectors to their images.
    private static Cartesian[] Rotation(Basis carried, Basis reciprocal)
    {
        Cartesian Column(Cartesian axis) => carried.ToCartesian(reciprocal.Project(axis));
        return [Column(new(1, 0, 0)), Column(new(0, 1, 0)), Column(new(0, 0, 1))];
    }

    /// <summary>An operation.</summary>
    /// <param name="Columns">Where it carries x, y and z.</param>
    /// <param name="Images">The atom that each atom is carried to.</param>
    public sealed record AtomOperation(Cartesian[] Columns, int[] Images)
    {
        /// <summary>Turns a vector.</summary>
        public Cartesian Apply(Cartesian v) => v.X * Columns[0] + v.Y * Columns[1] + v.Z * Columns[2];
    }
}
