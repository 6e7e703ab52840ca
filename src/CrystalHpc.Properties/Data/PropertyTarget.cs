using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Properties.Data;

/// <summary>A quantity that is predicted.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="IsLogarithm">The network learns the decimal logarithm of what tables hold.</param>
/// <param name="Least">What tables hold is no less.</param>
/// <param name="Most">What tables hold is no more.</param>
public sealed record PropertyTarget(string Name, string Title, bool IsLogarithm, double Least, double Most)
{
    private static readonly double Ln10 = PortableMath.Log(10);

    /// <summary>All targets.</summary>
    public static IReadOnlyList<PropertyTarget> All { get; } =
    [
        new("formation_energy", "Formation energy", false, -50, 50),
        new("energy", "Total energy", false, -100, 100),
        new("gap", "Band gap", false, 0, 30),
        new("hull_energy", "Energy above the hull", false, 0, 20),
        new("log10_K", "Bulk modulus", true, 1e-3, 5000),
        new("log10_G", "Shear modulus", true, 1e-3, 5000),
        new("poisson", "Poisson ratio", false, -1, 0.5),
        new("n", "Refractive index", false, 1, 1000),
        new("log10_eps", "Dielectric constant", true, 1, 1e5),
        new("phonon_peak", "Highest phonon peak", false, 0, 10_000),
    ];

    /// <summary>The target of this name; null when there is none.</summary>
    public static PropertyTarget? Find(string name) =>
        All.FirstOrDefault(target => target.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the network learns of a number in a table.</summary>
    public double Learned(double value) => IsLogarithm ? PortableMath.Log(value) / Ln10 : value;

    /// <summary>The number in the unit of tables: the other way.</summary>
    public double Plain(double learned) => IsLogarithm ? PortableMath.Exp(learned * Ln10) : learned;

    /// <summary>A prediction within what is possible, such as a gap that is not negative.</summary>
    public double Clamp(double learned) => Math.Clamp(learned, Learned(Least), Learned(Most));
}
