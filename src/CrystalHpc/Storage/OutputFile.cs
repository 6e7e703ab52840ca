namespace CrystalHpc.Storage;

/// <summary>
/// A file to write whose every failure is an <see cref="IOException"/> that names it: .NET reports a limit on the size of files as a wrong
/// argument.
/// </summary>
internal sealed class OutputFile(string path) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes)
{
    private const int BufferBytes = 1 << 16;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    public override void Flush(bool flushToDisk)
    {
        try
        {
            base.Flush(flushToDisk);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            base.Dispose(disposing);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    private IOException TooLarge() => new($"File too large : '{Name}'");
}
