using System.Globalization;

namespace CrystalHpc.Core.Formulas;

/// <content>What is said of glyphs that no formula goes on with.</content>
internal ref partial struct FormulaParser
{
    private static readonly string[] States = ["s", "l", "g", "aq", "cr", "am", "sol", "liq", "gas", "solid"];

    private bool RefuseLower()
    {
        int start = _at, end = start;
        while (GlyphReader.At(_text, end) is { Kind: GlyphKind.Lower } glyph)
            end += glyph.Length;
        ReadOnlySpan<char> word = _text[start..end];
        Glyph next = GlyphReader.At(_text, end);
        if (_depth > 0 && IsPartEmpty && next.Kind == GlyphKind.Close && States.AsSpan().Contains(word.ToString()))
            return Refuse(FormulaFindings.Label, start, $"'{word}' is the label of a state");
        if (word.Length == 1 && SymbolTable.IsVariable(word[0]) && next.Kind is not GlyphKind.Other)
            return Refuse(FormulaFindings.Variable, start, $"'{word}' is a variable, neither an amount nor a separator");
        return _terms.Count > 0 && !(word.Length <= 2 && _previous == Previous.Symbol)
            ? Refuse(FormulaFindings.Text, start, $"unexpected text '{Quote(start, _text.Length)}'")
            : Refuse(FormulaFindings.LetterCase, start, $"a symbol begins with a capital, not with '{word[0]}'");
    }

    private bool RefuseGlyph(Glyph glyph) => glyph.Kind switch
    {
        GlyphKind.Variable => RefuseVariable(_at),
        GlyphKind.Comma => Refuse(FormulaFindings.SharedSite, _at, "elements listed with commas have no amounts"),
        GlyphKind.Slash => Refuse(FormulaFindings.Mixture, _at, "two substances, or elements that share a site"),
        GlyphKind.At => Refuse(FormulaFindings.Mixture, _at, "two substances, one in the other"),
        GlyphKind.Colon => Refuse(FormulaFindings.Dopant, _at, "what stands beside the colon is a dopant or another substance"),
        GlyphKind.Percent => Refuse(FormulaFindings.Percent, _at, "a percentage"),
        GlyphKind.Inequality => Refuse(FormulaFindings.Range, _at, $"'{_text[_at]}' makes the amount a bound or an estimate"),
        GlyphKind.Underscore or GlyphKind.SubscriptStart => Refuse(FormulaFindings.Markup, _at, "a subscript without a symbol"),
        GlyphKind.Markup or GlyphKind.SubscriptEnd or GlyphKind.SuperscriptEnd =>
            Refuse(FormulaFindings.Markup, _at, $"unexpected markup '{Quote(_at, _text.Length)}'"),
        _ => Refuse(FormulaFindings.Character, _at, $"{Describe(_text[_at])} is no character of formulas"),
    };

    private static string Describe(char c) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(char.IsLetterOrDigit(c) || c is > ' ' and < '\u007f' ? $"'{c}' " : "")}(U+{(int)c:X4})");

    // Cages of carbon have 20 atoms and more: Dy3N@C80.
    private readonly bool IsCage(int at)
    {
        int digits = at + 1;
        int length = PassDigits(digits, GlyphKind.Digit) + PassDigits(digits, GlyphKind.SubscriptDigit) - 2 * digits;
        return GlyphReader.At(_text, at).Value == 'C' && length >= 2;
    }
}
