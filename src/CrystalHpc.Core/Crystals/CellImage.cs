namespace CrystalHpc.Core.Crystals;

/// <summary>A lattice translation: <c>A·a + B·b + C·c</c> moves an atom of the home cell to this image of the cell.</summary>
public readonly record struct CellImage(int A, int B, int C);
