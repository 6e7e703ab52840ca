namespace CrystalHpc.Core.Cif;

/// <summary>A loop: consecutive tags and, row after row, their values.</summary>
/// <param name="FirstTag">Index of its first tag.</param>
/// <param name="Width">Number of tags.</param>
/// <param name="FirstValue">Index of its first value.</param>
/// <param name="Rows">Number of rows.</param>
internal readonly record struct CifLoop(int FirstTag, int Width, int FirstValue, int Rows);
