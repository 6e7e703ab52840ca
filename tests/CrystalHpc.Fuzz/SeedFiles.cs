using System.Formats.Tar;
using System.IO.Compression;

namespace CrystalHpc.Fuzz;

/// <summary>The real files that are damaged: small ones, for many inputs in little time.</summary>
internal static class SeedFiles
{
    private const long MaximumBytes = 6_144;

    /// <summary>The samples of the repository and, where it lies beside it, the corpus of real files.</summary>
    public static IReadOnlyList<string> DefaultCorpus()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!File.Exists(Path.Combine(folder, "CrystalHpc.sln")))
                continue;
            string[] paths = [Path.Combine(folder, "samples", "cod"), Path.Combine(folder, "..", "shared", "corpus", "cod-real.tar.gz")];
            return [.. paths.Where(Path.Exists)];
        }

        return [];
    }

    /// <summary>The files of folders and archives, in an order that depends on their names only.</summary>
    public static byte[][] Load(IEnumerable<string> paths) => [.. paths.SelectMany(LoadOne)];

    private static IEnumerable<byte[]> LoadOne(string path)
    {
        if (path.EndsWith(".tar.gz", StringComparison.Ordinal))
            return LoadArchive(path);
        IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.*cif", SearchOption.AllDirectories) : [path];
        return files.Order(StringComparer.Ordinal).Where(file => new FileInfo(file).Length <= MaximumBytes).Select(File.ReadAllBytes);
    }

    private static List<byte[]> LoadArchive(string path)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        using TarReader archive = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || entry.Length > MaximumBytes)
                continue;
            using MemoryStream content = new();
            entry.DataStream.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }

        return [.. files.Values];
    }
}
