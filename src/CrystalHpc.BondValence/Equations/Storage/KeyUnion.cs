using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.BondValence.Equations;

/// <summary>The keys that occur on any rank.</summary>
internal static class KeyUnion
{
    /// <summary>All keys of all ranks, sorted, each once; the same list everywhere. A collective call.</summary>
    public static IReadOnlyList<BondKey> OverRanks(Job job, IEnumerable<BondKey> mine) =>
        job.World.GatherToAll(mine.Distinct(), all => all.Distinct().Order());
}
