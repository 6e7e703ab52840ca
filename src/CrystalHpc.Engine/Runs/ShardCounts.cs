using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Engine.Runs;

/// <summary>What became of the files of a shard, or of several: each file yields at least one structure or one rejected row.</summary>
/// <param name="Files">Files of the manifest.</param>
/// <param name="Structures">Rows of <c>structures.csv</c>.</param>
/// <param name="Accepted">Rows with the verdict accepted.</param>
/// <param name="FailedFiles">Files that could not be read, had changed, or made the program fail.</param>
/// <param name="Made">What the products made of accepted structures, by name: <c>equations</c>, <c>bonds</c>; in the order of the
/// products.</param>
public sealed record ShardCounts(long Files, long Structures, long Accepted, long FailedFiles, OrderedDictionary<string, long> Made)
{
    /// <summary>Nothing yet, of things with these names.</summary>
    public static ShardCounts Zero(IEnumerable<string> names) =>
        new(0, 0, 0, 0, new OrderedDictionary<string, long>(names.Select(name => KeyValuePair.Create(name, 0L))));

    /// <summary>The counts of all ranks together; all ranks count the same things. A collective call.</summary>
    public ShardCounts SumOverRanks(GlobalSum sum)
    {
        long[] values = [Files, Structures, Accepted, FailedFiles, .. Made.Values];
        sum(values);
        return new ShardCounts(
            values[0], values[1], values[2], values[3],
            new OrderedDictionary<string, long>(Made.Keys.Zip(values[4..], KeyValuePair.Create)));
    }

    /// <summary>Both together.</summary>
    public ShardCounts Plus(ShardCounts other)
    {
        var made = new OrderedDictionary<string, long>(Made);
        foreach ((string name, long count) in other.Made)
            made[name] = made.GetValueOrDefault(name) + count;
        return new ShardCounts(
            Files + other.Files, Structures + other.Structures, Accepted + other.Accepted, FailedFiles + other.FailedFiles, made);
    }
}
