using CrystalHpc.Jobs;

namespace CrystalHpc.Corpora;

/// <summary>The folders, archives and files that make up a corpus, found by the names that the manifest uses.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<string, string> _roots = [];

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

    /// <summary>All sources, sorted by manifest path (ordinal), so that every machine lists them in the same order.</summary>
    public IReadOnlyList<CorpusSource> Sources()
    {
        var sources = new List<CorpusSource>();
        foreach ((string name, string root) in _roots)
        {
            if (File.Exists(root))
                sources.Add(new CorpusSource(name, root));
            else
                sources.AddRange(FilesBelow(root).Select(file => new CorpusSource($"{name}/{Relative(root, file)}", file)));
        }

        sources.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return sources;
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

        return new CorpusSource(source, slash < 0 ? root : Path.Combine(root, source[(slash + 1)..]));
    }

    private static IEnumerable<string> FilesBelow(string root) => Directory
        .EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0, MaxRecursionDepth = 64 })
        .Where(CorpusSource.IsSource);

    private static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    private static string NameOf(string root) => Path.GetFileName(Path.TrimEndingDirectorySeparator(root));
}
