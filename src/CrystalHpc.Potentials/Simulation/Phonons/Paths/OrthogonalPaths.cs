namespace CrystalHpc.Potentials.Simulation.Phonons.Paths;

/// <summary>
/// Paths through Brillouin zones of rectangular, hexagonal and rhombohedral lattices (W. Setyawan and S. Curtarolo,
/// Comput. Mater. Sci. 49 (2010) 299, doi 10.1016/j.commatsci.2010.05.010), in fractions of the
/// reciprocal vectors of their primitive cells; a, b, c and alpha are those of their conventional cells.
/// </summary>
internal static class OrthogonalPaths
{
    /// <summary>CUB.</summary>
    public static LatticePath Cubic() => new(
        "CUB", "Γ X M Γ R X | M R",
        ("Γ", 0, 0, 0), ("X", 0, 0.5, 0), ("M", 0.5, 0.5, 0), ("R", 0.5, 0.5, 0.5));

    /// <summary>FCC.</summary>
    public static LatticePath CubicF() => new(
        "FCC", "Γ X W K Γ L U W L K | U X",
        ("Γ", 0, 0, 0), ("X", 0.5, 0, 0.5), ("W", 0.5, 0.25, 0.75), ("K", 3.0 / 8, 3.0 / 8, 0.75), ("L", 0.5, 0.5, 0.5),
        ("U", 5.0 / 8, 0.25, 5.0 / 8));

    /// <summary>BCC.</summary>
    public static LatticePath CubicI() => new(
        "BCC", "Γ H N Γ P H | P N",
        ("Γ", 0, 0, 0), ("H", 0.5, -0.5, 0.5), ("N", 0, 0, 0.5), ("P", 0.25, 0.25, 0.25));

    /// <summary>TET.</summary>
    public static LatticePath Tetragonal() => new(
        "TET", "Γ X M Γ Z R A Z | X R | M A",
        ("Γ", 0, 0, 0), ("X", 0, 0.5, 0), ("M", 0.5, 0.5, 0), ("Z", 0, 0, 0.5), ("R", 0, 0.5, 0.5), ("A", 0.5, 0.5, 0.5));

    /// <summary>BCT1.</summary>
    public static LatticePath TetragonalI1(double c, double a)
    {
        double eta = (1 + Square(c) / Square(a)) / 4;
        return new LatticePath(
            "BCT1", "Γ X M Γ Z P N Z1 M | X P",
            ("Γ", 0, 0, 0), ("X", 0, 0, 0.5), ("M", -0.5, 0.5, 0.5), ("Z", eta, eta, -eta), ("P", 0.25, 0.25, 0.25), ("N", 0, 0.5, 0),
            ("Z1", -eta, 1 - eta, eta));
    }

    /// <summary>BCT2.</summary>
    public static LatticePath TetragonalI2(double c, double a)
    {
        double eta = (1 + Square(a) / Square(c)) / 4;
        double zeta = Square(a) / (2 * Square(c));
        return new LatticePath(
            "BCT2", "Γ X Y Σ Γ Z Σ1 N P Y1 Z | X P",
            ("Γ", 0, 0, 0), ("X", 0, 0, 0.5), ("Y", -zeta, zeta, 0.5), ("Σ", -eta, eta, eta), ("Z", 0.5, 0.5, -0.5),
            ("Σ1", eta, 1 - eta, -eta), ("N", 0, 0.5, 0), ("P", 0.25, 0.25, 0.25), ("Y1", 0.5, 0.5, -zeta));
    }

    /// <summary>ORC.</summary>
    public static LatticePath Orthorhombic() => new(
        "ORC", "Γ X S Y Γ Z U R T Z | Y T | U X | S R",
        ("Γ", 0, 0, 0), ("X", 0.5, 0, 0), ("S", 0.5, 0.5, 0), ("Y", 0, 0.5, 0), ("Z", 0, 0, 0.5), ("U", 0.5, 0, 0.5),
        ("R", 0.5, 0.5, 0.5), ("T", 0, 0.5, 0.5));

    /// <summary>ORCF1.</summary>
    public static LatticePath OrthorhombicF1(double a, double b, double c)
    {
        double zeta = (1 + Square(a) / Square(b) - Square(a) / Square(c)) / 4;
        double eta = (1 + Square(a) / Square(b) + Square(a) / Square(c)) / 4;
        return new LatticePath(
            "ORCF1", "Γ Y T Z Γ X A1 Y | T X1 | X A Z | L Γ",
            ("Γ", 0, 0, 0), ("Y", 0.5, 0, 0.5), ("T", 1, 0.5, 0.5), ("Z", 0.5, 0.5, 0), ("X", 0, eta, eta),
            ("A1", 0.5, 0.5 - zeta, 1 - zeta), ("X1", 1, 1 - eta, 1 - eta), ("A", 0.5, 0.5 + zeta, zeta), ("L", 0.5, 0.5, 0.5));
    }

