using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.ZStandard;
using CompressionMode = SharpCompress.Compressors.CompressionMode;

namespace CrystalHpc.Engine.Corpora;

/// <summary>How single files and tar archives are packed, by the ending of their names.</summary>
internal static class Packing
{
    private static readonly (string Ending, string Packed, string Inner)[] Endings =
    [
        (".tgz", ".gz", ".tar"), (".tbz2", ".bz2", ".tar"), (".tbz", ".bz2", ".tar"), (".txz", ".xz", ".tar"), (".tzst", ".zst", ".tar"),
        (".gz", ".gz", ""), (".bz2", ".bz2", ""), (".xz", ".xz", ""), (".zst", ".zst", ""),
        (".z", ".z", ""), (".lz", ".lz", ""), (".lzma", ".lzma", ""), (".lz4", ".lz4", ""), (".lzo", ".lzo", ""), (".br", ".br", ""),
    ];

    /// <summary>The ending that tells the packing, such as <c>.gz</c> (of <c>x.tgz</c>, too); empty for what is not packed.</summary>
    public static string Of(string name) => Find(name).Packed ?? "";

    /// <summary>The name of what is packed: <c>x.tar</c> of <c>x.tgz</c>.</summary>
    public static string NameInside(string name)
    {
        (string? ending, _, string inner) = Find(name);
        return ending is null ? name : name[..^ending.Length] + inner;
    }

    /// <summary>Unpacks a stream, if its name says that it is packed.</summary>
    /// <param name="name">Name of the file or member.</param>
    /// <param name="packed">Its bytes; disposed with the result.</param>
    /// <param name="limit">How much may come out.</param>
    /// <exception cref="InvalidDataException">No such packing is read.</exception>
    public static Stream Open(string name, Stream packed, ExpansionLimit limit) => Of(name) switch
    {
        "" => packed,
        ".gz" => new ExpansionGuard(() => new WholeGzipStream(packed), packed, limit),
        ".bz2" => new ExpansionGuard(() => UnpackBzip2(packed), packed, limit),
        ".xz" => new ExpansionGuard(() => new XzStreams(packed), packed, limit),
        ".zst" => new ExpansionGuard(() => UnpackZstandard(new PeekableStream(packed)), packed, limit),
        string other => throw new InvalidDataException($"files packed as {other} are not read: pack it as .gz, .bz2, .xz or .zst"),
    };

    private static BZip2Stream UnpackBzip2(Stream packed) => BZip2Stream.Create(
        packed, CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: false, tolerateTruncatedStream: false);

    // An empty file is whole to the library.
    private static DecompressionStream UnpackZstandard(PeekableStream packed) => packed.Peek() < 0
        ? throw new EndOfStreamException("the file is empty")
        : new DecompressionStream(packed, checkEndOfStream: true, leaveOpen: false);

    private static (string? Ending, string? Packed, string Inner) Find(string name) =>
        Array.Find(Endings, candidate => name.EndsWith(candidate.Ending, StringComparison.OrdinalIgnoreCase));
}
