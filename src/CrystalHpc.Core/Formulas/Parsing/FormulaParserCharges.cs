namespace CrystalHpc.Core.Formulas;

/// <content>Charges, which stand at the end, and mass numbers, which stand before a symbol.</content>
internal ref partial struct FormulaParser
{
    private const int LargestCharge = 99;

    private bool ReadSign(Glyph glyph)
    {
        int start = _at, signs = 0;
        for (; Peek() is { Kind: GlyphKind.Sign } next && next.Value == glyph.Value; signs++)
            _at += next.Length;
        if (IsAtEnd())
            return SetCharge(glyph.Value, signs, start);
        Glyph first = Peek();
        if (first.Kind is GlyphKind.Lower or GlyphKind.Variable)
            return RefuseVariable(_at);
        if (first.Kind != GlyphKind.Digit)
            return RefuseSign(start, first);
        var digits = new DigitCounter();
        int length = ReadDigits(GlyphKind.Digit, ref digits);
        if (IsAtEnd() && signs == 1 && length <= 2 && digits.Value > 0)
        {
            // LaNi4-5 is a range, SO4-2 a charge.
            return glyph.Value == '-' && _previous == Previous.Amount && new Rational(digits.Value) > _lastAmount
                ? Refuse(FormulaFindings.Range, start, "a range, or a charge")
                : SetCharge(glyph.Value, (int)digits.Value, start);
        }

        while (Peek().Kind is GlyphKind.Digit or GlyphKind.Period or GlyphKind.Comma)
            _at++;
        bool isEnd = IsAtEnd();
        return (_previous, glyph.Value) switch
        {
            (Previous.Bracket, _) => Refuse(FormulaFindings.BadCharge, start, "a charge stands inside the formula"),
            (Previous.Amount or Previous.Coefficient, _) when isEnd => Refuse(FormulaFindings.Range, start, "the amount is a range"),
            (Previous.Amount or Previous.Coefficient, _) => Refuse(FormulaFindings.Arithmetic, start, "the amount holds arithmetic"),
            (_, '-') => Refuse(FormulaFindings.BadAmount, start, "the amount is negative"),
            _ => Refuse(FormulaFindings.Mixture, start, "two substances, or a reaction"),
        };
    }

    private bool RefuseSign(int start, Glyph next)
    {
        char last = GlyphReader.At(_text, _text.Length - 1).Value;
        return next.Kind == GlyphKind.Upper && last is '+' or '-'
            ? Refuse(FormulaFindings.BadCharge, start, "a charge stands inside the formula")
            : Refuse(FormulaFindings.Mixture, start, "two substances, or a reaction");
    }

    // The letters that stand for an amount, with signs below the line.
    private bool RefuseVariable(int at)
    {
        int end = at;
        while (GlyphReader.At(_text, end) is { Kind: GlyphKind.Lower or GlyphKind.Variable } glyph)
            end += glyph.Length;
        return Refuse(FormulaFindings.Variable, at, $"the amount holds the variable '{Quote(at, end)}'");
    }

    private bool SetCharge(char sign, int size, int at)
    {
        if (_terms.Count == 0 || size is 0 or > LargestCharge)
            return Refuse(FormulaFindings.BadCharge, at, "there is nothing that could have this charge");
        _charge = sign == '+' ? size : -size;
        return true;
    }

    // How many equal signs end the text from here on; 0 when anything else does.
    private readonly int SignsToEnd(int at)
    {
        int signs = 0;
        char sign = GlyphReader.At(_text, at).Value;
        for (Glyph glyph = GlyphReader.At(_text, at); glyph.Kind == GlyphKind.Sign && glyph.Value == sign;
            glyph = GlyphReader.At(_text, at), signs++)
            at += glyph.Length;
        return PassEnd(at) >= _text.Length ? signs : 0;
    }

    // One or two digits and a sign end the text, as in 'C5 H9 N 2+'.
    private readonly bool IsTrailingCharge()
    {
        int after = PassDigits(_at, GlyphKind.Digit);
        return after > _at && after - _at <= 2 && SignsToEnd(after) == 1;
    }

    private bool ReadTrailingCharge()
    {
        int start = _at;
        var digits = new DigitCounter();
        ReadDigits(GlyphKind.Digit, ref digits);
        char sign = Next().Value;
        return SetCharge(sign, (int)digits.Value, start);
    }

    // (2-) at the end.
    private bool TryReadBracketedCharge()
    {
        int start = _at;
        ReadOnlySpan<char> rest = _text[start..];
        bool isCharge = _terms.Count > 0 && rest.Length is 3 or 4 or 5 && rest[0] == '(' && rest[^1] == ')' && rest[^2] is '+' or '-'
            && !rest[1..^2].ContainsAnyExceptInRange('0', '9') && rest.Length <= 5;
        if (!isCharge)
            return false;
        int size = 0;
        foreach (char digit in rest[1..^2])
            size = 10 * size + digit - '0';
        _at = _text.Length;
        return SetCharge(rest[^2], rest.Length == 3 ? 1 : size, start);
    }

    // Numerals up to VIII, which are also symbols: (II) is hardly a pair of iodine atoms.
    private readonly bool IsRoman(int at)
    {
        int end = at;
        while (end < _text.Length && _text[end] is 'I' or 'V' or 'X')
            end++;
        return _terms.Count > 0 && end > at && end < _text.Length && _text[end] == ')';
    }

    // What stands above the line: a charge at the end, or the mass number of the symbol that follows.
    private bool ReadSuperscript()
    {
        int start = _at;
        Glyph opening = Peek();
        GlyphKind closing = opening.Kind == GlyphKind.SuperscriptStart ? GlyphKind.SuperscriptEnd : GlyphKind.End;
        if (opening.Kind is GlyphKind.Caret or GlyphKind.SuperscriptStart)
            _at += opening.Length;
        if (opening.Kind == GlyphKind.Caret && Peek() is { Kind: GlyphKind.Open, Value: '}' })
        {
            closing = GlyphKind.Close;
            _at++;
        }

        var digits = new DigitCounter();
        int length = 0, signs = 0;
        char sign = '\0';
        for (Glyph glyph = Peek();
            glyph.Kind is GlyphKind.Digit or GlyphKind.SuperscriptDigit or GlyphKind.Sign or GlyphKind.SuperscriptSign;
            glyph = Peek())
        {
            bool isDigit = glyph.Kind is GlyphKind.Digit or GlyphKind.SuperscriptDigit;
            if (isDigit)
            {
                digits.Add(glyph.Value);
                length++;
            }
            else
            {
                sign = glyph.Value;
                signs++;
            }

            _at += glyph.Length;
        }

        Glyph next = Peek();
        if (next.Kind is GlyphKind.Lower or GlyphKind.Variable)
            return RefuseVariable(_at);
        if ((closing != GlyphKind.End && next.Kind != closing) || digits.Value > 999 || (signs > 1 && length > 0))
            return Refuse(FormulaFindings.Markup, start, "the superscript is neither a charge nor a mass number");
        _at += closing == GlyphKind.End ? 0 : next.Length;
        if (signs > 0)
            return SetCharge(sign, length > 0 ? (int)digits.Value : signs, start);
        return length > 0 && Peek().Kind == GlyphKind.Upper
            ? ReadSymbol((int)digits.Value)
            : Refuse(FormulaFindings.BadIsotope, start, "superscript digits are no amounts, and no symbol follows them");
    }
}
