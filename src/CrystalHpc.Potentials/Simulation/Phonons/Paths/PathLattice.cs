using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation.Phonons.Paths;

/// <summary>The lattice of a crystal as Setyawan and Curtarolo describe it: which of theirs it is, and their primitive vectors.</summary>
/// <param name="Path">Points and lines.</param>
/// <param name="Primitive">The primitive vectors to whose reciprocal ones they belong, in the axes of the crystal.</param>
internal sealed record PathLattice(LatticePath Path, Basis Primitive)
{
    /// <summary>The lattice of a crystal.</summary>
    /// <param name="symmetry">Its symmetry.</param>
    /// <param name="given">The cell that the symmetry was found in.</param>
    public static PathLattice Of(CrystalSymmetry symmetry, Basis given)
    {
        CellChange back = symmetry.ToStandard.Inverse();
        Cartesian Axis(double x, double y, double z) => given.ToCartesian(back.Apply(new Fractional(x, y, z)) - back.Apply(default));
        var standard = new Basis(Axis(1, 0, 0), Axis(0, 1, 0), Axis(0, 0, 1));
        char centering = symmetry.Group.HermannMauguin[0];
        return symmetry.Number switch
        {
            <= 2 => Triclinic(given),
            <= 15 => centering == 'P' ? Monoclinic(standard) : MonoclinicCentered(standard),
            <= 74 => Orthorhombic(standard, centering),
            <= 142 => Tetragonal(standard, centering),
            <= 194 => centering == 'R' ? Rhombohedral(standard) : new PathLattice(OrthogonalPaths.Hexagonal(), standard),
            _ => centering switch
            {
                'F' => new PathLattice(OrthogonalPaths.CubicF(), FaceCentered(standard)),
                'I' => new PathLattice(OrthogonalPaths.CubicI(), BodyCentered(standard)),
                _ => new PathLattice(OrthogonalPaths.Cubic(), standard),
            },
        };
    }

    private static PathLattice Tetragonal(Basis s, char centering)
    {
        (double a, double c) = (s.A.Length, s.C.Length);
        if (centering == 'P')
            return new PathLattice(OrthogonalPaths.Tetragonal(), s);
        return new PathLattice(c < a ? OrthogonalPaths.TetragonalI1(c, a) : OrthogonalPaths.TetragonalI2(c, a), BodyCentered(s));
    }

    private static PathLattice Orthorhombic(Basis s, char centering)
    {
        // The centered face is that of a and b.
        Cartesian[] axes = centering switch
        {
            'C' => [.. ByLength(s.A, s.B), s.C],
            'A' => [.. ByLength(s.B, s.C), s.A],
            _ => ByLength(s.A, s.B, s.C),
        };
        var o = new Basis(axes[0], axes[1], axes[2]);
        (double a, double b, double c) = (o.A.Length, o.B.Length, o.C.Length);
        return centering switch
        {
            'P' => new PathLattice(OrthogonalPaths.Orthorhombic(), o),
            'I' => new PathLattice(OrthogonalPaths.OrthorhombicI(a, b, c), BodyCentered(o)),
            'F' when 1 / (a * a) > 1 / (b * b) + 1 / (c * c) => new PathLattice(OrthogonalPaths.OrthorhombicF1(a, b, c), FaceCentered(o)),
            'F' => new PathLattice(OrthogonalPaths.OrthorhombicF2(a, b, c), FaceCentered(o)),
            _ => new PathLattice(OrthogonalPaths.OrthorhombicC(a, b, c), new Basis(0.5 * (o.A - o.B), 0.5 * (o.A + o.B), o.C)),
        };
    }

    private static PathLattice Rhombohedral(Basis s)
    {
        const double third = 1.0 / 3;
        var r = new Basis(third * (s.A + s.A + s.B + s.C), third * (s.B - s.A + s.C), third * (s.C - s.A - s.B - s.B));
        double alpha = Angle(r.A, r.B);
        return new PathLattice(alpha < Math.PI / 2 ? OrthogonalPaths.Rhombohedral1(alpha) : OrthogonalPaths.Rhombohedral2(alpha), r);
    }

    // Their unique axis is a, the others are the shortest of their plane with b < c and an acute angle.
    private static PathLattice Monoclinic(Basis s)
    {
        (Cartesian b, Cartesian c) = (s.A, s.C);
        while (true)
        {
            if (b.LengthSquared > c.LengthSquared)
                (b, c) = (c, b);
            double shift = Math.Round(Cartesian.Dot(b, c) / b.LengthSquared);
            if (shift == 0)
                break;
            c -= shift * b;
        }

        if (Cartesian.Dot(b, c) < 0)
            c = -1 * c;
        return new PathLattice(ObliquePaths.Monoclinic(b.Length, c.Length, Angle(b, c)), new Basis(s.B, b, c));
    }

    private static PathLattice MonoclinicCentered(Basis s)
    {
        Cartesian last = Cartesian.Dot(s.A, s.C) < 0 ? -1 * s.C : s.C;
        var primitive = new Basis(0.5 * (s.B + s.A), 0.5 * (s.A - s.B), last);
        (double a, double b, double c, double alpha) = (s.B.Length, s.A.Length, last.Length, Angle(s.A, last));
        Basis reciprocal = primitive.Reciprocal;
        if (Angle(reciprocal.A, reciprocal.B) >= Math.PI / 2)
            return new PathLattice(ObliquePaths.MonoclinicC1(a, b, c, alpha), primitive);
        double limit = b * Math.Cos(alpha) / c + b * b * Math.Pow(Math.Sin(alpha), 2) / (a * a);
        LatticePath path = limit <= 1 ? ObliquePaths.MonoclinicC3(a, b, c, alpha) : ObliquePaths.MonoclinicC5(a, b, c, alpha);
        return new PathLattice(path, primitive);
    }

    // The reciprocal cell is reduced: its angles are all acute or all obtuse, and gamma is nearest to 90 degrees.
    private static PathLattice Triclinic(Basis given)
    {
        Basis r = NiggliReduction.Reduce(given.Reciprocal);
        (Cartesian A, Cartesian B, Cartesian C)[] turns = [(r.A, r.B, r.C), (r.B, r.C, r.A), (r.C, r.A, r.B)];
        (Cartesian a, Cartesian b, Cartesian c) = turns.MinBy(turn => Math.Abs(Angle(turn.A, turn.B) - Math.PI / 2));
        bool isObtuse = Cartesian.Dot(b, c) <= 0 && Cartesian.Dot(a, c) <= 0;
        return new PathLattice(isObtuse ? ObliquePaths.TriclinicA() : ObliquePaths.TriclinicB(), new Basis(a, b, c).Reciprocal);
    }

    private static Basis BodyCentered(Basis s) => new(0.5 * (s.B + s.C - s.A), 0.5 * (s.A + s.C - s.B), 0.5 * (s.A + s.B - s.C));

    private static Basis FaceCentered(Basis s) => new(0.5 * (s.B + s.C), 0.5 * (s.A + s.C), 0.5 * (s.A + s.B));

    private static Cartesian[] ByLength(params Cartesian[] axes) => [.. axes.OrderBy(axis => axis.Length)];

    private static double Angle(Cartesian u, Cartesian v) => Math.Acos(Math.Clamp(Cartesian.Dot(u, v) / (u.Length * v.Length), -1, 1));
}
