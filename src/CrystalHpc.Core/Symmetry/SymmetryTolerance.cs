namespace CrystalHpc.Core.Symmetry;

/// <summary>How far a structure may be from a symmetry and still have it.</summary>
/// <param name="Angstrom">
/// Atoms may lie this far from where an operation puts them, and vectors of the lattice differ so much in length or, by their angles, at
/// their ends, Å. Above 0.
/// </param>
/// <param name="AngleDegrees">When given, angles of the lattice may differ by this instead, degrees.</param>
public readonly record struct SymmetryTolerance(double Angstrom, double? AngleDegrees = null)
{
    /// <summary>0.01 Å.</summary>
    public static SymmetryTolerance Default { get; } = new(0.01);

    /// <summary>The same with lengths and angles times a factor.</summary>
    internal SymmetryTolerance Times(double factor) => new(Angstrom * factor, AngleDegrees * factor);
}
