namespace CrystalHpc.Potentials.Simulation.Phonons.Paths;

/// <summary>
/// Paths through Brillouin zones of monoclinic and triclinic lattices (W. Setyawan and S. Curtarolo,
/// Comput. Mater. Sci. 49 (2010) 299, doi 10.1016/j.commatsci.2010.05.010), in fractions of the
/// reciprocal vectors of their primitive cells; a, b, c and alpha are those of their conventional cells.
/// </summary>
internal static class ObliquePaths
{
    /// <summary>MCL.</summary>
    public static LatticePath Monoclinic(double b, double c, double beta)
    {
        double eta = (1 - b * Math.Cos(beta) / c) / (2 * Square(Math.Sin(beta)));
        double nu = 0.5 - eta * c * Math.Cos(beta) / b;
        return new LatticePath(
            "MCL", "Γ Y H C E M1 A X H1 | M D Z | Y D",
            ("Γ", 0, 0, 0), ("Y", 0, 0, 0.5), ("H", 0, eta, 1 - nu), ("C", 0, 0.5, 0.5), ("E", 0.5, 0.5, 0.5), ("M1", 0.5, 1 - eta, nu),
            ("A", 0.5, 0.5, 0), ("X", 0, 0.5, 0), ("H1", 0, 1 - eta, nu), ("M", 0.5, eta, 1 - nu), ("D", 0.5, 0, 0.5), ("Z", 0.5, 0, 0));
    }

    /// <summary>MCLC1.</summary>
    public static LatticePath MonoclinicC1(double a, double b, double c, double alpha)
    {
        double zeta = (2 - b * Math.Cos(alpha) / c) / (4 * Square(Math.Sin(alpha)));
        double eta = 0.5 + 2 * zeta * c * Math.Cos(alpha) / b;
        double psi = 0.75 - Square(a) / (4 * Square(b) * Square(Math.Sin(alpha)));
        double phi = psi + (0.75 - psi) * b * Math.Cos(alpha) / c;
        return new LatticePath(
            "MCLC1", "Γ Y F L I | I1 Z F1 | Y X1 | X Γ N | M Γ",
            ("Γ", 0, 0, 0), ("Y", 0.5, 0.5, 0), ("F", 1 - zeta, 1 - zeta, 1 - eta), ("L", 0.5, 0.5, 0.5), ("I", phi, 1 - phi, 0.5),
            ("I1", 1 - phi, phi - 1, 0.5), ("Z", 0, 0, 0.5), ("F1", zeta, zeta, eta), ("X1", psi, 1 - psi, 0),
            ("X", 1 - psi, psi - 1, 0), ("N", 0.5, 0, 0), ("M", 0.5, 0, 0.5));
    }

    /// <summary>MCLC3.</summary>
    public static LatticePath MonoclinicC3(double a, double b, double c, double alpha)
    {
        double mu = (1 + Square(b) / Square(a)) / 4;
        double delta = b * c * Math.Cos(alpha) / (2 * Square(a));
        double zeta = mu - 0.25 + (1 - b * Math.Cos(alpha) / c) / (4 * Square(Math.Sin(alpha)));
        double eta = 0.5 + 2 * zeta * c * Math.Cos(alpha) / b;
        double phi = 1 + zeta - 2 * mu;
        double psi = eta - 2 * delta;
        return new LatticePath(
            "MCLC3", "Γ Y F H Z I F1 | H1 Y1 X Γ N | M Γ",
            ("Γ", 0, 0, 0), ("Y", mu, mu, delta), ("F", 1 - phi, 1 - phi, 1 - psi), ("H", zeta, zeta, eta), ("Z", 0, 0, 0.5),
            ("I", 0.5, -0.5, 0.5), ("F1", phi, phi - 1, psi), ("H1", 1 - zeta, -zeta, 1 - eta), ("Y1", 1 - mu, -mu, -delta),
            ("X", 0.5, -0.5, 0), ("N", 0.5, 0, 0), ("M", 0.5, 0, 0.5));
    }

    /// <summary>MCLC5.</summary>
    public static LatticePath MonoclinicC5(double a, double b, double c, double alpha)
    {
        double zeta = (Square(b) / Square(a) + (1 - b * Math.Cos(alpha) / c) / Square(Math.Sin(alpha))) / 4;
        double eta = 0.5 + 2 * zeta * c * Math.Cos(alpha) / b;
        double mu = eta / 2 + Square(b) / (4 * Square(a)) - b * c * Math.Cos(alpha) / (2 * Square(a));
        double nu = 2 * mu - zeta;
        double rho = 1 - zeta * Square(a) / Square(b);
        double omega = (4 * nu - 1 - Square(b) * Square(Math.Sin(alpha)) / Square(a)) * c / (2 * b * Math.Cos(alpha));
        double delta = zeta * c * Math.Cos(alpha) / b + omega / 2 - 0.25;
        return new LatticePath(
            "MCLC5", "Γ Y F L I | I1 Z H F1 | H1 Y1 X Γ N | M Γ",
            ("Γ", 0, 0, 0), ("Y", mu, mu, delta), ("F", nu, nu, omega), ("L", 0.5, 0.5, 0.5), ("I", rho, 1 - rho, 0.5),
            ("I1", 1 - rho, rho - 1, 0.5), ("Z", 0, 0, 0.5), ("H", zeta, zeta, eta), ("F1", 1 - nu, 1 - nu, 1 - omega),
            ("H1", 1 - zeta, -zeta, 1 - eta), ("Y1", 1 - mu, -mu, -delta), ("X", 0.5, -0.5, 0), ("N", 0.5, 0, 0), ("M", 0.5, 0, 0.5));
    }

    /// <summary>TRI1a.</summary>
    public static LatticePath TriclinicA() => new(
        "TRI1a", "X Γ Y | L Γ Z | N Γ M | R Γ",
        ("X", 0.5, 0, 0), ("Γ", 0, 0, 0), ("Y", 0, 0.5, 0), ("L", 0.5, 0.5, 0), ("Z", 0, 0, 0.5), ("N", 0.5, 0, 0.5), ("M", 0, 0.5, 0.5),
        ("R", 0.5, 0.5, 0.5));

    /// <summary>TRI1b.</summary>
    public static LatticePath TriclinicB() => new(
        "TRI1b", "X Γ Y | L Γ Z | N Γ M | R Γ",
        ("X", 0, -0.5, 0), ("Γ", 0, 0, 0), ("Y", 0.5, 0, 0), ("L", 0.5, -0.5, 0), ("Z", -0.5, 0, 0.5), ("N", -0.5, -0.5, 0.5),
        ("M", 0, 0, 0.5), ("R", 0, -0.5, 0.5));

    private static double Square(double x) => x * x;
}
