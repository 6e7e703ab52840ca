using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Files appear whole or not at all: written beside their place under a name that no other process uses, flushed to the disk, closed, then
/// renamed. A failure of any of these steps is an <see cref="IOException"/>, and what stood in the place before stays.
/// </summary>
public static partial class WholeFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="overwrite">Whether the file may replace one that is there.</param>
    /// <returns>SHA-256 of the content, lower-case hexadecimal.</returns>
    /// <exception cref="IOException">It cannot be written, or is there already and may not be replaced.</exception>
    public static string Write(string path, Action<Stream> write, bool overwrite = true)
    {
        string aside = AsideOf(path);
        string digest = "";
        try
        {
            using (var file = new OutputFileStream(aside))
            using (var stream = new DigestStream(file, sha256 => digest = sha256))
            {
                write(stream);
                file.FlushToDisk();
            }

            File.Move(aside, path, overwrite);
        }
        catch
        {
            Discard(() => File.Delete(aside));
            throw;
        }

        return digest;
    }

    /// <summary>A name beside a file or folder that no other process uses and that <see cref="IsAside"/> knows.</summary>
    public static string AsideOf(string path) => string.Create(
        CultureInfo.InvariantCulture, $"{path}.{ProcessIdentity.Own.FileName}-{Environment.CurrentManagedThreadId}.tmp");

    /// <summary>True for names that <see cref="AsideOf"/> gives.</summary>
    public static bool IsAside(string path) => Aside().IsMatch(Path.GetFileName(path));

    /// <summary>Removes what processes that were killed have left unfinished in a folder, if there is that folder.</summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string path in Directory.EnumerateFiles(folder, "*.tmp").Where(IsAside))
            File.Delete(path);
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    public static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Removes something on the way out of a failure, which must not be hidden by that the removal fails, too.</summary>
    internal static void Discard(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    [GeneratedRegex(@"^.+\.crystalhpc-[A-Za-z0-9._]+-[0-9]+-[0-9]+-[0-9]+\.tmp$")]
    private static partial Regex Aside();
}
