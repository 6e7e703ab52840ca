namespace CrystalHpc.Engine.Tables;

/// <summary>
/// A file to write whose every failure is an <see cref="IOException"/> that names it: .NET reports a limit on the size of files as a wrong
/// argument.
/// </summary>
internal sealed class OutputFile(string path) : Stream
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    public override void Flush() => Flush(toDisk: false);

    /// <summary>Writes out what is buffered, and on to the disk if asked to.</summary>
    public void Flush(bool toDisk)
    {
        try
        {
            _file.Flush(toDisk);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        try
        {
            _file.Dispose();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    private IOException TooLarge() => new($"File too large : '{path}'");
}
