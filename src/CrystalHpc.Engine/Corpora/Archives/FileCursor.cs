using System.IO.Compression;

namespace CrystalHpc.Engine.Corpora;

/// <summary>A single .cif or .cif.gz file as a source with one member.</summary>
internal sealed class FileCursor(string path) : ICorpusCursor
{
    private readonly bool _isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
    private bool _isDone;

    public bool MoveNext(out CorpusMember member)
    {
        member = _isDone ? default : new CorpusMember("", -1);
        bool found = !_isDone;
        _isDone = true;
        return found;
    }

    public Stream Open()
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return _isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public void Dispose()
    {
    }
}
