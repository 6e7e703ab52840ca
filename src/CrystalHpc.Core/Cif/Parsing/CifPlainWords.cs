using System.Numerics;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Passes over stretches of plain words, those whose first byte alone says that they are unquoted values, 64 bytes at a time and
/// without looking at any single word: most bytes of a large file are loops of numbers that nobody asks for.
/// </summary>
internal static class CifPlainWords
{
    private const int BlockSize = 64;

    // First bytes of words that are not simply values: delimiters, reserved characters and the initials of the reserved words.
    private const string SpecialStarts = "#_'\";$[]dDlLsSgG";

    // A byte is special when the entries of its two halves have a bit in common; the bit stands for the upper half.
    private static readonly Vector128<byte> UpperHalves = Vector128.Create(
        [.. Enumerable.Range(0, 16).Select(half => (byte)(half < 8 ? 1 << half : 0))]);
    private static readonly Vector128<byte> LowerHalves = Vector128.Create([.. Enumerable.Range(0, 16).Select(half =>
        (byte)SpecialStarts.Where(start => (start & 0xF) == half).Aggregate(0, (bits, start) => bits | (1 << (start >> 4))))]);

    private static readonly bool[] Special = [.. Enumerable.Range(0, 256).Select(value => SpecialStarts.Contains((char)value))];

    /// <summary>True when a word that starts with this byte may be something else than an unquoted value.</summary>
    public static bool IsSpecialStart(byte first) => Special[first];

    /// <summary>Passes over plain words.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="start">First byte of a plain word.</param>
    /// <param name="count">Number of words passed, at least one.</param>
    /// <returns>Where the next word starts that is not plain; the length when there is none.</returns>
    public static int Skip(ReadOnlySpan<byte> bytes, int start, out int count)
    {
        count = 0;
        ulong spaceBefore = 1;
        for (int block = start; block < bytes.Length; block += BlockSize)
        {
            (ulong white, ulong special) = Classify(bytes[block..]);
            ulong starts = ~white & (white << 1 | spaceBefore);
            ulong specialStarts = starts & special;
            if (specialStarts != 0)
            {
                int first = BitOperations.TrailingZeroCount(specialStarts);
                count += BitOperations.PopCount(starts & ((1UL << first) - 1));
                return block + first;
            }

            count += BitOperations.PopCount(starts);
            spaceBefore = white >> (BlockSize - 1);
        }

        return bytes.Length;
    }

    private static (ulong White, ulong Special) Classify(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= BlockSize)
            return ClassifyBlock(rest);

        // Spaces behind the end let the last word end there.
        Span<byte> tail = stackalloc byte[BlockSize];
        tail.Fill((byte)' ');
        rest.CopyTo(tail);
        return ClassifyBlock(tail);
    }

    private static (ulong White, ulong Special) ClassifyBlock(ReadOnlySpan<byte> block)
    {
        (ulong white, ulong special) = (0, 0);
        for (int i = 0; i < BlockSize; i += Vector128<byte>.Count)
        {
            Vector128<byte> part = Vector128.Create(block[i..]);
            Vector128<byte> common = Vector128.ShuffleNative(UpperHalves, part >>> 4) & Vector128.ShuffleNative(
                LowerHalves, part & Vector128.Create((byte)0xF));
            white |= (ulong)Vector128.LessThanOrEqual(part, Vector128.Create((byte)' ')).ExtractMostSignificantBits() << i;
            special |= (ulong)(~Vector128.Equals(common, Vector128<byte>.Zero)).ExtractMostSignificantBits() << i;
        }

        return (white, special);
    }
}
