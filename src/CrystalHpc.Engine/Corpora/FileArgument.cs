using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// A file as the command line names it: packed or not, a member of an archive as <c>ARCHIVE!MEMBER</c>, or <c>-</c> for standard input.
/// </summary>
public static class FileArgument
{
    /// <summary>The bytes of the file.</summary>
    /// <exception cref="UserException">There is no such file or member, it cannot be read, or it is longer than the limits
    /// allow.</exception>
    public static byte[] Read(string file, CorpusLimits limits)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file == "-" ? ReadStandardInput() : ReadFile(file, limits);
    }

    private static byte[] ReadStandardInput()
    {
        using Stream input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The id of what the file holds: its name, or that of the member, without folder and ending, as plain text.</summary>
    public static string IdOf(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file == "-" ? "stdin" : PlainText.Of(Path.GetFileNameWithoutExtension(SplitMember(file) is (_, { } member) ? member : file));
    }

    // ARCHIVE!MEMBER, unless the whole is the name of a file.
    private static (string File, string? Member) SplitMember(string file)
    {
        int bang = file.IndexOf('!', StringComparison.Ordinal);
        return bang < 0 || File.Exists(file) ? (file, null) : (file[..bang], file[(bang + 1)..]);
    }

    private static byte[] ReadFile(string file, CorpusLimits limits)
    {
        (string archive, string? wanted) = SplitMember(file);
        string location = Path.GetFullPath(archive);
        if (Directory.Exists(location))
        {
            throw UserException.Unusable(
                $"{location} is a folder, and one file is wanted. For all CIF files in it: 'crystalhpc init my-run.json --corpus {file}', "
                + $"then 'crystalhpc run my-run.json'");
        }

        if (!File.Exists(location))
            throw UserException.Unusable($"there is no file {location}");
        var source = new CorpusSource(EscapedName.Of(Path.GetFileName(location)), location);
        try
        {
            using ICorpusCursor cursor = source.Open(limits);
            while (cursor.MoveNext(out CorpusMember member))
            {
                if (wanted is not null && member.Name != wanted && member.Name != EscapedName.Of(wanted))
                    continue;
                if (source.ProblemOf(member) is { } problem)
                    throw UserException.Unusable($"{file}: {problem.Message}");
                using Stream stream = cursor.Open();
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return bytes.Length <= limits.MaxFileBytes
                    ? bytes.ToArray()
                    : throw UserException.Unusable($"{file} is longer than {limits.MaxFileBytes} bytes");
            }
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault))
        {
            throw UserException.Unusable($"{file}: {FileContent.Reason(fault)}");
        }

        throw UserException.Unusable($"{file}: the archive has no such member");
    }
}
