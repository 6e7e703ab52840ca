using System.Formats.Tar;
using System.IO.Compression;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Commands;

/// <summary>What a synthetic corpus is written as.</summary>
internal enum CorpusFormat
{
    /// <summary>Folders as COD has them.</summary>
    Files,

    /// <summary><c>corpus.zip</c>.</summary>
    Zip,

    /// <summary><c>corpus.tar.gz</c>.</summary>
    TarGz,
}

/// <summary>Takes files one after the other.</summary>
internal interface ICorpusOutput : IDisposable
{
    /// <summary>Adds a file; the path has slashes.</summary>
    void Add(string path, ReadOnlySpan<byte> bytes);
}

/// <summary>The kinds of output. All times in archives are the same, so that the same corpus has the same bytes.</summary>
internal static class CorpusOutput
{
    private static readonly DateTimeOffset Time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Opens the output; null on ranks that do not write.</summary>
    public static ICorpusOutput? Open(CorpusFormat format, string directory, bool isRoot) => format switch
    {
        CorpusFormat.Files => new Folders(directory),
        CorpusFormat.Zip => isRoot ? new Zip(Path.Combine(directory, "corpus.zip")) : null,
        _ => isRoot ? new TarGz(Path.Combine(directory, "corpus.tar.gz")) : null,
    };

    private sealed class Folders(string directory) : ICorpusOutput
    {
        private string _last = "";

        public void Add(string path, ReadOnlySpan<byte> bytes)
        {
            string full = Path.Combine(directory, path);
            string folder = Path.GetDirectoryName(full)!;
            if (folder != _last)
                Directory.CreateDirectory(_last = folder);
            using var file = new OutputFileStream(full, FileMode.CreateNew);
            file.Write(bytes);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Zip(string path) : ICorpusOutput
    {
        private readonly ZipArchive _archive = new(new OutputFileStream(path, FileMode.CreateNew), ZipArchiveMode.Create);

        public void Add(string path, ReadOnlySpan<byte> bytes)
        {
            ZipArchiveEntry entry = _archive.CreateEntry(path, CompressionLevel.Fastest);
            entry.LastWriteTime = Time;
            using Stream stream = entry.Open();
            stream.Write(bytes);
        }

        public void Dispose() => _archive.Dispose();
    }

    private sealed class TarGz(string path) : ICorpusOutput
    {
        private readonly TarWriter _archive = new(new GZipStream(new OutputFileStream(path, FileMode.CreateNew), CompressionLevel.Fastest),
            TarEntryFormat.Ustar);

        public void Add(string path, ReadOnlySpan<byte> bytes) => _archive.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, path) { ModificationTime = Time, DataStream = new MemoryStream(bytes.ToArray()) });

        public void Dispose() => _archive.Dispose();
    }
}
