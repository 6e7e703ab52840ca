namespace CrystalHpc.Core.Formulas;

/// <content>
/// What a period or comma between digits means. <c>CuSO4.5H2O</c> is a hydrate, <c>Mg0.5Fe0.5O</c> has decimals, and <c>Al2O3.2SiO2</c> can
/// be read both ways.
/// </content>
internal ref partial struct FormulaParser
{
    // How far a look ahead goes: no part of a formula is longer, and reading stays linear.
    private const int LongestLook = 128;

    private enum PeriodMeaning
    {
        Decimal,
        Separator,
        Ambiguous,
        Malformed,
    }

    // The text stands at the period; before it are 'length' digits of the value 'whole', none of them for '.5'.
    private readonly PeriodMeaning MeaningOfPeriod(GlyphKind kind, long whole, int length, bool endsCompounds)
    {
        int at = _at + 1;
        Glyph firstPlace = GlyphReader.At(_text, at);
        if (firstPlace.Kind != kind && length > 0)
            return PeriodMeaning.Separator;
        int after = PassDigits(at, kind);
        if (GlyphReader.At(_text, after).Kind == GlyphKind.Period && GlyphReader.At(_text, after + 1).Kind == kind)
            return IsWater(PassDigits(after + 1, kind)) ? PeriodMeaning.Separator : PeriodMeaning.Malformed;
        if (length > 0 && whole == 0)
            return PeriodMeaning.Decimal;
        bool isLikeCoefficient = endsCompounds && firstPlace.Value != '0';
        if (IsWater(after))
            return isLikeCoefficient ? PeriodMeaning.Separator : PeriodMeaning.Ambiguous;
        return isLikeCoefficient && (length == 0 || whole != 1) && IsLikeCompound(after) ? PeriodMeaning.Ambiguous : PeriodMeaning.Decimal;
    }

    // A comma is a decimal comma or nothing; three places may be thousands, unless another number of the text shows what commas are here.
    private PeriodMeaning MeaningOfComma(GlyphKind kind, long whole, int length, bool endsCompounds)
    {
        PeriodMeaning meaning = MeaningOfPeriod(kind, whole, length, endsCompounds);
        bool isLikeThousands = whole != 0 && PassDigits(_at + 1, kind) - _at == 4;
        if (length == 0 || meaning == PeriodMeaning.Separator || (isLikeThousands && !_hasDecimalComma))
            return PeriodMeaning.Ambiguous;
        _hasDecimalComma |= meaning == PeriodMeaning.Decimal;
        return meaning;
    }

    private readonly int PassDigits(int at, GlyphKind kind)
    {
        while (GlyphReader.At(_text, at) is var glyph && glyph.Kind == kind)
            at += glyph.Length;
        return at;
    }

    // H2O or D2O, also with markup and in brackets, and not the beginning of H2O2. In 'H2 O' the symbols stand apart, as in sums of CIF
    // files.
    private readonly bool IsWater(int at)
    {
        ReadOnlySpan<char> water = "H2O";
        int matched = 0;
        while (GlyphReader.At(_text, at).Kind == GlyphKind.Space)
            at++;
        for (Glyph glyph = GlyphReader.At(_text, at); matched < water.Length; glyph = GlyphReader.At(_text, at))
        {
            bool isSetting = glyph.Kind is GlyphKind.Invisible or GlyphKind.Open or GlyphKind.Underscore or GlyphKind.Close
                or GlyphKind.SubscriptStart or GlyphKind.SubscriptEnd;
            if (!isSetting)
            {
                char wanted = water[matched++];
                if (glyph.Value != wanted && !(wanted == 'H' && glyph.Value == 'D'))
                    return false;
            }
            else if (matched == 1 && glyph.Kind is GlyphKind.Close)
            {
                return false;
            }

            at += glyph.Length;
        }

        return GlyphReader.At(_text, at).Kind is not
            (GlyphKind.Lower or GlyphKind.Digit or GlyphKind.SubscriptDigit or GlyphKind.Underscore or GlyphKind.SubscriptStart);
    }

    // Two elements or more up to the next separator, no amount that surely is a decimal, not an anion first, and no blank after the
    // coefficient.
    private readonly bool IsLikeCompound(int at)
    {
        int symbols = 0, last = at + LongestLook;
        bool isDecimal = GlyphReader.At(_text, at).Kind == GlyphKind.Space, followsZero = false;
        for (Glyph glyph = GlyphReader.At(_text, at); at < last && glyph.Kind is not (GlyphKind.End or GlyphKind.Separator);
            glyph = GlyphReader.At(_text, at))
        {
            at += glyph.Length;
            if (glyph.Kind is GlyphKind.Period or GlyphKind.Comma && followsZero)
                return false;
            followsZero = glyph is { Kind: GlyphKind.Digit or GlyphKind.SubscriptDigit, Value: '0' };
            if (glyph.Kind != GlyphKind.Upper)
                continue;
            char second = GlyphReader.At(_text, at) is { Kind: GlyphKind.Lower } lower ? lower.Value : '\0';
            isDecimal |= symbols++ == 0 && (glyph.Value, second) is ('O', '\0') or ('F', '\0') or ('I', '\0') or ('C', 'l') or ('B', 'r');
        }

        return symbols >= 2 && !isDecimal;
    }
}
