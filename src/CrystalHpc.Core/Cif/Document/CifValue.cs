namespace CrystalHpc.Core.Cif;

/// <summary>One value: a slice of the file's bytes, with its place. Quotes and text-field semicolons are not part of it.</summary>
public readonly struct CifValue
{
    private readonly CifDocument _document;
    private readonly int _index;

    internal CifValue(CifDocument document, int index)
    {
        _document = document;
        _index = index;
    }

    /// <summary>The value's bytes as written, without its delimiters; <c>?</c> where the reader had to fill a gap.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            CifToken token = _document.GetValue(_index);
            return token.Kind == CifTokenKind.Absent ? "?"u8 : _document.Slice(token.Start, token.Length);
        }
    }

    /// <summary>True for an unquoted <c>?</c> (unknown) or <c>.</c> (inapplicable), and where the reader had to fill a gap.</summary>
    public bool IsMissing => _document.GetValue(_index).Kind is CifTokenKind.Missing or CifTokenKind.Absent;

    /// <summary>True when the value stands between quotes or is a text field.</summary>
    public bool IsDelimited
        => _document.GetValue(_index).Kind is CifTokenKind.Quoted or CifTokenKind.TextField or CifTokenKind.TripleQuoted;

    /// <summary>True for a list or table of CIF 2.0: its bytes are the source text with the brackets, and it is no number.</summary>
    public bool IsContainer => _document.GetValue(_index).Kind == CifTokenKind.Container;

    /// <summary>Line of the value, from 1.</summary>
    public int Line => Locate().Line;

    /// <summary>Byte column of the value (of its opening delimiter, if it has one), from 1.</summary>
    public int Column => Locate().Column;

    /// <summary>
    /// The value as text: UTF-8 where valid, otherwise Latin-1. Lines of a text field that were folded (CIF 1.1, common semantic
    /// features, paragraph 26) are joined; in CIF 2.0 the prefix of lines is removed first.
    /// </summary>
    public string Text
    {
        get
        {
            string text = _document.Decode(Bytes);
            if (_document.GetValue(_index).Kind != CifTokenKind.TextField)
                return text;
            return CifLineFolding.Unfold(_document.IsVersion2 ? CifLinePrefix.Remove(text) : text);
        }
    }

    /// <summary>
    /// Reads a number with optional standard uncertainty, such as <c>1.234(5)</c>, <c>.5</c>, <c>-.5(2)</c>, <c>5.</c> or
    /// <c>1.5E3(2)</c>; a number between quotes counts too. Correctly rounded. False when missing, not finite or not a number.
    /// </summary>
    public bool TryGetNumber(out CifNumber number) => CifNumberParser.TryParse(Bytes, out number);

    private (int Line, int Column) Locate()
    {
        CifToken token = _document.GetValue(_index);
        int delimiter = token.Kind switch
        {
            CifTokenKind.Quoted or CifTokenKind.TextField => 1,
            CifTokenKind.TripleQuoted => 3,
            _ => 0,
        };
        return _document.Locate(token.Start - delimiter);
    }
}
