namespace CrystalHpc.Core.Crystals;

/// <summary>
/// The unit cell: lengths in Å, angles in degrees, and the matrices between fractional and Cartesian coordinates.
/// Frame: a along x, b in the xy plane, c with positive z (International Tables B, 3.3.1, convention of the PDB).
/// </summary>
public sealed class UnitCell
{
    /// <summary>Builds a cell from edge lengths (Å) and angles (degrees).</summary>
    /// <exception cref="ArgumentException">The values do not span a cell of positive volume; use <see cref="IsValid"/> first on input
    /// data.</exception>
    public UnitCell(double a, double b, double c, double alpha, double beta, double gamma)
    {
        if (!IsValid(a, b, c, alpha, beta, gamma))
            throw new ArgumentException($"no cell: {a} {b} {c} {alpha} {beta} {gamma}");
        (A, B, C, Alpha, Beta, Gamma) = (a, b, c, alpha, beta, gamma);
        double cosAlpha = Cosine(alpha), cosBeta = Cosine(beta), cosGamma = Cosine(gamma);
        double sinGamma = Math.Sqrt(1 - cosGamma * cosGamma);
        double cy = (cosAlpha - cosBeta * cosGamma) / sinGamma;
        double cz = Math.Sqrt(1 - cosBeta * cosBeta - cy * cy);
        AxisA = new Cartesian(a, 0, 0);
        AxisB = new Cartesian(b * cosGamma, b * sinGamma, 0);
        AxisC = new Cartesian(c * cosBeta, c * cy, c * cz);
        Volume = AxisA.X * AxisB.Y * AxisC.Z;
    }

    /// <summary>Edge length a, Å.</summary>
    public double A { get; }

    /// <summary>Edge length b, Å.</summary>
    public double B { get; }

    /// <summary>Edge length c, Å.</summary>
    public double C { get; }

    /// <summary>Angle between b and c, degrees.</summary>
    public double Alpha { get; }

    /// <summary>Angle between a and c, degrees.</summary>
    public double Beta { get; }

    /// <summary>Angle between a and b, degrees.</summary>
    public double Gamma { get; }

    /// <summary>Cell vector a, Å.</summary>
    public Cartesian AxisA { get; }

    /// <summary>Cell vector b, Å.</summary>
    public Cartesian AxisB { get; }

    /// <summary>Cell vector c, Å.</summary>
    public Cartesian AxisC { get; }

    /// <summary>Volume, Å³.</summary>
    public double Volume { get; }

    /// <summary>
    /// True when the six numbers are finite, positive, and span a cell whose volume is not degenerate (over 1e-3 of a·b·c and of 1 Å³).
    /// </summary>
    public static bool IsValid(double a, double b, double c, double alpha, double beta, double gamma)
    {
        if (!(a > 0 && b > 0 && c > 0 && double.IsFinite(a * b * c)))
            return false;
        if (!(alpha > 0 && alpha < 180 && beta > 0 && beta < 180 && gamma > 0 && gamma < 180))
            return false;
        double ca = Cosine(alpha), cb = Cosine(beta), cg = Cosine(gamma);
        double normalizedSquared = 1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg;
        return normalizedSquared > 1e-6 && Math.Sqrt(normalizedSquared) * a * b * c > 1e-3;
    }

    /// <summary>Fractional to Cartesian (Å).</summary>
    public Cartesian ToCartesian(Fractional f) => new(
        f.X * AxisA.X + f.Y * AxisB.X + f.Z * AxisC.X,
        f.Y * AxisB.Y + f.Z * AxisC.Y,
        f.Z * AxisC.Z);

    /// <summary>Cartesian (Å) to fractional.</summary>
    public Fractional ToFractional(Cartesian p)
    {
        double z = p.Z / AxisC.Z;
        double y = (p.Y - z * AxisC.Y) / AxisB.Y;
        double x = (p.X - y * AxisB.X - z * AxisC.X) / AxisA.X;
        return new Fractional(x, y, z);
    }

    /// <summary>The lattice vector of a cell image, Å.</summary>
    public Cartesian Translation(CellImage image) => image.A * AxisA + image.B * AxisB + image.C * AxisC;

    // The three angles met most are exact, so that orthogonal and hexagonal cells have exact zeros and halves.
    private static double Cosine(double degrees) => degrees switch
    {
        90 => 0,
        60 => 0.5,
        120 => -0.5,
        _ => Math.Cos(degrees * (Math.PI / 180)),
    };
}
