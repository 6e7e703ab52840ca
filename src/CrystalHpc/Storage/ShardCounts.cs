using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Storage;

/// <summary>What became of the files of a shard, or of several: each file yields at least one structure or one rejected row.</summary>
/// <param name="Files">Files of the manifest.</param>
/// <param name="Structures">Rows of <c>structures.csv</c>.</param>
/// <param name="Accepted">Rows with the verdict accepted.</param>
/// <param name="FailedFiles">Files that could not be read, had changed, or made the program fail.</param>
/// <param name="Equations">Bond-valence equations.</param>
/// <param name="Bonds">Their bonds.</param>
internal readonly record struct ShardCounts(long Files, long Structures, long Accepted, long FailedFiles, long Equations, long Bonds)
{
    /// <summary>The counts of all ranks together.</summary>
    public ShardCounts SumOverRanks(GlobalSum sum)
    {
        Span<long> values = [Files, Structures, Accepted, FailedFiles, Equations, Bonds];
        sum(values);
        return new ShardCounts(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    public static ShardCounts operator +(ShardCounts left, ShardCounts right) => new(
        left.Files + right.Files,
        left.Structures + right.Structures,
        left.Accepted + right.Accepted,
        left.FailedFiles + right.FailedFiles,
        left.Equations + right.Equations,
        left.Bonds + right.Bonds);
}
