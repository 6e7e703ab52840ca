using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>The folders, archives, files and list files that make up a corpus, found by the names that the manifest uses.</summary>
public sealed class Corpus
{
    private readonly SortedDictionary<string, string> _roots = new(StringComparer.Ordinal);

    /// <summary>Takes the roots of a corpus.</summary>
    /// <exception cref="UserException">A root does not exist, or two have the same name.</exception>
    public Corpus(IReadOnlyList<string> roots)
    {
        if (roots.Count == 0)
            throw UserException.Configuration("the corpus has no path");
        foreach (string root in roots.Select(Path.GetFullPath))
        {
            FileKind kind = FileStatus.Of(root).Kind;
            if (kind == FileKind.Missing)
                throw UserException.Unusable($"the corpus path {root} does not exist");
            if (kind is not (FileKind.File or FileKind.Folder))
                throw UserException.Unusable($"the corpus path {root} is a named pipe, a socket or a device, not a file or folder");
            if (!_roots.TryAdd(NameOf(root), root))
                throw UserException.Unusable(
                    $"two corpus paths have the name '{NameOf(root)}'; names must differ, because the manifest uses them");
        }
    }

    /// <summary>
    /// All sources, one at a time, in an order that is the same on every machine: roots by name, folders from the top down, names in
    /// ordinal order, list files in their own. A file that several paths lead to is a source once, under the first of them.
    /// </summary>
    /// <param name="note">Called with a sentence for each path that is passed over; may be null.</param>
    public IEnumerable<CorpusSource> Sources(Action<string>? note = null)
    {
        var (walk, tree) = (new CorpusWalk(note), new CorpusTree());
        return Roots()
            .SelectMany(entry => entry.Kind == EntryKind.Subtree ? tree.Below(entry.Path, entry.Location, entry.Depth) : [entry])
            .Where(walk.Takes)
            .Select(entry => new CorpusSource(entry.Path, entry.Location));
    }

    /// <summary>
    /// The entries of the corpus down to folders that are not listed yet, of which there are so many or more, where there are.
    /// </summary>
    internal IEnumerable<CorpusEntry> Upper(int trees)
    {
        const int MostLevels = 4;
        List<CorpusEntry> entries = [.. Roots()];
        var tree = new CorpusTree();
        for (int level = 0; level < MostLevels && entries.Count(entry => entry.Kind == EntryKind.Subtree) < trees; level++)
            entries = [.. entries.SelectMany(entry =>
                entry.Kind == EntryKind.Subtree ? tree.In(entry.Path, entry.Location, entry.Depth) : [entry])];
        return entries;
    }

    // Folders as trees to list, lists as the files that they name.
    private IEnumerable<CorpusEntry> Roots() => _roots.SelectMany(root =>
        Directory.Exists(root.Value) ? [new CorpusEntry(EntryKind.Subtree, 0, root.Key, root.Value, default)]
        : IsList(root.Value) ? Listed(root.Key, root.Value)
            .Select(source => CorpusEntry.Of(EntryKind.Source, 0, source.Path, source.Location))
        : (IEnumerable<CorpusEntry>)[CorpusEntry.Of(EntryKind.Source, 0, root.Key, root.Value)]);

    /// <summary>The source that a manifest path lies in.</summary>
    /// <exception cref="UserException">No root of this corpus has the name that the path begins with.</exception>
    public CorpusSource SourceOf(string manifestPath)
    {
        int bang = manifestPath.IndexOf('!', StringComparison.Ordinal);
        string source = bang < 0 ? manifestPath : manifestPath[..bang];
        int slash = source.IndexOf('/', StringComparison.Ordinal);
        string rootName = slash < 0 ? source : source[..slash];
        if (!_roots.TryGetValue(rootName, out string? root))
        {
            string roots = string.Join(", ", _roots.Keys);
            throw UserException.Unusable(
                $"the manifest names '{manifestPath}', but no corpus path is called '{rootName}' (there is: {roots}); use --corpus");
        }

        string folder = IsList(root) ? Path.GetDirectoryName(root)! : root;
        return new CorpusSource(source, slash < 0 ? root : Path.Combine(folder, EscapedName.Parse(source[(slash + 1)..])));
    }

    private static IEnumerable<CorpusSource> Listed(string name, string list) => File.ReadLines(list)
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => CorpusSource.IsSource(line)
            ? new CorpusSource($"{name}/{EscapedName.Of(line)}", Path.Combine(Path.GetDirectoryName(list)!, line))
            : throw UserException.Unusable($"{list} names '{line}', which is neither a CIF file nor an archive"));

    private static bool IsList(string path) => path.EndsWith(".list", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string root) => EscapedName.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(root)));
}
