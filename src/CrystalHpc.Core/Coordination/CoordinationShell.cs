using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Coordination;

/// <summary>One neighbor that a definition of coordination accepts.</summary>
/// <param name="Atom">Index of the neighbor atom in the cell.</param>
/// <param name="Image">Cell image of the neighbor.</param>
/// <param name="Vector">Vector from the center to the neighbor, Cartesian, Å.</param>
/// <param name="DistanceAngstrom">Its length, Å.</param>
/// <param name="Weight">Weight in the definition's own measure, positive; at most 1 in all but the effective coordination number.</param>
public readonly record struct CoordinationBond(int Atom, CellImage Image, Cartesian Vector, double DistanceAngstrom, double Weight);

/// <summary>The neighbors of one atom, sorted by distance, then by atom index and image.</summary>
/// <param name="Center">Index of the center atom in the cell.</param>
/// <param name="Bonds">Its neighbors.</param>
public sealed record CoordinationShell(int Center, IReadOnlyList<CoordinationBond> Bonds);
