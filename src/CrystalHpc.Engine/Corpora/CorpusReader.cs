using System.Security.Cryptography;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Reads the files of a manifest into one reused buffer. Archives are walked forward: files asked for in manifest order cost one pass,
/// whichever of them are asked for; going back starts the archive anew.
/// </summary>
/// <param name="corpus">The corpus.</param>
/// <param name="limits">Limits of files and archives.</param>
/// <param name="staged">Copies of archives to read instead; null: none.</param>
public sealed class CorpusReader(Corpus corpus, CorpusLimits limits, StagedArchives? staged = null) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private string _openPath = "";
    private ICorpusCursor? _cursor;

    /// <summary>Reads one file. The bytes are valid until the next call.</summary>
    public FileContent Read(ManifestRow row)
    {
        if (row.Bytes > limits.MaxFileBytes)
            return FileContent.Failed(FileFindings.TooLarge, $"{row.Bytes} bytes; the limit is {limits.MaxFileBytes}");
        try
        {
            return ReadAttempts.Of(() => Take(row));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            CloseCursor();
            return FileContent.Failed(FileFindings.Unreadable, fault.Message.ReplaceLineEndings(" "));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CloseCursor();

    private FileContent Take(ManifestRow row)
    {
        try
        {
            using Stream? stream = Find(row.Path);
            if (stream is null)
                return FileContent.Failed(FileFindings.Unreadable, "the archive has no such member");
            int length = ReadToEnd(stream);
            ReadOnlyMemory<byte> bytes = _buffer.AsMemory(0, length);
            string digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
            return digest == row.Sha256
                ? FileContent.Of(bytes)
                : FileContent.Failed(FileFindings.Changed, $"SHA-256 is {digest}, the manifest says {(row.Sha256.Length == 0 ? "unreadable" : row.Sha256)}");
        }
        catch (IOException)
        {
            CloseCursor();
            throw;
        }
    }

    private Stream? Find(string path)
    {
        CorpusSource source = corpus.SourceOf(path);
        bool wasOpen = _openPath == source.Path && _cursor is not null;
        if (!wasOpen)
            OpenCursor(source);
        if (MoveTo(source, path))
            return _cursor!.Open();
        if (!wasOpen)
            return null;
        OpenCursor(source);
        return MoveTo(source, path) ? _cursor!.Open() : null;
    }

    private bool MoveTo(CorpusSource source, string path)
    {
        while (_cursor!.MoveNext(out CorpusMember member))
        {
            if (source.PathOf(member) == path)
                return true;
        }

        return false;
    }

    private void OpenCursor(CorpusSource source)
    {
        CloseCursor();
        _cursor = (staged?.Place(source) ?? source).Open(limits);
        _openPath = source.Path;
    }

    private void CloseCursor()
    {
        _cursor?.Dispose();
        _cursor = null;
    }

    private int ReadToEnd(Stream stream)
    {
        int length = 0;
        while (true)
        {
            int read = stream.Read(_buffer, length, _buffer.Length - length);
            if (read == 0)
                return length;
            length += read;
            if (length > limits.MaxFileBytes)
                throw new InvalidDataException($"longer than the limit of {limits.MaxFileBytes} bytes");
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, 2L * length));
        }
    }
}
