using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Formulas;

/// <summary>
/// Reads a formula in one pass over its glyphs. Whatever has two readings is refused: an amount that is wrong in silence is worse than
/// none.
/// </summary>
internal ref partial struct FormulaParser
{
    private const int MaximumDepth = 64;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<Group> _groups;
    private TermList _terms;
    private int _depth;
    private int _at;
    private int? _charge;
    private int _commandEnd;
    private bool _hasDecimalComma;
    private Previous _previous;
    private Rational _lastAmount;
    private FormulaRefusal? _refusal;

    private FormulaParser(ReadOnlySpan<char> text, Span<FormulaTerm> terms, Span<Group> groups)
    {
        _text = text;
        _terms = new TermList(terms);
        _groups = groups;
        _groups[0] = new Group { Coefficient = Rational.One };
    }

    // What stands before the place of reading.
    private enum Previous
    {
        PartStart,
        Coefficient,
        Symbol,
        Amount,
        Bracket,
    }

    // Whether a part holds anything can be told from the terms, as no amount is zero.
    private readonly bool IsPartEmpty => _terms.Count == _groups[_depth].Part;

    /// <summary>Reads a formula; null and a refusal when it cannot be relied on.</summary>
    public static Formula? Parse(ReadOnlySpan<char> text, out FormulaRefusal? refusal)
    {
        refusal = FormulaDiagnosis.OfLookalike(text);
        if (refusal is not null)
            return null;
        var parser = new FormulaParser(text.TrimEnd(), stackalloc FormulaTerm[32], stackalloc Group[MaximumDepth + 1]);
        while (parser._at < text.Length && char.IsWhiteSpace(text[parser._at]))
            parser._at++;
        Formula? formula = parser.ReadAll();
        parser._terms.Release();
        refusal = formula is null ? FormulaDiagnosis.Explain(text, parser._refusal!) : null;
        return formula;
    }

    private Formula? ReadAll()
    {
        while (true)
        {
            SkipBlanks();
            Glyph glyph = Peek();
            if (glyph.Kind == GlyphKind.End)
                break;
            bool isInside = _charge is not null && !(glyph.Kind == GlyphKind.Close && _groups[_depth].IsSetting);
            if (isInside ? !Refuse(FormulaFindings.BadCharge, _at, "a charge stands inside the formula") : !ReadGlyph(glyph))
                return null;
        }

        if (_depth > 0)
        {
            Refuse(FormulaFindings.BadBracket, _groups[_depth].Position, "the bracket is not closed");
            return null;
        }

        if (!FinishPart(_at))
            return null;
        if (_terms.SumUp(0) && Formula.TryCreate(_terms.Terms, _charge ?? 0, out Formula? formula))
            return formula;
        RefuseSize(0);
        return null;
    }

    private bool ReadGlyph(Glyph glyph) => glyph.Kind switch
    {
        GlyphKind.Upper => ReadSymbol(massNumber: 0),
        GlyphKind.Digit or GlyphKind.SubscriptDigit or GlyphKind.Fraction => ReadLoneNumber(),
        GlyphKind.Open => OpenGroup(glyph),
        GlyphKind.Close => CloseGroup(glyph),
        GlyphKind.Period or GlyphKind.Separator => BeginPart(),
        GlyphKind.At => IsCage(_at + glyph.Length) ? BeginPart() : RefuseGlyph(glyph),
        GlyphKind.Sign => ReadSign(glyph),
        GlyphKind.SuperscriptDigit or GlyphKind.SuperscriptSign or GlyphKind.Caret or GlyphKind.SuperscriptStart => ReadSuperscript(),
        GlyphKind.Lower => RefuseLower(),
        _ => RefuseGlyph(glyph),
    };

    private bool ReadSymbol(int massNumber)
    {
        int start = _at;
        char first = Next().Value, second = '\0', third = '\0';
        int letters = 1;
        for (Glyph glyph = Peek(); glyph.Kind == GlyphKind.Lower; glyph = Peek(), letters++)
        {
            third = letters == 2 ? glyph.Value : third;
            second = letters == 1 ? glyph.Value : second;
            _at += glyph.Length;
        }

        if (letters > 2 || !SymbolTable.TryFind(first, second, out FormulaTerm atom))
        {
            bool isVariable = (letters == 2 && SymbolTable.IsVariable(second) && SymbolTable.TryFind(first, '\0', out _))
                || (letters == 3 && SymbolTable.IsVariable(third) && SymbolTable.TryFind(first, second, out _));
            return isVariable
                ? Refuse(FormulaFindings.Variable, _at - 1, $"the amount is the variable '{_text[_at - 1]}'")
                : Refuse(FormulaFindings.UnknownSymbol, start, $"no element has the symbol '{Quote(start, _at)}'");
        }

        if (massNumber != 0)
        {
            if (atom.MassNumber != 0 || !SymbolTable.IsMassNumber(massNumber, atom.Element))
                return Refuse(FormulaFindings.BadIsotope, start,
                    $"{massNumber} is no mass number of {atom.Element}; superscripts are no amounts");
            atom = atom with { MassNumber = massNumber };
        }

        bool isFirst = _depth == 0 && _terms.Count == 0;
        _previous = Previous.Symbol;
        return ReadAmount(start, isFirst, SymbolTable.EndsCompounds(atom.Element), out Rational amount)
            && (_terms.Add(atom with { Amount = amount }, _groups[_depth].Part) || RefuseSize(start));
    }

    private bool OpenGroup(Glyph glyph)
    {
        if (TryReadBracketedCharge())
            return true;
        if (IsRoman(_at + glyph.Length))
            return Refuse(FormulaFindings.BadCharge, _at, "an oxidation state in Roman numerals, or iodine and vanadium");
        if (_depth == MaximumDepth)
            return Refuse(FormulaFindings.TooDeep, _at, "brackets are nested too deep");
        _groups[++_depth] = new Group
        {
            Start = _terms.Count, Part = _terms.Count, Coefficient = Rational.One, Closing = glyph.Value, Position = _at,
            IsSetting = glyph.Value == '}' && _commandEnd == _at && _at > 0,
        };
        _at += glyph.Length;
        _previous = Previous.PartStart;
        return true;
    }

    private bool CloseGroup(Glyph glyph)
    {
        Group group = _groups[_depth];
        if (_depth == 0)
            return Refuse(FormulaFindings.BadBracket, _at, $"the bracket '{_text[_at]}' is not opened");
        if (group.Closing != glyph.Value)
            return Refuse(FormulaFindings.BadBracket, _at, $"'{_text[_at]}' closes a bracket of another kind");
        if (IsPartEmpty && !group.HasParts)
            return Refuse(FormulaFindings.BadBracket, group.Position, "the bracket is empty");
        if (!FinishPart(_at))
            return false;
        _depth--;
        _at += glyph.Length;
        if (group.IsSetting || (group.Closing == '}' && Peek().Kind == GlyphKind.Underscore))
            return ReadAmountOfLast(group);
        _previous = Previous.Bracket;
        bool isWhole = _depth == 0 && group.Start == 0 && !_groups[0].HasParts;
        return ReadAmount(group.Position, isWhole, endsCompounds: true, out Rational amount)
            && (_terms.Multiply(group.Start, amount) || RefuseSize(group.Position));
    }

    // What braces of LaTeX enclose is only set in another way: a subscript after them is that of the last symbol.
    private bool ReadAmountOfLast(Group group)
    {
        if (_charge is not null || _previous != Previous.Symbol)
            return true;
        bool isFirst = _depth == 0 && _terms.Count == 1;
        FormulaTerm last = _terms.Terms[^1];
        return ReadAmount(group.Position, isFirst, SymbolTable.EndsCompounds(last.Element), out Rational amount)
            && (amount == Rational.One || last.Amount == Rational.One
                || Refuse(FormulaFindings.Markup, group.Position, "the subscript after the braces has several readings"))
            && (_terms.Multiply(_terms.Count - 1, amount) || RefuseSize(group.Position));
    }

    private bool BeginPart()
    {
        int separator = _at;
        if (!FinishPart(separator))
            return false;
        _at += Peek().Length;
        ref Group group = ref _groups[_depth];
        (group.Part, group.Coefficient, group.HasParts) = (_terms.Count, Rational.One, true);
        _previous = Previous.PartStart;
        return true;
    }

    private bool FinishPart(int at)
    {
        Group group = _groups[_depth];
        if (!IsPartEmpty)
            return _terms.Multiply(group.Part, group.Coefficient) || RefuseSize(at);
        if (_previous == Previous.Coefficient)
            return Refuse(FormulaFindings.BadAmount, at, "a number stands alone");
        return group.HasParts || at < _text.Length
            ? Refuse(FormulaFindings.BadSeparator, at, group.HasParts ? "nothing stands after the separator"
                : "nothing stands before the separator")
            : Refuse(FormulaFindings.Missing, at, "there is no formula");
    }

    private readonly Glyph Peek() => GlyphReader.At(_text, _at);

    private Glyph Next()
    {
        Glyph glyph = Peek();
        _at += glyph.Length;
        return glyph;
    }

    private bool SkipBlanks()
    {
        int start = _at;
        bool hasSpace = false;
        for (Glyph glyph = Peek(); glyph.Kind is GlyphKind.Space or GlyphKind.Invisible; glyph = Peek())
        {
            hasSpace |= glyph.Kind == GlyphKind.Space;
            _at += glyph.Length;
            if (glyph is { Kind: GlyphKind.Invisible, Length: > 1 })
                _commandEnd = _at;
        }

        return hasSpace && _at > start;
    }

    private readonly string Quote(int from, int to) => _text[from..Math.Min(to, from + 24)].ToString();

    private bool RefuseSize(int at) => Refuse(FormulaFindings.BadAmount, at, "the amounts are too large, or too different, for 64 bits");

    private bool Refuse(FindingCode code, int at, string reason)
    {
        _refusal = new FormulaRefusal(code, at + 1, reason);
        return false;
    }

    // An open bracket, or the whole formula: parts between separators are multiplied by their coefficients.
    private struct Group
    {
        /// <summary>The first term of the group.</summary>
        public int Start;

        /// <summary>The first term of the part that is read.</summary>
        public int Part;

        /// <summary>The number before the part.</summary>
        public Rational Coefficient;

        /// <summary>True once a separator was read.</summary>
        public bool HasParts;

        /// <summary>The bracket that closes the group.</summary>
        public char Closing;

        /// <summary>Where the bracket was opened.</summary>
        public int Position;

        /// <summary>True for braces of a LaTeX command, which set type and do not group atoms.</summary>
        public bool IsSetting;
    }
}
