using CrystalHpc.Parallel;
using Microsoft.Win32.SafeHandles;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// A file to write whose every failure is an <see cref="IOException"/> that names it, up to that of closing it: .NET reports a limit on the
/// size of files as a wrong argument, and failures to flush and to close not at all (see <see cref="FileCalls"/>).
/// </summary>
/// <param name="path">The file.</param>
/// <param name="mode">Whether it may be there already.</param>
/// <param name="first">Where in the file writing begins.</param>
/// <param name="isShared">Others may write other parts of it.</param>
public sealed class OutputFileStream(string path, FileMode mode = FileMode.Create, long first = 0, bool isShared = false) : Stream
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, mode, FileAccess.Write, isShared ? FileShare.ReadWrite : FileShare.None);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _filled;
    private long _written = first;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _written + _filled;

    /// <inheritdoc/>
    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _buffer.Length - _filled)
            Flush();
        if (buffer.Length >= _buffer.Length)
        {
            WriteOut(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_filled));
        _filled += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        WriteOut(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }

    /// <summary>Writes out what is buffered, and waits until it is on the disk.</summary>
    public void FlushToDisk()
    {
        Flush();
        FileCalls.Flush(_file, path);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Writes out what is buffered and closes the file.</summary>
    /// <exception cref="IOException">Bytes were lost.</exception>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || _file.IsClosed)
            return;
        try
        {
            Flush();
        }
        finally
        {
            FileCalls.Close(_file, path);
        }
    }

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        try
        {
            RandomAccess.Write(_file, bytes, _written);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new IOException($"File too large : '{path}'");
        }

        _written += bytes.Length;
    }
}
