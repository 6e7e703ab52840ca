namespace CrystalHpc.Engine.Corpora;

/// <summary>A single CIF file or an archive of them.</summary>
/// <param name="Path">Path from the corpus root's own name on, with forward slashes: what the manifest records.</param>
/// <param name="Location">Where it lies on this machine.</param>
public sealed record CorpusSource(string Path, string Location)
{
    private static readonly string[] TarEndings = [".tar", ".tar.gz", ".tgz"];
    private static readonly string[] CifEndings = [".cif", ".mcif", ".scif"];
    private static readonly string[] PackedCifEndings = [".cif.gz", ".mcif.gz", ".scif.gz"];

    /// <summary>True when the file's ending says that it is a CIF file or an archive that can hold some.</summary>
    public static bool IsSource(string path) => IsArchive(path) || IsCif(path) || EndsWithAny(path, PackedCifEndings);

    /// <summary>True for the name of a CIF file, a magnetic or a modulated one (those are recognized and rejected later, by code).</summary>
    public static bool IsCif(string path) => EndsWithAny(path, CifEndings);

    /// <summary>True when the source is an archive whose members are named <c>archive!member</c>.</summary>
    public static bool IsArchive(string path) => EndsWithAny(path, TarEndings) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Starts a pass over the source's files.</summary>
    /// <exception cref="IOException">The source cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public ICorpusCursor Open(CorpusLimits limits) =>
        EndsWithAny(Location, TarEndings) ? new TarCursor(Location, limits)
        : IsArchive(Location) ? new ZipCursor(Location, limits)
        : new FileCursor(Location);

    /// <summary>Manifest path of a member of this source.</summary>
    public string PathOf(CorpusMember member) => member.Name.Length == 0 ? Path : $"{Path}!{member.Name}";

    private static bool EndsWithAny(string path, string[] endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
