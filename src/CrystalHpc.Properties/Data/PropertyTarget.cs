using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Properties.Data;

/// <summary>A quantity that is predicted.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="IsLogarithm">The network learns the decimal logarithm of what tables hold.</param>
/// <param name="Least">What tables hold is no less.</param>
/// <param name="Most">What tables hold is no more.</param>
/// <param name="YesAtMost">A question instead of a number, answered by a probability: yes where what tables hold is no
/// more than this.</param>
public sealed record PropertyTarget(string Name, string Title, bool IsLogarithm, double Least, double Most, double? YesAtMost = null)
{
    /// <summary>Name of the gap.</summary>
    public const string Gap = "gap";

    /// <summary>Name of the question whether the gap is 0.</summary>
    public const string Metal = "metal";

    private static readonly double Ln10 = PortableMath.Log(10);

    /// <summary>All targets.</summary>
    public static IReadOnlyList<PropertyTarget> All { get; } =
    [
        new("formation_energy", "Formation energy", false, -50, 50),
        new("energy", "Total energy", false, -100, 100),
        new(Gap, "Band gap", false, 0, 30),
        new(Metal, "Metal", false, 0, 30, YesAtMost: 0),
        new("measured_gap", "Measured band gap", false, 0, 30),
        new("hull_energy", "Energy above the hull", false, 0, 20),
        new("stable", "On the hull", false, 0, 20, YesAtMost: 0.001),
        new("log10_K", "Bulk modulus", true, 1e-3, 5000),
        new("log10_G", "Shear modulus", true, 1e-3, 5000),
        new("poisson", "Poisson ratio", false, -1, 0.5),
        new("n", "Refractive index", false, 1, 1000) { IsOfInsulators = true },
        new("log10_eps", "Dielectric constant", true, 1, 1e5) { IsOfInsulators = true },
        new("phonon_peak", "Highest phonon peak", false, 0, 10_000) { Decimals = 0 },
    ];

    /// <summary>Decimals that people are told.</summary>
    public int Decimals { get; init; } = 3;

    /// <summary>A metal has no such quantity.</summary>
    public bool IsOfInsulators { get; init; }

    /// <summary>The target of this name; null when there is none.</summary>
    public static PropertyTarget? Find(string name) =>
        All.FirstOrDefault(target => target.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the network learns of a number in a table.</summary>
    public double Learned(double value) =>
        YesAtMost is { } most ? (value <= most ? 1 : 0) : IsLogarithm ? PortableMath.Log(value) / Ln10 : value;

    /// <summary>A question, whose answer is the probability of yes.</summary>
    public bool IsQuestion => YesAtMost is not null;

    /// <summary>The number in the unit of tables: the other way.</summary>
    public double Plain(double learned) => IsLogarithm ? PortableMath.Exp(learned * Ln10) : learned;

    /// <summary>A prediction within what is possible, such as a gap that is not negative.</summary>
    public double Clamp(double learned) =>
        IsQuestion ? Math.Clamp(learned, 0, 1) : Math.Clamp(learned, Learned(Least), Learned(Most));
}
