using CrystalHpc.Core.Findings;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>A single CIF file or an archive of them, or a folder that could not be entered.</summary>
/// <param name="Path">Path from the corpus root's own name on, with forward slashes, escaped: what the manifest records.</param>
/// <param name="Location">Where it lies on this machine.</param>
public sealed record CorpusSource(string Path, string Location)
{
    private static readonly string[] CifEndings = [".cif", ".mcif", ".scif"];
    private static readonly string[] ForeignArchives = [".7z", ".rar"];

    /// <summary>True for an archive whose members can be listed only by unpacking it.</summary>
    public bool IsPackedArchive => IsTar(Path) && Packing.Of(Path).Length > 0;

    /// <summary>True when the file's ending says that it is a CIF file or an archive that can hold some.</summary>
    public static bool IsSource(string path) => IsArchive(path) || IsCif(path);

    /// <summary>
    /// True for the name of a CIF file, packed or not; also a magnetic or a modulated one (those are recognized and rejected later, by
    /// code).
    /// </summary>
    public static bool IsCif(string path) => EndsWithAny(Packing.NameInside(path), CifEndings);

    /// <summary>True when the source is an archive whose members are named <c>archive!member</c>.</summary>
    public static bool IsArchive(string path) =>
        IsTar(path) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || EndsWithAny(path, ForeignArchives);

    /// <summary>Starts a pass over the source's files.</summary>
    /// <exception cref="IOException">The source cannot be opened, or is nothing that is opened.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public ICorpusCursor Open(CorpusLimits limits)
    {
        if (EscapedName.HasRawBytes(Location))
            throw new IOException("its name is not UTF-8; rename it");
        if (ProblemOf(FileStatus.Of(Location).Kind) is { } problem)
            throw new IOException(problem);
        if (EndsWithAny(Location, ForeignArchives))
            throw new InvalidDataException("archives of this kind are not read: pack the files as .tar.gz or .zip");
        return IsTar(Location) ? new TarCursor(Location, limits)
            : IsArchive(Location) ? new ZipCursor(Location, limits)
            : new FileCursor(Location);
    }

    /// <summary>Manifest path of a member of this source.</summary>
    public string PathOf(CorpusMember member) => member.Name.Length == 0 ? Path : $"{Path}!{member.Name}";

    /// <summary>Why a member is not to be read; null: nothing is known against it.</summary>
    public Finding? ProblemOf(CorpusMember member)
    {
        string name = member.Name.Length == 0 ? Path : member.Name;
        return member.Problem is not null ? member.Problem
            : !IsSafe(member.Name) ? new Finding(FileFindings.Refused, "its name leads out of the archive")
            : IsAppleDouble(name) ? new Finding(FileFindings.Skipped, "what macOS keeps beside a file of this name, not the file")
            : member.Name.Length > 0 && IsArchive(name) ? new Finding(FileFindings.Skipped, "archives within archives are not opened")
            : null;
    }

    private static string? ProblemOf(FileKind kind) => kind switch
    {
        FileKind.NamedPipe => "it is a named pipe, not a file",
        FileKind.Socket => "it is a socket, not a file",
        FileKind.Device => "it is a device, not a file",
        FileKind.Folder => "it is a folder that cannot be read or lies too deep",
        _ => null,
    };

    // Names that would leave a folder when unpacked are never right.
    private static bool IsSafe(string name) => !name.StartsWith('/') && !name.Split('/', '\\').Contains("..");

    private static bool IsAppleDouble(string name) =>
        name[(name.LastIndexOf('/') + 1)..].StartsWith("._", StringComparison.Ordinal) || name.Split('/').Contains("__MACOSX");

    private static bool IsTar(string path) => Packing.NameInside(path).EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    private static bool EndsWithAny(string path, string[] endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
