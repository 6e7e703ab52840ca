using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.Symmetry;

/// <summary>Structures made of the operations of a setting, and the ways in which the same structure can be given.</summary>
internal static class MadeCrystal
{
    /// <summary>
    /// Two general positions of two kinds, and one atom of a third kind on each point given, in a cell that fits the setting.
    /// </summary>
    public static AtomicCell Of(SpaceGroup setting, Random random, params Fractional[] points)
    {
        Basis basis = FittingBasis(setting, random);
        var positions = new List<Fractional>();
        var kinds = new List<int>();
        AddOrbit(setting, GeneralPoint(setting, basis, random), 1, positions, kinds);
        AddOrbit(setting, GeneralPoint(setting, basis, random), 2, positions, kinds);
        foreach (Fractional point in points)
            AddOrbit(setting, point, 3, positions, kinds);
        return new AtomicCell(basis, [.. positions], [.. kinds]);
    }

    /// <summary>
    /// A basis whose metric the rotations of the setting keep: the mean over them of a random one, about 9 Å in each direction.
    /// </summary>
    public static Basis FittingBasis(SpaceGroup setting, Random random)
    {
        double Edge() => 8 + 2 * random.NextDouble();
        double Lean() => 3 * (random.NextDouble() - 0.5);
        Metric metric = new Basis(new(Edge(), Lean(), Lean()), new(Lean(), Edge(), Lean()), new(Lean(), Lean(), Edge())).Metric;
        IntMatrix[] rotations = [.. setting.Operations.Select(w => new IntMatrix(
            w.W11, w.W12, w.W13, w.W21, w.W22, w.W23, w.W31, w.W32, w.W33))];
        Metric mean = rotations.Aggregate(default(Metric), (sum, rotation) => sum + metric.Transformed(rotation));
        return Basis.Of(1.0 / rotations.Length * mean);
    }

    /// <summary>The same structure with other cell vectors, from another origin, turned in space, its atoms in another order.</summary>
    public static AtomicCell Disguised(AtomicCell cell, Random random)
    {
        var change = IntMatrix.Identity;
        for (int i = 0; i < 4; i++)
            change *= Shear(random.Next(3), random.Next(1, 3), random.Next(2) == 0 ? 1 : -1);
        if (random.Next(2) == 0)
            change = -change;
        int determinant = change.Determinant;
        IntMatrix adjugate = change.Adjugate;
        Fractional origin = RandomPoint(random);
        int[] order = [.. Enumerable.Range(0, cell.Count)];
        random.Shuffle(order);
        Fractional[] positions = [.. order.Select(atom =>
        {
            Fractional f = adjugate * (cell.Positions[atom] - origin);
            return new Fractional(determinant * f.X, determinant * f.Y, determinant * f.Z);
        })];
        return new AtomicCell(Turned(cell.Basis.Transformed(change), random), positions, [.. order.Select(atom => cell.Kinds[atom])]);
    }

    /// <summary>Each atom moved by a vector of this length in a random direction.</summary>
    public static AtomicCell Shaken(AtomicCell cell, double angstrom, Random random)
    {
        Basis reciprocal = cell.Basis.Reciprocal;
        var positions = new Fractional[cell.Count];
        for (int atom = 0; atom < positions.Length; atom++)
        {
            Cartesian direction;
            do
                direction = new Cartesian(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            while (direction.Length is < 0.05 or > 0.5);
            positions[atom] = cell.Positions[atom] + reciprocal.Project(angstrom / direction.Length * direction);
        }

        return new AtomicCell(cell.Basis, positions, cell.Kinds);
    }

    /// <summary>A point without special coordinates.</summary>
    public static Fractional RandomPoint(Random random) => new(random.NextDouble(), random.NextDouble(), random.NextDouble());

    // Far enough from all elements of symmetry that its images are atoms of their own at any tolerance tried.
    private static Fractional GeneralPoint(SpaceGroup setting, Basis basis, Random random)
    {
        const double LeastAngstrom = 0.2;
        while (true)
        {
            Fractional point = RandomPoint(random);
            if (setting.Operations.Skip(1).All(operation => basis.ToCartesian((operation.Apply(point) - point)
                .Nearest()).Length > LeastAngstrom))
                return point;
        }
    }

    private static void AddOrbit(SpaceGroup setting, Fractional point, int kind, List<Fractional> positions, List<int> kinds)
    {
        int first = positions.Count;
        foreach (SymmetryOperation operation in setting.Operations)
        {
            Fractional image = operation.Apply(point);
            bool known = false;
            for (int i = first; i < positions.Count && !known; i++)
            {
                Fractional off = (positions[i] - image).Nearest();
                known = Math.Abs(off.X) + Math.Abs(off.Y) + Math.Abs(off.Z) < 1e-6;
            }

            if (known)
                continue;
            positions.Add(image);
            kinds.Add(kind);
        }
    }

    // One axis plus or minus another.
    private static IntMatrix Shear(int axis, int step, int sign)
    {
        Span<int> e = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        e[3 * axis + (axis + step) % 3] = sign;
        return new IntMatrix(e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
    }

    private static Basis Turned(Basis basis, Random random)
    {
        double angle = 2 * Math.PI * random.NextDouble(), tilt = Math.PI * random.NextDouble();
        Cartesian Turn(Cartesian v)
        {
            var about = new Cartesian(Math.Cos(angle) * v.X - Math.Sin(angle) * v.Y, Math.Sin(angle) * v.X + Math.Cos(angle) * v.Y, v.Z);
            return new Cartesian(about.X, Math.Cos(tilt) * about.Y - Math.Sin(tilt) * about.Z,
                Math.Sin(tilt) * about.Y + Math.Cos(tilt) * about.Z);
        }

        return new Basis(Turn(basis.A), Turn(basis.B), Turn(basis.C));
    }
}
