using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Finds where words, quotes, text fields and comments end. White space is classified 64 bytes at a time into a bit mask, so that
/// the short words of which loops consist cost a shift and a bit count each. Every byte up to 0x20 counts as white space.
/// </summary>
internal ref struct CifScanner(ReadOnlySpan<byte> bytes)
{
    private const int BlockSize = 64;
    private const byte Space = 0x20;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _block = -BlockSize;
    private ulong _whiteSpace;

    /// <summary>First position from <paramref name="position"/> on that is not white space; the length at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipWhiteSpace(int position)
    {
        ulong rest = ~MaskAt(position) >> (position - _block);
        while (rest == 0)
        {
            if (!TryAdvance())
                return _bytes.Length;
            position = _block;
            rest = ~_whiteSpace;
        }

        return position + BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>First position from <paramref name="position"/> on that is white space; the length at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int WordEnd(int position)
    {
        ulong rest = MaskAt(position) >> (position - _block);
        while (rest == 0)
        {
            if (!TryAdvance())
                return _bytes.Length;
            position = _block;
            rest = _whiteSpace;
        }

        return position + BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Position of the line end at or after <paramref name="position"/>; the length at the end.</summary>
    public readonly int LineEnd(int position)
    {
        int offset = _bytes[position..].IndexOfAny((byte)'\n', (byte)'\r');
        return offset < 0 ? _bytes.Length : position + offset;
    }

    /// <summary>True when a line starts at the position.</summary>
    public readonly bool IsLineStart(int position) => position == 0 || _bytes[position - 1] is (byte)'\n' or (byte)'\r';

    /// <summary>
    /// Position of the quote that closes the one before <paramref name="start"/>: the first that white space follows.
    /// False when the line ends before; the position is then that of the line end.
    /// </summary>
    public readonly bool TryFindQuoteEnd(int start, byte quote, out int end)
    {
        int position = start;
        while (true)
        {
            int offset = _bytes[position..].IndexOfAny(quote, (byte)'\n', (byte)'\r');
            end = offset < 0 ? _bytes.Length : position + offset;
            if (offset < 0 || _bytes[end] != quote)
                return false;
            position = end + 1;
            if (position >= _bytes.Length || _bytes[position] <= Space)
                return true;
        }
    }

    /// <summary>
    /// Position of the semicolon at a line start that closes a text field whose first byte is at <paramref name="start"/>.
    /// </summary>
    public readonly bool TryFindTextFieldEnd(int start, out int end)
    {
        int position = start;
        while (true)
        {
            int offset = _bytes[position..].IndexOf((byte)';');
            end = offset < 0 ? _bytes.Length : position + offset;
            if (offset < 0)
                return false;
            if (end > start && _bytes[end - 1] is (byte)'\n' or (byte)'\r')
                return true;
            position = end + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong MaskAt(int position)
    {
        if ((uint)(position - _block) >= BlockSize)
        {
            _block = position & -BlockSize;
            _whiteSpace = Load(_bytes, _block);
        }

        return _whiteSpace;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryAdvance()
    {
        _block += BlockSize;
        if (_block >= _bytes.Length)
        {
            _whiteSpace = ulong.MaxValue;
            return false;
        }

        _whiteSpace = Load(_bytes, _block);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Load(ReadOnlySpan<byte> bytes, int block)
    {
        ReadOnlySpan<byte> rest = bytes[Math.Min(block, bytes.Length)..];
        if (rest.Length >= BlockSize)
            return WhiteSpaceMask(rest);

        // Spaces behind the end let the last word end there.
        Span<byte> tail = stackalloc byte[BlockSize];
        tail.Fill(Space);
        rest.CopyTo(tail);
        return WhiteSpaceMask(tail);
    }

    private static ulong WhiteSpaceMask(ReadOnlySpan<byte> block)
    {
        Vector256<byte> space = Vector256.Create(Space);
        Vector256<byte> low = Vector256.Create(block);
        Vector256<byte> high = Vector256.Create(block[32..]);
        uint lowMask = Vector256.LessThanOrEqual(low, space).ExtractMostSignificantBits();
        uint highMask = Vector256.LessThanOrEqual(high, space).ExtractMostSignificantBits();
        return ((ulong)highMask << 32) | lowMask;
    }
}
