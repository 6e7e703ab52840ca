namespace CrystalHpc.Core.Formulas;

/// <summary>One character of a formula, or one piece of HTML or LaTeX that stands for one, with its value in ASCII.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Letter, digit, sign or bracket as ASCII; for an opening bracket the one that closes it.</param>
/// <param name="Length">Characters of the text that it takes.</param>
internal readonly record struct Glyph(GlyphKind Kind, char Value, int Length = 1);
