using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// A file that holds the state of a long computation, so that it can go on where it stopped. Three lines: the SHA-256 of the rest; the
/// digest of what the state belongs to; the state. One that is damaged or belongs to something else is not used. For one rank.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="belongsTo">Text that decides what the state belongs to: formats, options, digests of inputs.</param>
public sealed class SealedState(string path, string belongsTo)
{
    private readonly string _owner = Digest(Encoding.UTF8.GetBytes(belongsTo));

    /// <summary>Writes the file as a whole.</summary>
    public void Write(byte[] state)
    {
        byte[] rest = [.. Encoding.ASCII.GetBytes(_owner), (byte)'\n', .. state];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Write(path, stream =>
        {
            stream.Write(Encoding.ASCII.GetBytes(Digest(rest) + "\n"));
            stream.Write(rest);
        });
    }

    /// <summary>The state; empty when there is none, or none that may be used.</summary>
    /// <param name="isDamaged">True when the file is there and damaged.</param>
    public byte[] Read(out bool isDamaged)
    {
        isDamaged = false;
        if (!File.Exists(path))
            return [];
        byte[] bytes = File.ReadAllBytes(path);
        int first = Array.IndexOf(bytes, (byte)'\n'), second = Array.IndexOf(bytes, (byte)'\n', first + 1);
        isDamaged = first < 0 || second < 0 || Digest(bytes.AsSpan(first + 1)) != Encoding.ASCII.GetString(bytes.AsSpan(0, first));
        return !isDamaged && Encoding.ASCII.GetString(bytes.AsSpan(first + 1, second - first - 1)) == _owner ? bytes[(second + 1)..] : [];
    }

    /// <summary>The computation is done: removes the file.</summary>
    public void Remove() => File.Delete(path);

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
