using System.IO.Compression;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Unpacks gzip, and tells a stream that was cut from a whole one. <see cref="GZipStream"/> ends in both cases alike
/// (dotnet/runtime#47563), so one more gzip member is appended: only behind a whole stream does its text come out as the last.
/// </summary>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    private static readonly byte[] Mark = [.. "\0crystalhpc-end\n"u8];
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly MarkedStream _packed;
    private readonly GZipStream _gzip;
    private readonly byte[] _ready = new byte[(1 << 16) + Mark.Length];
    private int _start;
    private int _count;
    private bool _isDone;

    public WholeGzipStream(Stream packed)
    {
        _packed = new MarkedStream(packed);
        _gzip = new GZipStream(_packed, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!_isDone && _count <= Mark.Length)
            Fill();

        // What may be the mark is held back until it is known to be none.
        int length = Math.Min(buffer.Length, _isDone ? _count : _count - Mark.Length);
        _ready.AsSpan(_start, length).CopyTo(buffer);
        (_start, _count) = (_start + length, _count - length);
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _ready.AsSpan(_start, _count).CopyTo(_ready);
        _start = 0;
        int read = Unpack(_ready.AsSpan(_count));
        _count += read;
        if (read > 0)
            return;
        _isDone = true;

        // It stopped before the mark at something that is not gzip, which gzip ignores, too.
        if (!_packed.IsAtEnd)
            return;
        if (_packed.IsEmpty || !_ready.AsSpan(0, _count).SequenceEqual(Mark))
            throw new EndOfStreamException("the gzip stream is cut short");
        _count = 0;
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            // Its message is about another method of compression, even where a checksum is wrong.
            throw new InvalidDataException("the gzip stream is damaged or cut short", fault);
        }
    }

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(text);
        return packed.ToArray();
    }

    private sealed class MarkedStream(Stream packed) : ReadOnlyStream
    {
        private int _marked = -1;

        public bool IsEmpty { get; private set; } = true;

        public bool IsAtEnd { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int read = _marked < 0 ? packed.Read(buffer) : 0;
            if (read > 0)
            {
                IsEmpty = false;
                return read;
            }

            _marked = Math.Max(0, _marked);
            int length = Math.Min(buffer.Length, PackedMark.Length - _marked);
            PackedMark.AsSpan(_marked, length).CopyTo(buffer);
            _marked += length;
            IsAtEnd = length == 0;
            return length;
        }
    }
}
