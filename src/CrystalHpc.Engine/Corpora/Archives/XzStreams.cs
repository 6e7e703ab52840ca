using SharpCompress.Compressors.Xz;

namespace CrystalHpc.Engine.Corpora;

/// <summary>Unpacks one xz stream after another, as files joined end to end hold them; SharpCompress ends after the first.</summary>
internal sealed class XzStreams : ReadOnlyStream
{
    private readonly PeekableStream _packed;
    private XZStream _current;

    public XzStreams(Stream packed)
    {
        _packed = new PeekableStream(packed);
        _current = new XZStream(_packed);
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        while ((read = _current.Read(buffer)) == 0)
        {
            // Zeros may pad a stream to a multiple of four bytes.
            while (_packed.Peek() == 0)
                _packed.ReadByte();
            if (_packed.Peek() < 0)
                return 0;
            _current = new XZStream(_packed);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _packed.Dispose();
        base.Dispose(disposing);
    }
}
