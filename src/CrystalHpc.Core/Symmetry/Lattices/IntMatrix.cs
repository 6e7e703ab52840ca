using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>A 3×3 matrix of integers, row major: a rotation part, or new basis vectors as columns.</summary>
public readonly record struct IntMatrix(int M11, int M12, int M13, int M21, int M22, int M23, int M31, int M32, int M33)
{
    /// <summary>The unit matrix.</summary>
    public static IntMatrix Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>Determinant.</summary>
    public int Determinant => M11 * (M22 * M33 - M23 * M32) - M12 * (M21 * M33 - M23 * M31) + M13 * (M21 * M32 - M22 * M31);

    /// <summary>Sum of the diagonal.</summary>
    public int Trace => M11 + M22 + M33;

    /// <summary>The inverse times the determinant.</summary>
    public IntMatrix Adjugate => new(
        M22 * M33 - M23 * M32, M13 * M32 - M12 * M33, M12 * M23 - M13 * M22,
        M23 * M31 - M21 * M33, M11 * M33 - M13 * M31, M13 * M21 - M11 * M23,
        M21 * M32 - M22 * M31, M12 * M31 - M11 * M32, M11 * M22 - M12 * M21);

    /// <summary>The matrix with these columns.</summary>
    public static IntMatrix FromColumns(CellImage a, CellImage b, CellImage c) => new(a.A, b.A, c.A, a.B, b.B, c.B, a.C, b.C, c.C);

    /// <summary>A column, 0 to 2.</summary>
    public CellImage Column(int index) => index switch
    {
        0 => new CellImage(M11, M21, M31),
        1 => new CellImage(M12, M22, M32),
        _ => new CellImage(M13, M23, M33),
    };

    /// <summary>A row, 0 to 2.</summary>
    public CellImage Row(int index) => index switch
    {
        0 => new CellImage(M11, M12, M13),
        1 => new CellImage(M21, M22, M23),
        _ => new CellImage(M31, M32, M33),
    };

    /// <summary>Sum of two matrices.</summary>
    public static IntMatrix operator +(IntMatrix p, IntMatrix q) => new(
        p.M11 + q.M11, p.M12 + q.M12, p.M13 + q.M13, p.M21 + q.M21, p.M22 + q.M22, p.M23 + q.M23, p.M31 + q.M31, p.M32 + q.M32,
        p.M33 + q.M33);

    /// <summary>Product of two matrices.</summary>
    public static IntMatrix operator *(IntMatrix p, IntMatrix q) => new(
        p.M11 * q.M11 + p.M12 * q.M21 + p.M13 * q.M31, p.M11 * q.M12 + p.M12 * q.M22 + p.M13 * q.M32,
        p.M11 * q.M13 + p.M12 * q.M23 + p.M13 * q.M33,
        p.M21 * q.M11 + p.M22 * q.M21 + p.M23 * q.M31, p.M21 * q.M12 + p.M22 * q.M22 + p.M23 * q.M32,
        p.M21 * q.M13 + p.M22 * q.M23 + p.M23 * q.M33,
        p.M31 * q.M11 + p.M32 * q.M21 + p.M33 * q.M31, p.M31 * q.M12 + p.M32 * q.M22 + p.M33 * q.M32,
        p.M31 * q.M13 + p.M32 * q.M23 + p.M33 * q.M33);

    /// <summary>The matrix applied to fractions.</summary>
    public static Fractional operator *(IntMatrix m, Fractional f) => new(
        m.M11 * f.X + m.M12 * f.Y + m.M13 * f.Z, m.M21 * f.X + m.M22 * f.Y + m.M23 * f.Z, m.M31 * f.X + m.M32 * f.Y + m.M33 * f.Z);

    /// <summary>The matrix applied to a lattice vector.</summary>
    public static CellImage operator *(IntMatrix m, CellImage v) => new(
        m.M11 * v.A + m.M12 * v.B + m.M13 * v.C, m.M21 * v.A + m.M22 * v.B + m.M23 * v.C, m.M31 * v.A + m.M32 * v.B + m.M33 * v.C);

    /// <summary>The matrix with all signs changed.</summary>
    public static IntMatrix operator -(IntMatrix m) => new(-m.M11, -m.M12, -m.M13, -m.M21, -m.M22, -m.M23, -m.M31, -m.M32, -m.M33);
}
