namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// A packed stream whose unpacked side must not outgrow it beyond reason: archives made to fill disks and memory are given up early.
/// </summary>
/// <param name="unpacked">The unpacking stream; disposed with this one.</param>
/// <param name="packed">The stream that it reads from, for its position.</param>
/// <param name="maxRatio">Largest unpacked length for each packed byte.</param>
internal sealed class ExpansionGuard(Stream unpacked, Stream packed, double maxRatio) : Stream
{
    // Short streams may have any ratio.
    private const long FreeBytes = 64 << 20;

    private long _produced;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _produced;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = unpacked.Read(buffer);
        _produced += read;
        if (_produced > FreeBytes && _produced > maxRatio * packed.Position)
            throw new InvalidDataException($"it unpacks to more than {maxRatio} times its size (corpus.max_expansion_ratio)");
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }
}
