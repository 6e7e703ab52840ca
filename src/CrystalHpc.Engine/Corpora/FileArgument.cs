using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Corpora;

/// <summary>A file as the command line names it: packed or not, a member of an archive as <c>ARCHIVE!MEMBER</c>, or <c>-</c> for standard input.</summary>
public static class FileArgument
{
    /// <summary>The bytes of the file.</summary>
    /// <exception cref="UserException">There is no such file or member, it cannot be read, or it is longer than the limits allow.</exception>
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

    private static byte[] ReadFile(string file, CorpusLimits limits)
    {
        int bang = file.IndexOf('!', StringComparison.Ordinal);
        string location = Path.GetFullPath(bang < 0 ? file : file[..bang]);
        if (!File.Exists(location))
            throw UserException.Unusable($"there is no file {location}");
        var source = new CorpusSource(Path.GetFileName(location), location);
        try
        {
            using ICorpusCursor cursor = source.Open(limits);
            while (cursor.MoveNext(out CorpusMember member))
            {
                if (bang >= 0 && member.Name != file[(bang + 1)..])
                    continue;
                using Stream stream = cursor.Open();
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return bytes.Length <= limits.MaxFileBytes
                    ? bytes.ToArray()
                    : throw UserException.Unusable($"{file} is longer than {limits.MaxFileBytes} bytes");
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw UserException.Unusable($"{file}: {fault.Message}");
        }

        throw UserException.Unusable($"{file}: the archive has no such member");
    }
}
