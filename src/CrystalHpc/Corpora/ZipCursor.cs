using System.IO.Compression;

namespace CrystalHpc.Corpora;

/// <summary>Members of a .zip archive, in the order of its directory.</summary>
internal sealed class ZipCursor(string path) : ICorpusCursor
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
            member = new CorpusMember(entry.FullName.Replace('\\', '/'), entry.Length);
            return true;
        }

        member = default;
        return false;
    }

    public Stream Open() => _archive.Entries[_next - 1].Open();

    public void Dispose() => _archive.Dispose();
}
