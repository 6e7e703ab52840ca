namespace CrystalHpc.Core.Formulas;

/// <content>Amounts: whole, decimal with point or comma, fractions, powers of ten, below the line or on it.</content>
internal ref partial struct FormulaParser
{
    // Beyond that no scaled amount fits 64 bits, whatever its digits.
    private const int LargestPower = 36;

    // A number that stands apart at the end is an amount only up to here: others are masses, numbers of entries, years.
    private const int LargestAmountApart = 99;

    // The amount that follows a symbol or a bracket; 1 when there is none.
    // 'isWhole': symbol or bracket is all there is so far, so that digits before a last sign are those of the charge.
    private bool ReadAmount(int start, bool isWhole, bool endsCompounds, out Rational amount)
    {
        amount = Rational.One;
        int before = _at;
        bool isApart = SkipBlanks();
        Glyph glyph = Peek();
        if (glyph.Kind is GlyphKind.Underscore or GlyphKind.SubscriptStart)
            return ReadSubscript(glyph, out amount);
        bool isNumber = glyph.Kind is GlyphKind.Digit or GlyphKind.SubscriptDigit or GlyphKind.Fraction
            || (glyph.Kind == GlyphKind.Period && !isApart && GlyphReader.At(_text, _at + 1).Kind
                is GlyphKind.Digit or GlyphKind.SubscriptDigit);
        if (!isNumber || (isApart && IsTrailingCharge()))
        {
            _at = before;
            return true;
        }

        int number = _at;
        if (!ReadNumber(isCoefficient: false, endsCompounds, out Number read))
            return false;
        if (read.Length == 0)
        {
            _at = before;
            return true;
        }

        if (glyph.Kind == GlyphKind.Digit && read.IsPlain && SignsToEnd(_at) == 1)
        {
            if (isWhole && (read.Length == 1 || _previous == Previous.Bracket))
            {
                _at = before;
                return true;
            }

            if (read.Length > 1)
                return Refuse(FormulaFindings.BadCharge, number, $"'{Quote(number, _at)}' before the sign is an amount, a charge or both");
        }

        if (isApart && IsAtEnd() && !(read.IsPlain && read.Value.Numerator <= LargestAmountApart))
            return Refuse(FormulaFindings.BadAmount, number, "a number stands alone after the formula");
        return Accept(read.Value, number, out amount);
    }

    private bool ReadSubscript(Glyph opening, out Rational amount)
    {
        amount = Rational.One;
        _at += opening.Length;
        GlyphKind closing = opening.Kind == GlyphKind.SubscriptStart ? GlyphKind.SubscriptEnd : GlyphKind.End;
        if (closing == GlyphKind.End && Peek() is { Kind: GlyphKind.Open, Value: '}' })
        {
            closing = GlyphKind.Close;
            _at++;
        }

        SkipBlanks();
        int number = _at;
        if (!ReadNumber(isCoefficient: true, endsCompounds: false, out Number read))
            return false;
        SkipBlanks();
        Glyph next = Peek();
        if (read.Length == 0 || (closing != GlyphKind.End && next.Kind != closing))
        {
            while (Peek().Kind is GlyphKind.Sign or GlyphKind.Digit or GlyphKind.Period or GlyphKind.Space)
                _at++;
            return Peek().Kind switch
            {
                GlyphKind.Lower or GlyphKind.Variable => RefuseVariable(_at),
                _ when next.Kind == GlyphKind.Sign => Refuse(FormulaFindings.Arithmetic, number, "the amount holds arithmetic"),
                _ => Refuse(FormulaFindings.BadAmount, number, "the subscript is no number"),
            };
        }

        _at += closing == GlyphKind.End ? 0 : next.Length;
        return Accept(read.Value, number, out amount);
    }

    private bool Accept(Rational value, int at, out Rational amount)
    {
        amount = _lastAmount = value;
        _previous = Previous.Amount;
        return value.Numerator != 0 || Refuse(FormulaFindings.BadAmount, at, "the amount is zero");
    }

    // A number that follows neither symbol nor bracket: before a part, or the digits of a charge.
    private bool ReadLoneNumber()
    {
        int start = _at;
        if (_previous != Previous.PartStart)
            return IsTrailingCharge() ? ReadTrailingCharge() : Refuse(FormulaFindings.BadAmount, start,
                "a number follows a number, or stands alone");
        if (!ReadNumber(isCoefficient: true, endsCompounds: false, out Number read))
            return false;
        ref Group group = ref _groups[_depth];
        Glyph next = Peek();
        if (_depth > 0 && !group.HasParts && group.Closing != '}' && next.Kind == GlyphKind.Upper)
        {
            return read.IsPlain && read.Value.Numerator is > 0 and < 1000
                ? ReadSymbol((int)read.Value.Numerator)
                : Refuse(FormulaFindings.BadIsotope, start, "a number in a bracket before a symbol is no mass number");
        }

        _previous = Previous.Coefficient;
        group.Coefficient = read.Value;
        return read.Value.Numerator != 0 || Refuse(FormulaFindings.BadAmount, start, "the amount is zero");
    }

    // Reads nothing when the text goes on with a period that separates parts.
    private bool ReadNumber(bool isCoefficient, bool endsCompounds, out Number number)
    {
        number = default;
        int start = _at;
        Glyph first = Peek().Kind == GlyphKind.Period ? GlyphAfter(Peek()) : Peek();
        GlyphKind kind = first.Kind == GlyphKind.SubscriptDigit ? GlyphKind.SubscriptDigit : GlyphKind.Digit;
        var digits = new DigitCounter();
        int length = ReadDigits(kind, ref digits), places = 0;
        long whole = digits.Value;
        Glyph point = Peek();
        if (point.Kind is GlyphKind.Period or GlyphKind.Comma && GlyphAfter(point).Kind is GlyphKind.Digit or GlyphKind.SubscriptDigit)
        {
            PeriodMeaning meaning = point.Kind == GlyphKind.Comma ? MeaningOfComma(kind, whole, length, endsCompounds)
                : isCoefficient && GlyphAfter(point).Kind == kind ? PeriodMeaning.Decimal
                : MeaningOfPeriod(kind, whole, length, endsCompounds);
            if (meaning == PeriodMeaning.Malformed)
                return Refuse(FormulaFindings.BadAmount, _at, "the number has two decimal points");
            if (meaning == PeriodMeaning.Ambiguous)
                return Refuse(FormulaFindings.AmbiguousPeriod, _at,
                    $"'{_text[_at]}' is a decimal point or separates; write · between parts");
            if (meaning == PeriodMeaning.Decimal)
            {
                _at += point.Length;
                places = ReadDigits(kind, ref digits);
                if (Peek() is { Kind: GlyphKind.Period or GlyphKind.Comma } second && GlyphAfter(second).Kind == kind)
                    return Refuse(FormulaFindings.BadAmount, _at, "the number has two decimal points");
            }
        }

        bool isPlain = places == 0;
        int exponent = 0;
        if (length + places > 0 && kind == GlyphKind.Digit && !ReadExponent(ref exponent, ref isPlain))
            return false;
        Int128 numerator = digits.Value, denominator = 1;
        bool fits = !digits.IsTooLong && Scale(exponent - places + digits.DroppedZeros, ref numerator, ref denominator);
        if (Peek().Kind == GlyphKind.Fraction && isPlain)
        {
            isPlain = false;
            (int above, int below) = VulgarFraction.Of(Next().Value);
            (numerator, denominator) = (numerator * below + above, below);
        }
        else if (length > 0 && Peek() is { Kind: GlyphKind.Slash } slash && GlyphAfter(slash).Kind == kind)
        {
            if (!isPlain || !ReadDenominator(slash, kind, ref numerator, ref denominator, ref fits))
                return _refusal is not null ? false : Refuse(FormulaFindings.BadAmount, start, "the fraction is malformed");
            isPlain = false;
        }

        if (!fits || !Rational.TryCreate(numerator, denominator, out Rational value))
            return Refuse(FormulaFindings.BadAmount, start, "the amount is too large or has too many digits");
        number = new Number(value, _at - start, isPlain);
        return true;
    }

    private bool ReadExponent(ref int exponent, ref bool isPlain)
    {
        Glyph letter = Peek();
        if (letter.Value is not ('e' or 'E') || letter.Kind is not (GlyphKind.Lower or GlyphKind.Upper))
            return true;
        Glyph sign = GlyphAfter(letter);
        int from = _at + letter.Length + (sign.Kind == GlyphKind.Sign ? sign.Length : 0);
        if (GlyphReader.At(_text, from).Kind != GlyphKind.Digit)
            return letter.Kind == GlyphKind.Upper || Refuse(FormulaFindings.BadAmount, _at, "the exponent has no digits");
        _at = from;
        var digits = new DigitCounter();
        ReadDigits(GlyphKind.Digit, ref digits);
        exponent = !digits.IsTooLong && digits.Value < 1000 ? (int)digits.Value : 1000;
        if (sign.Kind == GlyphKind.Sign && sign.Value == '-')
            exponent = -exponent;
        isPlain = false;
        return true;
    }

    private bool ReadDenominator(Glyph slash, GlyphKind kind, ref Int128 numerator, ref Int128 denominator, ref bool fits)
    {
        int start = _at;
        _at += slash.Length;
        var digits = new DigitCounter();
        ReadDigits(kind, ref digits);
        denominator = digits.Value;
        fits &= !digits.IsTooLong;
        if (denominator == 0 && fits)
            return Refuse(FormulaFindings.BadAmount, start, "the denominator is zero");
        return numerator < denominator || Peek().Kind is not (GlyphKind.Upper or GlyphKind.Open)
            || Refuse(FormulaFindings.Mixture, start, "the slash is that of a fraction or stands between two substances");
    }

    private int ReadDigits(GlyphKind kind, ref DigitCounter digits)
    {
        int count = 0;
        for (Glyph glyph = Peek(); glyph.Kind == kind; glyph = Peek(), count++)
        {
            digits.Add(glyph.Value);
            _at += glyph.Length;
        }

        return count;
    }

    private static bool Scale(int power, ref Int128 numerator, ref Int128 denominator)
    {
        if (numerator == 0)
            return true;
        if (Math.Abs(power) > LargestPower)
            return false;
        for (; power > 0; power--)
        {
            numerator *= 10;
            if (numerator > long.MaxValue)
                return false;
        }

        for (; power < 0; power++)
        {
            if (numerator % 10 == 0)
                numerator /= 10;
            else
                denominator *= 10;
            if (denominator > long.MaxValue)
                return false;
        }

        return true;
    }

    private readonly Glyph GlyphAfter(Glyph glyph) => GlyphReader.At(_text, _at + glyph.Length);

    private readonly bool IsAtEnd() => PassEnd(_at) >= _text.Length;

    // Blanks, and the braces that close upright type.
    private readonly int PassEnd(int at)
    {
        for (Glyph glyph = GlyphReader.At(_text, at);
            glyph.Kind is GlyphKind.Space or GlyphKind.Invisible || (glyph.Kind == GlyphKind.Close && _groups[_depth].IsSetting);
            glyph = GlyphReader.At(_text, at))
        {
            at += glyph.Length;
        }

        return at;
    }

    // Value and length, digits only ('IsPlain'): no point, no power, no fraction.
    private readonly record struct Number(Rational Value, int Length, bool IsPlain);
}
