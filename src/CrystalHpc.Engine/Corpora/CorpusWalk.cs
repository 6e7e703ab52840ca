using CrystalHpc.Engine.Runs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// One way through the folders of a corpus. What several paths lead to is taken once; a folder that cannot be entered is a source itself, so that it
/// has a row that says so; run directories are no part of a corpus.
/// </summary>
/// <param name="note">Called with a sentence for each path that is passed over; may be null.</param>
internal sealed class CorpusWalk(Action<string>? note)
{
    private const int DeepestFolder = 64;

    private readonly HashSet<(ulong Device, ulong Inode)> _seen = [];

    /// <summary>The sources below a folder: files by name, then folders by name.</summary>
    public IEnumerable<CorpusSource> Below(string name, string folder) => Below(name, folder, 0);

    /// <summary>Those of the sources that were not there before by another path.</summary>
    public IEnumerable<CorpusSource> Once(IEnumerable<CorpusSource> sources) =>
        sources.Where(source => IsFirst(source.Path, source.Location));

    private IEnumerable<CorpusSource> Below(string name, string folder, int depth)
    {
        if (IsRun(folder))
        {
            note?.Invoke($"{name} is a run directory, which is no part of the corpus");
            return [];
        }

        if (!IsFirst(name, folder))
            return [];
        return depth <= DeepestFolder && TryList(folder) is { } found
            ? Within(name, folder, depth, found)
            : [new CorpusSource(name, folder)];
    }

    private IEnumerable<CorpusSource> Within(string name, string folder, int depth, (string[] Files, string[] Folders) found)
    {
        IEnumerable<CorpusSource> files = found.Files
            .Where(file => IsNameable(folder, file))
            .Select(file => new CorpusSource($"{name}/{EscapedName.Of(file)}", Path.Combine(folder, file)))
            .Concat(Unnameable(name, folder, found))
            .OrderBy(source => source.Path, StringComparer.Ordinal);
        return Once(files).Concat(found.Folders
            .Where(inner => IsNameable(folder, inner))
            .Order(StringComparer.Ordinal)
            .SelectMany(inner => Below($"{name}/{EscapedName.Of(inner)}", Path.Combine(folder, inner), depth + 1)));
    }

    // A link to a folder above itself would never end; a file taken twice would count twice.
    private bool IsFirst(string path, string location)
    {
        FileStatus status = FileStatus.Of(location);
        if (!status.HasIdentity || _seen.Add((status.Device, status.Inode)))
            return true;
        note?.Invoke($"{path} leads to what has been taken by another path");
        return false;
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
    private static IEnumerable<CorpusSource> Unnameable(string name, string folder, (string[] Files, string[] Folders) found)
    {
        if (found.Files.Concat(found.Folders).All(entry => IsNameable(folder, entry)))
            return [];
        return FolderNames.Read(folder)
            .Select(entry => (Name: EscapedName.Encoding.GetString(entry.Name), entry.MayBeFolder))
            .Where(entry => EscapedName.HasRawBytes(entry.Name) && (entry.MayBeFolder || CorpusSource.IsSource(entry.Name)))
            .Select(entry => new CorpusSource($"{name}/{EscapedName.Of(entry.Name)}", Path.Combine(folder, entry.Name)));
    }

    private static bool IsNameable(string folder, string entry) =>
        !entry.Contains('\uFFFD', StringComparison.Ordinal) || FileStatus.Of(Path.Combine(folder, entry)).Kind != FileKind.Missing;

    private static bool IsRun(string folder)
    {
        var run = new RunDirectory(folder);
        return File.Exists(run.RunJson) && File.Exists(run.Manifest);
    }
}
