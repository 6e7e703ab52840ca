using System.Text;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Files that users name, anywhere: written as a whole, and only over files that this program wrote there before, which it knows by a text
/// near their beginning.
/// </summary>
public static class NamedOutput
{
    private const int HeadBytes = 4096;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="signature">ASCII text that stands near the beginning of every file of this kind.</param>
    /// <param name="write">Writes the content, with the signature.</param>
    /// <exception cref="UserException">It cannot be written, or another file is there; that one is left as it is.</exception>
    public static void Write(string path, string signature, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        try
        {
            if (File.Exists(full) && !Carries(full, signature))
                throw UserException.Unusable($"{full} is there already and was not written by this program; it is left as it is");
            WholeFile.Write(full, write);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Unusable($"{full} cannot be written: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static bool Carries(string path, string signature)
    {
        byte[] head = new byte[HeadBytes];
        using FileStream file = File.OpenRead(path);
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan(0, length).IndexOf(Encoding.ASCII.GetBytes(signature)) >= 0;
    }
}
