namespace CrystalHpc.Engine.Corpora;

/// <summary>A stream whose next byte can be looked at.</summary>
/// <param name="packed">The stream; disposed with this one.</param>
internal sealed class PeekableStream(Stream packed) : ReadOnlyStream
{
    private readonly BufferedStream _packed = new(packed, 1 << 16);
    private int _next = -1;
    private long _position;

    /// <summary>Bytes read so far.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>The next byte; -1 at the end.</summary>
    public int Peek() => _next >= 0 ? _next : _next = _packed.ReadByte();

    public override int Read(Span<byte> buffer)
    {
        int read = 1;
        if (_next < 0 || buffer.IsEmpty)
            read = _packed.Read(buffer);
        else
            (buffer[0], _next) = ((byte)_next, -1);
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _packed.Dispose();
        base.Dispose(disposing);
    }
}
