namespace CrystalHpc.Core.Cif;

/// <summary>A loop: consecutive tags and, row after row, their values.</summary>
/// <param name="FirstTag">Index of its first tag.</param>
/// <param name="Width">Number of tags.</param>
/// <param name="FirstValue">Index of its first token.</param>
/// <param name="Tokens">Number of tokens; less than the number of values as long as some stand for stretches of words.</param>
/// <param name="Rows">Number of rows.</param>
internal readonly record struct CifLoop(int FirstTag, int Width, int FirstValue, int Tokens, int Rows);
