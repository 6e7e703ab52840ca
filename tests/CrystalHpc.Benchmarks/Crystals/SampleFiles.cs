using System.Formats.Tar;
using System.IO.Compression;

namespace CrystalHpc.Benchmarks;

/// <summary>The CIF files to measure on, read into memory before any clock runs.</summary>
internal static class SampleFiles
{
    private const string DefaultCorpus = "shared/corpus/cod-real.tar.gz";

    /// <summary>The files named by --corpus, or of the corpus beside the repository; none when there is neither.</summary>
    public static List<byte[]> Load(string[] args)
    {
        if ((Arguments.Find(args, "--corpus") ?? BesideRepository()) is { } path)
            return Directory.Exists(path) ? FromFolder(path) : FromArchive(path);
        Console.WriteLine($"no --corpus and no ../{DefaultCorpus}: real files are left out");
        return [];
    }

    /// <summary>Writes files into a new temporary folder for a peer of another process, named 00000.cif and up.</summary>
    public static string WriteTemporary(IReadOnlyList<byte[]> files)
    {
        string folder = Directory.CreateTempSubdirectory("crystalhpc-benchmark-").FullName;
        for (int i = 0; i < files.Count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i:D5}.cif"), files[i]);
        return folder;
    }

    private static List<byte[]> FromFolder(string path) =>
        [.. Directory.EnumerateFiles(path, "*.cif", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static List<byte[]> FromArchive(string path)
    {
        List<byte[]> files = [];
        using TarReader archive = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using MemoryStream content = new();
            entry.DataStream.CopyTo(content);
            files.Add(content.ToArray());
        }

        return files;
    }

    private static string? BesideRepository()
    {
        string corpus = Path.Combine(Machine.RepositoryRoot(), "..", DefaultCorpus);
        return File.Exists(corpus) ? corpus : null;
    }
}
