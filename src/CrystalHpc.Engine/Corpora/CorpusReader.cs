using System.Security.Cryptography;
using CrystalHpc.Core.Findings;
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
    private const string NotReadBefore = "it could not be read to its end when the corpus was indexed";

    private byte[] _buffer = new byte[1 << 16];
    private string _openPath = "";
    private ICorpusCursor? _cursor;

    /// <summary>Reads one file. The bytes are valid until the next call.</summary>
    public FileContent Read(ManifestRow row)
    {
        if (row.Bytes > limits.MaxFileBytes)
            return FileContent.Failed(FileFindings.TooLarge, $"{row.Bytes} bytes; the limit is {limits.MaxFileBytes}");
        if (row.Path.Contains('|', StringComparison.Ordinal))
            return FileContent.Failed(FileFindings.Refused, "the archive holds another member of this name before it");
        try
        {
            return ReadAttempts.Of(() => Take(row));
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault))
        {
            CloseCursor();
            if (fault is OutOfMemoryException)
                _buffer = new byte[1 << 16];
            return FileContent.Failed(FileFindings.Unreadable, FileContent.Reason(fault));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CloseCursor();

    private FileContent Take(ManifestRow row)
    {
        try
        {
            return Find(row.Path, out Finding? problem) is { } stream ? Check(row, stream)
                : problem is not null ? new FileContent(default, problem)
                : FileContent.Failed(
                    FileFindings.Unreadable,
                    CorpusIndexer.IsDamagedArchive(row) ? NotReadBefore : "the archive has no such member");
        }
        catch (IOException)
        {
            CloseCursor();
            throw;
        }
    }

    private FileContent Check(ManifestRow row, Stream stream)
    {
        int length;
        using (stream)
            length = ReadToEnd(stream);
        ReadOnlyMemory<byte> bytes = _buffer.AsMemory(0, length);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        return digest == row.Sha256 ? FileContent.Of(bytes)
            : row.Sha256.Length == 0 ? FileContent.Failed(FileFindings.Unreadable, NotReadBefore)
            : FileContent.Failed(FileFindings.Changed, $"SHA-256 is {digest}, the manifest says {row.Sha256}");
    }

    private Stream? Find(string path, out Finding? problem)
    {
        CorpusSource source = corpus.SourceOf(path);
        bool wasOpen = _openPath == source.Path && _cursor is not null;
        if (!wasOpen)
            OpenCursor(source);
        bool isFound = MoveTo(source, path, out problem);
        if (!isFound && wasOpen)
        {
            OpenCursor(source);
            isFound = MoveTo(source, path, out problem);
        }

        return isFound && problem is null ? _cursor!.Open() : null;
    }

    private bool MoveTo(CorpusSource source, string path, out Finding? problem)
    {
        problem = null;
        while (_cursor!.MoveNext(out CorpusMember member))
        {
            if (source.PathOf(member) != path)
                continue;
            problem = source.ProblemOf(member);
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
