using System.Buffers;

namespace CrystalHpc.Core.Formulas;

/// <summary>The atoms read so far, in the order of the text. Methods are false when an amount does not fit 64 bits.</summary>
internal ref struct TermList(Span<FormulaTerm> space)
{
    // Up to here insertion is the fastest order.
    private const int FewTerms = 16;

    // A part with more terms is summed up, so that memory does not grow with the text.
    private const int LargestPart = 1024;

    private Span<FormulaTerm> _terms = space;
    private FormulaTerm[]? _rented;

    /// <summary>Terms in the list.</summary>
    public int Count { get; private set; }

    /// <summary>The terms.</summary>
    public readonly ReadOnlySpan<FormulaTerm> Terms => _terms[..Count];

    /// <summary>Adds a term to the part that begins at a place of the list.</summary>
    public bool Add(FormulaTerm term, int part)
    {
        if (Count > part && IsSame(_terms[Count - 1], term))
            return AddTo(ref _terms[Count - 1], term.Amount);
        if (Count - part >= LargestPart && !SumUp(part))
            return false;
        if (Count == _terms.Length)
            Grow();
        _terms[Count++] = term;
        return true;
    }

    /// <summary>Multiplies the amounts from a place of the list on.</summary>
    public readonly bool Multiply(int from, Rational factor)
    {
        if (factor == Rational.One)
            return true;
        foreach (ref FormulaTerm term in _terms[from..Count])
        {
            if (!Rational.TryMultiply(term.Amount, factor, out Rational product))
                return false;
            term = term with { Amount = product };
        }

        return true;
    }

    /// <summary>Orders the terms from a place on by atomic number and mass number, and adds equal ones up.</summary>
    public bool SumUp(int from)
    {
        Span<FormulaTerm> part = _terms[from..Count];
        if (part.Length <= FewTerms)
            SortFew(part);
        else
            part.Sort(static (left, right) => Key(left).CompareTo(Key(right)));
        int kept = 0;
        for (int i = 1; i < part.Length; i++)
        {
            if (!IsSame(part[kept], part[i]))
                part[++kept] = part[i];
            else if (!AddTo(ref part[kept], part[i].Amount))
                return false;
        }

        Count = from + Math.Min(kept + 1, part.Length);
        return true;
    }

    /// <summary>Gives rented memory back.</summary>
    public void Release()
    {
        if (_rented is not null)
            ArrayPool<FormulaTerm>.Shared.Return(_rented);
        _rented = null;
    }

    private static void SortFew(Span<FormulaTerm> terms)
    {
        for (int i = 1; i < terms.Length; i++)
        {
            FormulaTerm term = terms[i];
            int at = i;
            for (; at > 0 && Key(terms[at - 1]) > Key(term); at--)
                terms[at] = terms[at - 1];
            terms[at] = term;
        }
    }

    private void Grow()
    {
        FormulaTerm[] larger = ArrayPool<FormulaTerm>.Shared.Rent(2 * _terms.Length);
        _terms.CopyTo(larger);
        Release();
        _terms = _rented = larger;
    }

    private static bool AddTo(ref FormulaTerm term, Rational amount)
    {
        bool fits = Rational.TryAdd(term.Amount, amount, out Rational sum);
        term = term with { Amount = sum };
        return fits;
    }

    private static bool IsSame(FormulaTerm left, FormulaTerm right) => Key(left) == Key(right);

    private static int Key(FormulaTerm term) => (term.Element.AtomicNumber << 16) | term.MassNumber;
}
