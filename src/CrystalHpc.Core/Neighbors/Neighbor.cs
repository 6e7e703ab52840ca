using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>One neighbor while it is being collected and sorted; <see cref="NeighborList"/> keeps the same values by column.</summary>
internal readonly record struct Neighbor(int Atom, CellImage Image, Cartesian Vector, double Distance);
