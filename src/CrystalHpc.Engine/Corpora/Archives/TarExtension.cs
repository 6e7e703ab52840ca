using System.Globalization;
using System.Text;

namespace CrystalHpc.Engine.Corpora;

/// <summary>What blocks before a header say of the member that follows: long names of GNU tar, and records of pax.</summary>
internal sealed class TarExtension
{
    // Names, times and a map of a sparse file; more is an attack.
    private const int MaxBytes = 1 << 20;

    /// <summary>Name of the member; null: as in its header.</summary>
    public byte[]? Name { get; private set; }

    /// <summary>Target of the link; null: as in its header.</summary>
    public byte[]? LinkName { get; private set; }

    /// <summary>Length of the data; null: as in the header.</summary>
    public long? Bytes { get; private set; }

    /// <summary>True where pax says that the member is sparse.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>True for the type of a header whose data are an extension of the next.</summary>
    public static bool IsExtension(char type) => type is 'x' or 'L' or 'K';

    /// <summary>Takes up the data of such a header.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public void Take(TarHeader header, Stream data)
    {
        if (header.Bytes > MaxBytes)
            throw new InvalidDataException($"a header with a name of {header.Bytes} bytes");
        byte[] bytes = new byte[header.Bytes];
        data.ReadExactly(bytes);
        switch (header.Type)
        {
            case 'L':
                Name = TarHeader.Text(bytes).ToArray();
                break;
            case 'K':
                LinkName = TarHeader.Text(bytes).ToArray();
                break;
            default:
                TakeRecords(bytes);
                break;
        }
    }

    // Records "LENGTH KEY=VALUE\n", the length being that of the whole record.
    private void TakeRecords(ReadOnlySpan<byte> bytes)
    {
        while (!TarHeader.Text(bytes).IsEmpty)
        {
            int space = bytes.IndexOf((byte)' ');
            if (space < 0 || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space + 1 || length > bytes.Length)
                throw new InvalidDataException("a pax record has a wrong length");
            ReadOnlySpan<byte> record = bytes[(space + 1)..length].TrimEnd((byte)'\n');
            int equals = record.IndexOf((byte)'=');
            if (equals < 0)
                throw new InvalidDataException("a pax record has no value");
            Take(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..]);
            bytes = bytes[length..];
        }
    }

    private void Take(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path" when !IsSparse:
            case "GNU.sparse.name":
                Name = value.ToArray();
                break;
            case "linkpath":
                LinkName = value.ToArray();
                break;
            case "size":
                Bytes = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
                    ? bytes
                    : throw new InvalidDataException("a pax record has an unreadable length");
                break;
        }

        IsSparse |= key.StartsWith("GNU.sparse.", StringComparison.Ordinal);
    }
}
