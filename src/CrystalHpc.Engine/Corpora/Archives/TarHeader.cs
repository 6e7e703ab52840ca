using System.Text;

namespace CrystalHpc.Engine.Corpora;

/// <summary>A header block of a tar archive (POSIX ustar and pax, GNU).</summary>
/// <param name="Name">Name as bytes.</param>
/// <param name="LinkName">Target of a link.</param>
/// <param name="Bytes">Length of the data that follow.</param>
/// <param name="Type">The type flag.</param>
/// <param name="IsExtended">True where blocks of a GNU sparse map follow before the data.</param>
internal readonly record struct TarHeader(byte[] Name, byte[] LinkName, long Bytes, char Type, bool IsExtended)
{
    /// <summary>Length of a block.</summary>
    public const int BlockBytes = 512;

    /// <summary>Where a block of a GNU sparse map says that another one follows.</summary>
    public const int SparseMapContinues = 504;

    /// <summary>Reads a block that is not all zeros.</summary>
    /// <exception cref="InvalidDataException">Its checksum is wrong, or a number cannot be read.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        if (!HasChecksum(block))
            throw new InvalidDataException("a header has a wrong checksum");
        char type = (char)block[156];
        bool isPosix = block[257..263].SequenceEqual("ustar\0"u8);
        ReadOnlySpan<byte> name = Text(block[..100]), prefix = isPosix ? Text(block[345..500]) : [];
        byte[] whole = prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];

        // Links, devices and folders have no data, whatever length stands there.
        long bytes = type is >= '1' and <= '6' ? 0 : Number(block[124..136]);
        return new TarHeader(whole, Text(block[157..257]).ToArray(), bytes, type, type == 'S' && block[482] != 0);
    }

    /// <summary>Text up to its zero.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and int end ? field[..end] : field;

    /// <summary>Octal digits, or 256 to the power of the place where the first bit is set.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        long value = 0;
        if (field[0] >= 0x80)
        {
            // Eight bytes hold any length; a byte before them, or a sign, is damage.
            foreach (byte high in field[1..^8])
                value |= high;
            foreach (byte digit in field[^8..])
                value = value > long.MaxValue >> 8 ? -1 : (value << 8) | digit;
            return field[0] == 0x80 && value >= 0 ? value : throw new InvalidDataException("a header has an impossible length");
        }

        foreach (char digit in Encoding.ASCII.GetString(Text(field)).Trim())
        {
            if (digit is < '0' or > '7')
                throw new InvalidDataException("a header has an unreadable length");
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    // The sum of all bytes, the checksum itself taken as spaces; very old programs summed them as signed.
    private static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        (long sum, long signed) = (8 * ' ', 8 * ' ');
        for (int i = 0; i < BlockBytes; i++)
        {
            if (i is >= 148 and < 156)
                continue;
            sum += block[i];
            signed += (sbyte)block[i];
        }

        string stated = Encoding.ASCII.GetString(Text(block[148..156])).Trim();
        if (stated.Length == 0 || !stated.All(digit => digit is >= '0' and <= '7'))
            return false;
        long value = Convert.ToInt64(stated, 8);
        return value == sum || value == signed;
    }
}
