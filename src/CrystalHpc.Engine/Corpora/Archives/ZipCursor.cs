using System.IO.Compression;

namespace CrystalHpc.Engine.Corpora;

/// <summary>Members of a .zip archive, in the order of its directory.</summary>
internal sealed class ZipCursor(string path, CorpusLimits limits) : ICorpusCursor
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);
    private int _next;

    public bool MoveNext(out CorpusMember member)
    {
        while (_next < _archive.Entries.Count)
        {
            ZipArchiveEntry entry = _archive.Entries[_next++];
            if (entry.FullName.EndsWith('/'))
                continue;
            if (entry.Length > limits.MaxFileBytes && entry.Length > limits.MaxExpansionRatio * Math.Max(1, entry.CompressedLength))
                throw new InvalidDataException($"{entry.FullName} unpacks to more than {limits.MaxExpansionRatio} times its size (corpus.max_expansion_ratio)");
            member = new CorpusMember(entry.FullName.Replace('\\', '/'), entry.Length);
            return true;
        }

        member = default;
        return false;
    }

    public Stream Open() => _archive.Entries[_next - 1].Open();

    public void Dispose() => _archive.Dispose();
}
