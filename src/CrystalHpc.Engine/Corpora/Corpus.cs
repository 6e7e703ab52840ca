using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Corpora;

/// <summary>The folders, archives, files and list files that make up a corpus, found by the names that the manifest uses.</summary>
public sealed class Corpus
{
    private const int DeepestFolder = 64;

    private readonly SortedDictionary<string, string> _roots = new(StringComparer.Ordinal);

    /// <summary>Takes the roots of a corpus.</summary>
    /// <exception cref="UserException">A root does not exist, or two have the same name.</exception>
    public Corpus(IReadOnlyList<string> roots)
    {
        if (roots.Count == 0)
            throw UserException.Configuration("the corpus has no path");
        foreach (string root in roots.Select(Path.GetFullPath))
        {
            if (!File.Exists(root) && !Directory.Exists(root))
                throw UserException.Unusable($"the corpus path {root} does not exist");
            if (!_roots.TryAdd(NameOf(root), root))
                throw UserException.Unusable($"two corpus paths have the name '{NameOf(root)}'; names must differ, because the manifest uses them");
        }
    }

    /// <summary>
    /// All sources, one at a time, in an order that is the same on every machine: roots by name, folders from the top down, names in ordinal
    /// order, list files in their own.
    /// </summary>
    public IEnumerable<CorpusSource> Sources()
    {
        foreach ((string name, string root) in _roots)
        {
            IEnumerable<CorpusSource> sources = Directory.Exists(root) ? Below(name, root, 0)
                : IsList(root) ? Listed(name, root)
                : [new CorpusSource(name, root)];
            foreach (CorpusSource source in sources)
                yield return source;
        }
    }

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
            throw UserException.Unusable($"the manifest names '{manifestPath}', but no corpus path is called '{rootName}' (there is: {roots}); use --corpus");
        }

        string folder = IsList(root) ? Path.GetDirectoryName(root)! : root;
        return new CorpusSource(source, slash < 0 ? root : Path.Combine(folder, source[(slash + 1)..]));
    }

    private static IEnumerable<CorpusSource> Below(string name, string folder, int depth)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(CorpusSource.IsSource).Select(file => Path.GetFileName(file)!)];
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
            yield return new CorpusSource($"{name}/{file}", Path.Combine(folder, file));
        if (depth == DeepestFolder)
            yield break;
        string[] folders = [.. Directory.EnumerateDirectories(folder).Where(inner => !LeadsBack(inner)).Select(inner => Path.GetFileName(inner)!)];
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (string inner in folders)
        {
            foreach (CorpusSource source in Below($"{name}/{inner}", Path.Combine(folder, inner), depth + 1))
                yield return source;
        }
    }

    // A link to a folder above itself would never end.
    private static bool LeadsBack(string folder) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is { } target
        && $"{folder}/".StartsWith($"{Path.TrimEndingDirectorySeparator(target.FullName)}/", StringComparison.Ordinal);

    private static IEnumerable<CorpusSource> Listed(string name, string list) => File.ReadLines(list)
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => CorpusSource.IsSource(line)
            ? new CorpusSource($"{name}/{line}", Path.Combine(Path.GetDirectoryName(list)!, line))
            : throw UserException.Unusable($"{list} names '{line}', which is neither a CIF file nor an archive"));

    private static bool IsList(string path) => path.EndsWith(".list", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string root) => Path.GetFileName(Path.TrimEndingDirectorySeparator(root));
}
