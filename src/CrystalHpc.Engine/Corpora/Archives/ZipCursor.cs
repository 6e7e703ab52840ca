using System.IO.Compression;
using CrystalHpc.Core.Findings;
using LibraryArchive = SharpCompress.Archives.Zip.ZipArchive;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Members of a .zip archive, in the order of its directory. .NET unpacks stored and deflated members; SharpCompress, which is slower, what
/// .NET does not know: bzip2, LZMA, PPMd, Zstandard and others.
/// </summary>
internal sealed class ZipCursor : ICorpusCursor
{
    private const int LinkMode = 0xA000, FileTypes = 0xF000;

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly ExpansionLimit _limit;
    private LibraryArchive? _library;
    private List<SharpCompress.Archives.Zip.ZipArchiveEntry> _libraryEntries = [];
    private int _next;

    public ZipCursor(string path, CorpusLimits limits)
    {
        _path = path;
        long packedBytes = new FileInfo(path).Length;
        _limit = new ExpansionLimit(() => packedBytes, limits.MaxExpansionRatio);
        _archive = ZipFile.Open(path, ZipArchiveMode.Read, EscapedName.Encoding);

        // Members may share the same packed bytes, so their lengths are added up before any is read; those over the limit never are.
        try
        {
            foreach (ZipArchiveEntry entry in _archive.Entries)
                _limit.Add(entry.Length <= limits.MaxFileBytes ? entry.Length : 0);
        }
        catch
        {
            _archive.Dispose();
            throw;
        }
    }

    public bool MoveNext(out CorpusMember member)
    {
        while (_next < _archive.Entries.Count)
        {
            ZipArchiveEntry entry = _archive.Entries[_next++];
            string name = entry.FullName.Replace('\\', '/');
            if (name.EndsWith('/'))
                continue;
            member = new CorpusMember(EscapedName.Of(name), entry.Length, ProblemOf(entry));
            return true;
        }

        member = default;
        return false;
    }

    public Stream Open()
    {
        ZipArchiveEntry entry = _archive.Entries[_next - 1];
        return Packing.Open(entry.FullName, new CheckedMember(Unpack(entry), entry.Length, entry.Crc32), _limit);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _library?.Dispose();
    }

    private static Finding? ProblemOf(ZipArchiveEntry entry) =>
        ((entry.ExternalAttributes >> 16) & FileTypes) == LinkMode
            ? new Finding(FileFindings.Skipped, "a symbolic link: its target is read where it stands itself")
        : entry.IsEncrypted ? new Finding(FileFindings.Unreadable, "it is encrypted: unpack the archive with its password")
        : null;

    private Stream Unpack(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException unknown)
        {
            return new ExpansionGuard(() => OpenByLibrary(entry) ?? throw unknown, Stream.Null, ExpansionLimit.None);
        }
    }

    private Stream? OpenByLibrary(ZipArchiveEntry entry)
    {
        if (_library is null)
        {
            _library = (LibraryArchive)LibraryArchive.OpenArchive(_path);
            _libraryEntries = [.. _library.Entries.OfType<SharpCompress.Archives.Zip.ZipArchiveEntry>()];
        }

        // Both list the directory in its order.
        SharpCompress.Archives.Zip.ZipArchiveEntry? same = _libraryEntries.ElementAtOrDefault(_next - 1);
        return same is not null && same.Size == entry.Length && (uint)same.Crc == entry.Crc32 ? same.OpenEntryStream() : null;
    }
}
