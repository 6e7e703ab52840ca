using CrystalHpc.Engine.Runs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Lists the folders of a corpus: for each folder itself, the sources in it by name, then its folders by name. What several paths lead to
/// is listed under each of them (<see cref="CorpusWalk"/> takes it once), but no folder is entered twice by one tree, so that links end
/// somewhere.
/// </summary>
internal sealed class CorpusTree
{
    private const int DeepestFolder = 64;

    private readonly HashSet<(ulong Device, ulong Inode)> _entered = [];

    /// <summary>A folder and all below it.</summary>
    /// <param name="name">Its path in the manifest.</param>
    /// <param name="folder">Where it lies.</param>
    /// <param name="depth">Folders of the corpus above it.</param>
    public IEnumerable<CorpusEntry> Below(string name, string folder, int depth) =>
        In(name, folder, depth).SelectMany(entry =>
            entry.Kind == EntryKind.Subtree ? Below(entry.Path, entry.Location, entry.Depth) : [entry]);

    /// <summary>A folder, the sources in it, and its folders as <see cref="EntryKind.Subtree"/>.</summary>
    public IEnumerable<CorpusEntry> In(string name, string folder, int depth)
    {
        if (IsRun(folder))
            return [new CorpusEntry(EntryKind.Run, depth, name, folder, default)];
        CorpusEntry own = CorpusEntry.Of(EntryKind.Folder, depth, name, folder);
        if (own.Status.HasIdentity && !_entered.Add((own.Status.Device, own.Status.Inode)))
            return [own];
        return depth <= DeepestFolder && TryList(folder) is { } found
            ? [own, .. Within(name, folder, depth + 1, found)]
            : [own, new CorpusEntry(EntryKind.Unreadable, depth + 1, name, folder, default)];
    }

    private static IEnumerable<CorpusEntry> Within(string name, string folder, int depth, (string[] Files, string[] Folders) found)
    {
        IEnumerable<CorpusEntry> files = found.Files
            .Where(file => IsNameable(folder, file))
            .Select(file => ($"{name}/{EscapedName.Of(file)}", Path.Combine(folder, file)))
            .Concat(Unnameable(name, folder, found))
            .OrderBy(source => source.Item1, StringComparer.Ordinal)
            .Select(source => CorpusEntry.Of(EntryKind.Source, depth, source.Item1, source.Item2));
        return files.Concat(found.Folders
            .Where(inner => IsNameable(folder, inner))
            .Order(StringComparer.Ordinal)
            .Select(inner => new CorpusEntry(EntryKind.Subtree, depth, $"{name}/{EscapedName.Of(inner)}", Path.Combine(folder, inner),
                default)));
    }

    private static (string[] Files, string[] Folders)? TryList(string folder)
    {
        try
        {
            return (
                [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Where(CorpusSource.IsSource)],
                [.. Directory.EnumerateDirectories(folder).Select(inner => Path.GetFileName(inner)!)]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Names that are no UTF-8 come from .NET with replacement characters, and what they name cannot be opened: it has rows by its name.
    private static IEnumerable<(string Path, string Location)> Unnameable(string name, string folder,
        (string[] Files, string[] Folders) found)
    {
        if (found.Files.Concat(found.Folders).All(entry => IsNameable(folder, entry)))
            return [];
        return FolderNames.Read(folder)
            .Select(entry => (Name: EscapedName.Encoding.GetString(entry.Name), entry.MayBeFolder))
            .Where(entry => EscapedName.HasRawBytes(entry.Name) && (entry.MayBeFolder || CorpusSource.IsSource(entry.Name)))
            .Select(entry => ($"{name}/{EscapedName.Of(entry.Name)}", Path.Combine(folder, entry.Name)));
    }

    private static bool IsNameable(string folder, string entry) =>
        !entry.Contains('\uFFFD', StringComparison.Ordinal) || FileStatus.Of(Path.Combine(folder, entry)).Kind != FileKind.Missing;

    private static bool IsRun(string folder)
    {
        var run = new RunDirectory(folder);
        return File.Exists(run.RunJson) && File.Exists(run.Manifest);
    }
}