    /// <summary>ORCF2.</summary>
    public static LatticePath OrthorhombicF2(double a, double b, double c)
    {
        double phi = (1 + Square(c) / Square(b) - Square(c) / Square(a)) / 4;
        double eta = (1 + Square(a) / Square(b) - Square(a) / Square(c)) / 4;
        double delta = (1 + Square(b) / Square(a) - Square(b) / Square(c)) / 4;
        return new LatticePath(
            "ORCF2", "Γ Y C D X Γ Z D1 H C | C1 Z | X H1 | H Y | L Γ",
            ("Γ", 0, 0, 0), ("Y", 0.5, 0, 0.5), ("C", 0.5, 0.5 - eta, 1 - eta), ("D", 0.5 - delta, 0.5, 1 - delta), ("X", 0, 0.5, 0.5),
            ("Z", 0.5, 0.5, 0), ("D1", 0.5 + delta, 0.5, delta), ("H", 1 - phi, 0.5 - phi, 0.5), ("C1", 0.5, 0.5 + eta, eta),
            ("H1", phi, 0.5 + phi, 0.5), ("L", 0.5, 0.5, 0.5));
    }

    /// <summary>ORCI.</summary>
    public static LatticePath OrthorhombicI(double a, double b, double c)
    {
        double zeta = (1 + Square(a) / Square(c)) / 4;
        double eta = (1 + Square(b) / Square(c)) / 4;
        double delta = (Square(b) - Square(a)) / (4 * Square(c));
        double mu = (Square(a) + Square(b)) / (4 * Square(c));
        return new LatticePath(
            "ORCI", "Γ X L T W R X1 Z Γ Y S W | L1 Y | Y1 Z",
            ("Γ", 0, 0, 0), ("X", -zeta, zeta, zeta), ("L", -mu, mu, 0.5 - delta), ("T", 0, 0, 0.5), ("W", 0.25, 0.25, 0.25),
            ("R", 0, 0.5, 0), ("X1", zeta, 1 - zeta, -zeta), ("Z", 0.5, 0.5, -0.5), ("Y", eta, -eta, eta), ("S", 0.5, 0, 0),
            ("L1", mu, -mu, 0.5 + delta), ("Y1", 1 - eta, eta, -eta));
    }

    /// <summary>ORCC.</summary>
    public static LatticePath OrthorhombicC(double a, double b, double c)
    {
        double zeta = (1 + Square(a) / Square(b)) / 4;
        return new LatticePath(
            "ORCC", "Γ X S R A Z Γ Y X1 A1 T Y | Z T",
            ("Γ", 0, 0, 0), ("X", zeta, zeta, 0), ("S", 0, 0.5, 0), ("R", 0, 0.5, 0.5), ("A", zeta, zeta, 0.5), ("Z", 0, 0, 0.5),
            ("Y", -0.5, 0.5, 0), ("X1", -zeta, 1 - zeta, 0), ("A1", -zeta, 1 - zeta, 0.5), ("T", -0.5, 0.5, 0.5));
    }

    /// <summary>HEX.</summary>
    public static LatticePath Hexagonal() => new(
        "HEX", "Γ M K Γ A L H A | L M | K H",
        ("Γ", 0, 0, 0), ("M", 0.5, 0, 0), ("K", 1.0 / 3, 1.0 / 3, 0), ("A", 0, 0, 0.5), ("L", 0.5, 0, 0.5), ("H", 1.0 / 3, 1.0 / 3, 0.5));

    /// <summary>RHL1.</summary>
    public static LatticePath Rhombohedral1(double alpha)
    {
        double eta = (1 + 4 * Math.Cos(alpha)) / (2 + 4 * Math.Cos(alpha));
        double nu = 0.75 - eta / 2;
        return new LatticePath(
            "RHL1", "Γ L B1 | B Z Γ X | Q F P1 Z | L P",
            ("Γ", 0, 0, 0), ("L", 0.5, 0, 0), ("B1", 0.5, 1 - eta, eta - 1), ("B", eta, 0.5, 1 - eta), ("Z", 0.5, 0.5, 0.5),
            ("X", nu, 0, -nu), ("Q", 1 - nu, nu, 0), ("F", 0.5, 0.5, 0), ("P1", 1 - nu, 1 - nu, 1 - eta), ("P", eta, nu, nu));
    }

    /// <summary>RHL2.</summary>
    public static LatticePath Rhombohedral2(double alpha)
    {
        double eta = 1 / (2 * Square(Math.Tan(alpha / 2)));
        double nu = 0.75 - eta / 2;
        return new LatticePath(
            "RHL2", "Γ P Z Q Γ F P1 Q1 L Z",
            ("Γ", 0, 0, 0), ("P", 1 - nu, -nu, 1 - nu), ("Z", 0.5, -0.5, 0.5), ("Q", eta, eta, eta), ("F", 0.5, -0.5, 0),
            ("P1", nu, nu - 1, nu - 1), ("Q1", 1 - eta, -eta, -eta), ("L", 0.5, 0, 0));
    }

    private static double Square(double x) => x * x;
}
