using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CrystalHpc.Tests.Golden;

/// <summary>
/// SHA-256 of every table of a run: one line <c>digest  table</c> each. The tables of the shards of one kind count as one, in the order of
/// the shards; the program's version, which <c>parameters.cif</c> names, does not count, nor do the times of files in <c>sources.csv</c>.
/// </summary>
internal static partial class GoldenDigests
{
    /// <summary>The digests of a run directory.</summary>
    public static string[] Of(string run)
    {
        var hashes = new SortedDictionary<string, IncrementalHash>(StringComparer.Ordinal);
        IEnumerable<string> tables = Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "sources.csv")
            .Where(path => Path.GetExtension(path) is ".csv" or ".cif" || Path.GetFileName(path) is "fit.json" or "metrics.json");
        foreach (string path in tables.Order(StringComparer.Ordinal))
        {
            string name = ShardFolder().Replace(Path.GetRelativePath(run, path).Replace('\\', '/'), "shards/*/");
            if (!hashes.TryGetValue(name, out IncrementalHash? hash))
                hashes.Add(name, hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
            byte[] bytes = File.ReadAllBytes(path);
            hash.AppendData(Path.GetExtension(path) == ".cif" ? WithoutVersion(bytes) : bytes);
        }

        return [.. hashes.Select(table => $"{Convert.ToHexStringLower(table.Value.GetHashAndReset())}  {table.Key}")];
    }

    private static byte[] WithoutVersion(byte[] cif)
        => Encoding.UTF8.GetBytes(ProgramVersion().Replace(Encoding.UTF8.GetString(cif), "CrystalHpc"));

    [GeneratedRegex("^shards/[0-9]+/")]
    private static partial Regex ShardFolder();

    [GeneratedRegex("CrystalHpc [0-9][^ '\n]*")]
    private static partial Regex ProgramVersion();
}
