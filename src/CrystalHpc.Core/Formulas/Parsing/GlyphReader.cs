using System.Globalization;

namespace CrystalHpc.Core.Formulas;

/// <summary>Takes a text apart into glyphs.</summary>
internal static class GlyphReader
{
    private static readonly Glyph[] Ascii = MakeAscii();

    /// <summary>The glyph at a place of a text; <see cref="GlyphKind.End"/> beyond its end.</summary>
    public static Glyph At(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
            return new Glyph(GlyphKind.End, '\0', 0);
        char c = text[at];
        if (c >= 128)
            return OfUnicode(c);
        Glyph glyph = Ascii[c];
        return glyph.Kind == GlyphKind.Markup ? FormulaMarkup.Read(text[at..]) : glyph;
    }

    private static Glyph OfUnicode(char c)
    {
        switch (c)
        {
            case '\u00B7' or '\u22C5' or '\u2022' or '\u2219' or '\u2027' or '\u30FB' or '\uFF65' or '\u00D7' or '\u2217' or '\u22C6':
                return new Glyph(GlyphKind.Separator, '*');
            case '\u2212' or '\u2013' or '\u2010' or '\u2011' or '\uFE63':
                return new Glyph(GlyphKind.Sign, '-');
            case '\u207A' or '\u207B':
                return new Glyph(GlyphKind.SuperscriptSign, c == '\u207A' ? '+' : '-');
            case '\u2070' or (>= '\u2074' and <= '\u2079'):
                return new Glyph(GlyphKind.SuperscriptDigit, (char)('0' + c - '\u2070'));
            case '\u00B9':
                return new Glyph(GlyphKind.SuperscriptDigit, '1');
            case '\u00B2' or '\u00B3':
                return new Glyph(GlyphKind.SuperscriptDigit, (char)('2' + c - '\u00B2'));
            case >= '\u2080' and <= '\u2089':
                return new Glyph(GlyphKind.SubscriptDigit, (char)('0' + c - '\u2080'));
            case '\u207F' or (>= '\u208A' and <= '\u209C') or (>= '\u1D62' and <= '\u1D6A') or '\u2C7C' or (>= '\u03B1' and <= '\u03C9'):
                return new Glyph(GlyphKind.Variable, c);
            case (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFEFF' or '\u00AD':
                return new Glyph(GlyphKind.Invisible, c);
            case '\u2044' or '\u2215':
                return new Glyph(GlyphKind.Slash, '/');
            case (>= '\u00BC' and <= '\u00BE') or (>= '\u2150' and <= '\u215E'):
                return new Glyph(GlyphKind.Fraction, c);
            case '\u3010' or '\u3014':
                return new Glyph(GlyphKind.Open, c == '\u3010' ? '\u3011' : '\u3015');
            case '\u3011' or '\u3015':
                return new Glyph(GlyphKind.Close, c);
            case '\u2248' or '\u2264' or '\u2265' or '\u00B1' or '\u223C':
                return new Glyph(GlyphKind.Inequality, c);
            case >= '\uFF01' and <= '\uFF5E':
                Glyph full = Ascii[c - 0xFEE0];
                return full.Kind == GlyphKind.Markup ? new Glyph(GlyphKind.Other, c) : full;
        }

        if (char.IsWhiteSpace(c) && c is not ('\u0085' or '\u2028' or '\u2029'))
            return new Glyph(GlyphKind.Space, ' ');
        int digit = CharUnicodeInfo.GetDecimalDigitValue(c);
        return digit >= 0 ? new Glyph(GlyphKind.Digit, (char)('0' + digit)) : new Glyph(GlyphKind.Other, c);
    }

    private static Glyph[] MakeAscii()
    {
        var glyphs = new Glyph[128];
        for (char c = '\0'; c < 128; c++)
        {
            GlyphKind kind = c switch
            {
                >= 'A' and <= 'Z' => GlyphKind.Upper,
                >= 'a' and <= 'z' => GlyphKind.Lower,
                >= '0' and <= '9' => GlyphKind.Digit,
                '+' or '-' => GlyphKind.Sign,
                ' ' or '\t' => GlyphKind.Space,
                '$' => GlyphKind.Invisible,
                '.' => GlyphKind.Period,
                ',' => GlyphKind.Comma,
                '/' => GlyphKind.Slash,
                '*' => GlyphKind.Separator,
                '@' => GlyphKind.At,
                '(' or '[' or '{' => GlyphKind.Open,
                ')' or ']' or '}' => GlyphKind.Close,
                '_' => GlyphKind.Underscore,
                '^' => GlyphKind.Caret,
                '<' or '&' or '\\' => GlyphKind.Markup,
                '>' or '~' => GlyphKind.Inequality,
                ':' => GlyphKind.Colon,
                '%' => GlyphKind.Percent,
                _ => GlyphKind.Other,
            };
            char value = c switch { '(' => ')', '[' => ']', '{' => '}', _ => c };
            glyphs[c] = new Glyph(kind, value);
        }

        return glyphs;
    }
}
