using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// Directories that this program may write and delete in: those that it has made or found empty, which carry its marker, the folder
/// <c>.crystalhpc</c>. A run directory is also known by its run.json, since copies may have lost the marker. Even there nothing is deleted
/// but what has a name that the program gives.
/// </summary>
public static class OwnedDirectory
{
    /// <summary>The marker.</summary>
    public const string MarkerName = ".crystalhpc";

    // What job scripts and file systems put into a directory before the program comes to it.
    private static readonly string[] Harmless = ["logs", "lost+found"];

    /// <summary>Takes a directory into possession: makes it, or marks it when it is empty, or finds it marked.</summary>
    /// <exception cref="UserException">It holds what is not of this program; nothing has been touched.</exception>
    public static void Claim(string directory)
    {
        if (File.Exists(directory))
            throw UserException.Unusable($"{directory} is a file; it is left as it is. Name a new or an empty directory");
        if (!IsOurs(directory) && HoldsAnything(directory))
        {
            throw UserException.Unusable(
                $"{directory} holds files that are not of this program, and nothing in it was touched. " +
                "Name a new or an empty directory, or move what is there away");
        }

        Directory.CreateDirectory(MarkerOf(directory));
    }

    /// <summary>The marker of a directory.</summary>
    public static string MarkerOf(string directory) => Path.Combine(directory, MarkerName);

    /// <summary>Removes a folder with the files that are meant; where it holds others, it stays with those.</summary>
    /// <param name="folder">A folder in a directory that is ours.</param>
    /// <param name="isOurs">Whether a file of that name was made by this program.</param>
    /// <returns>True when the folder is gone.</returns>
    public static bool Remove(string folder, Func<string, bool> isOurs)
    {
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => isOurs(Path.GetFileName(path))))
            File.Delete(path);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            return false;
        Directory.Delete(folder);
        return true;
    }

    private static bool HoldsAnything(string directory) =>
        Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).Except(Harmless).Any();

    private static bool IsOurs(string directory)
    {
        if (Directory.Exists(MarkerOf(directory)))
            return true;
        string run = new RunDirectory(directory).RunJson;
        try
        {
            return File.Exists(run) && JsonNode.Parse(File.ReadAllBytes(run)) is JsonObject json
                && json.ContainsKey("format") && json.ContainsKey("code_version") && json.ContainsKey("extraction_digest");
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
