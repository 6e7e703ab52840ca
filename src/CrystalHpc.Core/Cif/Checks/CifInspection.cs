using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// What concerns the bytes of a file rather than its grammar: byte order marks, characters beyond printable ASCII, long lines.
/// </summary>
internal static class CifInspection
{
    private const int MaxLineLength = 2048;

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', .. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value)]);

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The bytes without byte order mark; UTF-16 is converted.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes, CifFindingCollector findings)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.StartsWith(Utf8Mark))
        {
            findings.Add(CifFindings.ByteOrderMark, 0, "byte order mark of UTF-8");
            return bytes[Utf8Mark.Length..];
        }

        Encoding? utf16 = span switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
        if (utf16 is null)
            return bytes;
        findings.Add(CifFindings.Utf16, 0, $"byte order mark of {utf16.WebName}");
        return Encoding.Convert(utf16, Encoding.UTF8, span[2..].ToArray());
    }

    /// <summary>Reports characters beyond printable ASCII, one finding of each kind, and says whether there are any beyond ASCII.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isVersion2">True for CIF 2.0, which allows all of UTF-8.</param>
    /// <param name="findings">Receives the findings.</param>
    public static bool FindOddCharacters(ReadOnlySpan<byte> bytes, bool isVersion2, CifFindingCollector findings)
    {
        int position = bytes.IndexOfAnyExcept(Plain);
        if (position < 0)
            return false;

        (int firstControl, int controls, int firstHigh, int high) = (0, 0, 0, 0);
        for (int offset = 0; offset >= 0; offset = bytes[position..].IndexOfAnyExcept(Plain), position += Math.Max(offset, 0))
        {
            bool isHigh = bytes[position] >= 0x80;
            if (isHigh && high++ == 0)
                firstHigh = position;
            if (!isHigh && controls++ == 0)
                firstControl = position;
            position++;
        }

        if (controls > 0)
            findings.Add(CifFindings.ControlCharacter, firstControl,
                $"0x{bytes[firstControl]:X2} is the first of {controls} control characters");
        bool isUtf8 = high == 0 || Utf8.IsValid(bytes);
        if (high > 0 && isUtf8 && !isVersion2)
            findings.Add(CifFindings.NonAscii, firstHigh, $"first of {high} bytes beyond ASCII, all valid UTF-8");
        if (high > 0 && isUtf8 && isVersion2)
            FindForbiddenCharacters(bytes, firstHigh, findings);
        if (!isUtf8)
            findings.Add(CifFindings.NotUtf8, firstHigh,
                $"0x{bytes[firstHigh]:X2} is the first of {high} bytes beyond ASCII, and not all are valid UTF-8");
        return high > 0;
    }

    // CIF 2.0 allows all of Unicode but control characters, noncharacters and byte order marks within the text.
    private static void FindForbiddenCharacters(ReadOnlySpan<byte> bytes, int position, CifFindingCollector findings)
    {
        (int first, int firstValue, int count) = (0, 0, 0);
        while (position < bytes.Length)
        {
            Rune.DecodeFromUtf8(bytes[position..], out Rune rune, out int length);
            int value = rune.Value;
            if (value is (>= 0x80 and <= 0x9F) or 0xFEFF or (>= 0xFDD0 and <= 0xFDEF) || (value & 0xFFFE) == 0xFFFE)
            {
                if (count++ == 0)
                    (first, firstValue) = (position, value);
            }

            position += length;
        }

        if (count > 0)
            findings.Add(CifFindings.ForbiddenCharacter, first,
                $"U+{firstValue:X4} is the first of {count} characters that CIF 2.0 forbids");
    }

    /// <summary>Reports the first line over the limit and their number. Looks at one line end in every 2,048 bytes only.</summary>
    public static void FindLongLines(ReadOnlySpan<byte> bytes, CifFindingCollector findings)
    {
        int lineStart = 0;
        int first = 0;
        int count = 0;
        while (bytes.Length - lineStart > MaxLineLength)
        {
            int lineEnd = bytes.Slice(lineStart, MaxLineLength + 1).LastIndexOfAny((byte)'\n', (byte)'\r');
            if (lineEnd < 0)
            {
                if (count++ == 0)
                    first = lineStart;
                lineEnd = bytes[lineStart..].IndexOfAny((byte)'\n', (byte)'\r');
                if (lineEnd < 0)
                    break;
            }

            lineStart += lineEnd + 1;
        }

        if (count > 0)
            findings.Add(CifFindings.LongLine, first, $"first of {count} lines over {MaxLineLength} characters");
    }

    /// <summary>Reports a file that starts like CIF 2.0 and says so.</summary>
    public static bool FindVersion2(ReadOnlySpan<byte> bytes, CifFindingCollector findings)
    {
        ReadOnlySpan<byte> mark = "#\\#CIF_2.0"u8;
        bool isVersion2 = bytes.StartsWith(mark) && (bytes.Length == mark.Length || bytes[mark.Length] <= 0x20);
        if (isVersion2)
            findings.Add(CifFindings.Version2, 0, "the file says it is CIF 2.0");
        return isVersion2;
    }
}
