namespace CrystalHpc.Core.Cif;

/// <summary>Where a value lies in the file and how it was written, in eight bytes: a file may hold millions of values.</summary>
internal readonly struct CifToken
{
    /// <summary>Longest value, and so largest file, that a token can describe.</summary>
    public const int MaxLength = (1 << 29) - 1;

    private const int KindBits = 3;

    private readonly uint _lengthAndKind;

    public CifToken(int start, int length, CifTokenKind kind)
    {
        Start = start;
        _lengthAndKind = ((uint)length << KindBits) | (uint)kind;
    }

    /// <summary>An unquoted word: a value, or a missing one when it is a lone <c>?</c> or <c>.</c>.</summary>
    public static CifToken PlainWord(ReadOnlySpan<byte> bytes, int start, int end)
    {
        bool isMissing = (end - start == 1) & ((bytes[start] == '?') | (bytes[start] == '.'));
        return new CifToken(start, end - start, isMissing ? CifTokenKind.Missing : CifTokenKind.Bare);
    }

    /// <summary>Offset of the first byte inside the delimiters.</summary>
    public int Start { get; }

    /// <summary>Bytes between the delimiters.</summary>
    public int Length => (int)(_lengthAndKind >> KindBits);

    /// <summary>How the value was written.</summary>
    public CifTokenKind Kind => (CifTokenKind)(_lengthAndKind & ((1 << KindBits) - 1));
}
