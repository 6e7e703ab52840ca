namespace CrystalHpc.Core.Matching;

/// <summary>How two structures fit on one another.</summary>
/// <param name="IsSame">True when an alignment brings every atom within the tolerance.</param>
/// <param name="RmsDisplacement">Root of the mean squared displacement in the best alignment, in units of (V/N)^(1/3).</param>
/// <param name="MaxDisplacement">Largest displacement in that alignment, in the same units.</param>
public readonly record struct StructureMatch(bool IsSame, double RmsDisplacement, double MaxDisplacement);
