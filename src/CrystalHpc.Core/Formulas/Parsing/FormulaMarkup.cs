namespace CrystalHpc.Core.Formulas;

/// <summary>The pieces of HTML and LaTeX that formulas are set with.</summary>
internal static class FormulaMarkup
{
    // Where one is the beginning of another, the longer stands first.
    private static readonly (string Text, GlyphKind Kind)[] Pieces =
    [
        ("<sub>", GlyphKind.SubscriptStart), ("</sub>", GlyphKind.SubscriptEnd),
        ("<sup>", GlyphKind.SuperscriptStart), ("</sup>", GlyphKind.SuperscriptEnd),
        ("&middot;", GlyphKind.Separator), ("&sdot;", GlyphKind.Separator), ("&bull;", GlyphKind.Separator),
        ("&#183;", GlyphKind.Separator),
        ("&nbsp;", GlyphKind.Space), ("&#160;", GlyphKind.Space),
        (@"\textsubscript", GlyphKind.Underscore), (@"\textsuperscript", GlyphKind.Caret),
        (@"\mathrm", GlyphKind.Invisible), (@"\textrm", GlyphKind.Invisible), (@"\text", GlyphKind.Invisible),
        (@"\rm", GlyphKind.Invisible),
        (@"\ce", GlyphKind.Invisible), (@"\left", GlyphKind.Invisible), (@"\right", GlyphKind.Invisible), (@"\!", GlyphKind.Invisible),
        (@"\cdot", GlyphKind.Separator), (@"\bullet", GlyphKind.Separator), (@"\times", GlyphKind.Separator),
        (@"\ast", GlyphKind.Separator),
        (@"\,", GlyphKind.Space), (@"\;", GlyphKind.Space), (@"\:", GlyphKind.Space), (@"\ ", GlyphKind.Space),
        (@"\delta", GlyphKind.Variable), (@"\epsilon", GlyphKind.Variable), (@"\gamma", GlyphKind.Variable), (@"\beta", GlyphKind.Variable),
        (@"\alpha", GlyphKind.Variable),
    ];

    /// <summary>
    /// The piece that a text begins with: <see cref="GlyphKind.Markup"/> for other tags and commands, an inequality for a lone &lt;.
    /// </summary>
    public static Glyph Read(ReadOnlySpan<char> text)
    {
        foreach ((string piece, GlyphKind kind) in Pieces)
        {
            if (text.StartsWith(piece, StringComparison.OrdinalIgnoreCase) && EndsThere(text, piece))
                return new Glyph(kind, kind == GlyphKind.Separator ? '*' : '\0', piece.Length);
        }

        bool isTag = text.Length > 1 && (char.IsAsciiLetter(text[1]) || text[1] is '/' or '!');
        return text[0] == '<' && !isTag ? new Glyph(GlyphKind.Inequality, '<') : new Glyph(GlyphKind.Markup, text[0]);
    }

    // \rm is no beginning of \rmdefault.
    private static bool EndsThere(ReadOnlySpan<char> text, string piece) =>
        !char.IsAsciiLetter(piece[^1]) || text.Length == piece.Length || !char.IsAsciiLetterLower(text[piece.Length]);
}
