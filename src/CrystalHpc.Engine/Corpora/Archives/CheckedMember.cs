using System.IO.Hashing;

namespace CrystalHpc.Engine.Corpora;

/// <summary>A member of a zip archive whose length and CRC-32 must be those of the directory; .NET checks neither.</summary>
/// <param name="content">The member, unpacked; disposed with this one.</param>
/// <param name="length">Its length.</param>
/// <param name="crc">Its CRC-32.</param>
internal sealed class CheckedMember(Stream content, long length, uint crc) : ReadOnlyStream
{
    private readonly Crc32 _crc = new();
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int read = content.Read(buffer);
        _crc.Append(buffer[..read]);
        _read += read;
        if (_read > length || (read == 0 && _read < length))
            throw new InvalidDataException($"its length differs from the {length} bytes that the directory of the archive says");
        if (read == 0 && _crc.GetCurrentHashAsUInt32() != crc)
            throw new InvalidDataException("its CRC-32 differs from that in the directory of the archive: it is damaged");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
