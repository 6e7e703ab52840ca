using System.Formats.Tar;
using System.IO.Compression;

namespace CrystalHpc.Engine.Corpora;

/// <summary>Members of a .tar, .tar.gz or .tgz archive.</summary>
internal sealed class TarCursor : ICorpusCursor
{
    private readonly TarReader _reader;
    private TarEntry? _current;

    public TarCursor(string path, CorpusLimits limits)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);
        _reader = new TarReader(
            isPacked ? new ExpansionGuard(new GZipStream(file, CompressionMode.Decompress), file, limits.MaxExpansionRatio) : file);
    }

    public bool MoveNext(out CorpusMember member)
    {
        try
        {
            while ((_current = _reader.GetNextEntry()) is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
                {
                    member = new CorpusMember(entry.Name, entry.Length);
                    return true;
                }
            }
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException(fault.Message, fault);
        }

        member = default;
        return false;
    }

    public Stream Open() => _current!.DataStream ?? Stream.Null;

    public void Dispose() => _reader.Dispose();
}
