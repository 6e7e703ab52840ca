using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>
/// The real CIF files beside the repository, and what pymatgen 2022.11.7 makes of them (producer: shared/gold/README.md).
/// </summary>
internal static class RealCorpus
{
    private static readonly Lazy<List<(string Path, byte[] Bytes)>> LoadedFiles = new(() => Read("cod-real"));

    /// <summary>The files of cod-real.tar.gz in the archive's order, by their path in it.</summary>
    public static List<(string Path, byte[] Bytes)> Files => LoadedFiles.Value;

    /// <summary>The first structure of a file, as a run would take it, with all findings; null when no block has one.</summary>
    public static CrystalStructure? FirstStructure(byte[] file, List<Finding> findings, StructureReaderOptions? options = null)
    {
        options ??= StructureReaderOptions.Default;
        // As the pipeline does: the blocks with atom lists, or what the first one lacks.
        IReadOnlyList<CifBlock> blocks = CifDocument.Parse(file, findings).Blocks;
        foreach (CifBlock block in blocks.Any(StructureReader.HasAtomSites) ? blocks.Where(StructureReader.HasAtomSites) : blocks.Take(1))
        {
            if (StructureReader.Read(block, options, findings) is { } structure)
                return structure;
        }

        return null;
    }

    /// <summary>The lines of the reference output, by file.</summary>
    public static IEnumerable<JsonElement> PymatgenLines()
    {
        using var reader = new StreamReader(new GZipStream(
            File.OpenRead(TestPaths.SharedOrIgnore("gold/pymatgen-cod-real.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    /// <summary>The files of an archive of the shared corpus in the archive's order, by their path in it.</summary>
    public static List<(string Path, byte[] Bytes)> Read(string archiveName)
    {
        var files = new List<(string, byte[])>();
        using var archive = new TarReader(new GZipStream(
            File.OpenRead(TestPaths.SharedOrIgnore($"corpus/{archiveName}.tar.gz")), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            var bytes = new MemoryStream();
            entry.DataStream.CopyTo(bytes);
            files.Add((entry.Name, bytes.ToArray()));
        }

        return files;
    }
}
