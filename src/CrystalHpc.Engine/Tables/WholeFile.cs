using System.Security.Cryptography;

namespace CrystalHpc.Engine.Tables;

/// <summary>Files appear whole or not at all: written beside their place, flushed to the disk, then renamed.</summary>
public static class WholeFile
{
    /// <summary>Writes a file through a stream.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string aside = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            using (var stream = new OutputFile(aside))
            {
                write(stream);
                stream.Flush(toDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Removes what a process that was killed has left unfinished in a folder, if there is that folder.</summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string path in Directory.EnumerateFiles(folder, "*.tmp"))
            File.Delete(path);
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    public static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
