namespace CrystalHpc.Core.Matching;

/// <summary>How far two structures may differ and be the same. The defaults are those published with pymatgen's StructureMatcher.</summary>
/// <param name="Length">Lengths of cell vectors may differ by this share of the shorter one.</param>
/// <param name="Site">
/// The largest displacement of an atom, in units of the cube root of the volume for each atom: (V/N)^(1/3).
/// </param>
/// <param name="AngleDegrees">Angles between cell vectors may differ by this, degrees.</param>
/// <param name="ScalesVolume">True: both structures are brought to the same volume for each atom first.</param>
public sealed record MatchTolerance(double Length, double Site, double AngleDegrees, bool ScalesVolume)
{
    /// <summary>0.2, 0.3, 5 degrees, volumes scaled.</summary>
    public static MatchTolerance Default { get; } = new(0.2, 0.3, 5, ScalesVolume: true);
}
