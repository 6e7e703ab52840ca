using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;
using CsvHelper;

namespace CrystalHpc.Engine.Corpora;

/// <summary>What stands in a listing of folders.</summary>
internal enum EntryKind
{
    /// <summary>A CIF file or an archive.</summary>
    Source,

    /// <summary>A folder, whose entries follow.</summary>
    Folder,

    /// <summary>A folder that could not be entered: a source itself, so that it has a row that says so.</summary>
    Unreadable,

    /// <summary>A run directory, which is no part of a corpus.</summary>
    Run,

    /// <summary>A folder that is not listed yet.</summary>
    Subtree,
}

/// <summary>An entry of a listing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Depth">Folders of the corpus above it.</param>
/// <param name="Path">Its path in the manifest.</param>
/// <param name="Location">Where it lies.</param>
/// <param name="Status">Which file it is; nothing where that does not matter.</param>
internal readonly record struct CorpusEntry(EntryKind Kind, int Depth, string Path, string Location, FileStatus Status)
{
    /// <summary>An entry with its status.</summary>
    public static CorpusEntry Of(EntryKind kind, int depth, string path, string location) =>
        new(kind, depth, path, location, FileStatus.Of(location));
}

/// <summary>An entry with the state of its source, as ranks that list parts of a corpus write it for rank 0.</summary>
[CsvRecord]
internal sealed partial record EntryRow(
    [property: CsvColumn("kind")] int Kind,
    [property: CsvColumn("depth")] int Depth,
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("file_kind")] int FileKind,
    [property: CsvColumn("device")] ulong Device,
    [property: CsvColumn("inode")] ulong Inode,
    [property: CsvColumn("bytes")] long Bytes,
    [property: CsvColumn("modified_utc")] string ModifiedUtc)
{
    public static EntryRow Of(CorpusEntry entry)
    {
        SourceRow state = entry.Kind is EntryKind.Source or EntryKind.Unreadable
            ? CorpusChanges.Describe(new CorpusSource(entry.Path, entry.Location))
            : new SourceRow(entry.Path, 0, "");
        return new EntryRow((int)entry.Kind, entry.Depth, entry.Path, (int)entry.Status.Kind, entry.Status.Device, entry.Status.Inode,
            state.Bytes, state.ModifiedUtc);
    }

    /// <summary>The entry without its location.</summary>
    public CorpusEntry Entry => new((EntryKind)Kind, Depth, Path, "", new FileStatus((FileKind)FileKind, Device, Inode));

    /// <summary>The source.</summary>
    public SourceRow Source => new(Path, Bytes, ModifiedUtc);
}
