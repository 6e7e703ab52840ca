using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What the gate left of the equations of cations: equations, bonds and structures by key, and totals; the same in every process.
/// </summary>
/// <param name="SiteCounts">Equations used, by key.</param>
/// <param name="BondCounts">Bonds used, by key.</param>
/// <param name="StructureCounts">Structures used, by key.</param>
/// <param name="GroupCounts">Groups of structures used, by key: structures by weight, where redeterminations of one structure share that of
/// one.</param>
/// <param name="EquationCount">Equations used.</param>
/// <param name="GatedCount">Equations left out.</param>
/// <param name="TotalWeight">Sum of the weights of the equations used.</param>
internal sealed record KeyStatistics(
    long[] SiteCounts, long[] BondCounts, long[] StructureCounts, double[] GroupCounts, long EquationCount, long GatedCount,
    double TotalWeight)
{
    /// <summary>Counts over all processes. A structure must not be spread over shards.</summary>
    public static KeyStatistics Compute(int keyCount, IReadOnlyList<FitShard> shards, GlobalSum globalSum)
    {
        long[] counts = new long[3 * keyCount + 2];
        ReproducibleSum weights = new(1 + keyCount);
        foreach (FitShard shard in shards)
        {
            HashSet<(int, int)> structures = [];
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                int slot = shard.SlotOfRow[row];
                if (!shard.Table.IsCation[row])
                    continue;
                bool isUsed = shard.Weights[slot] > 0;
                counts[3 * keyCount + (isUsed ? 0 : 1)]++;
                if (!isUsed)
                    continue;
                weights.Add(keyCount, shard.Table.Weights[row]);
                for (int segment = shard.SegmentStart(slot); segment < shard.SegmentEnd(slot); segment += FitShard.Lanes)
                {
                    int key = shard.Keys[shard.SegmentKeys[segment]];
                    counts[key]++;
                    counts[keyCount + key] += shard.SegmentLength(segment);
                    if (!structures.Add((shard.Table.Identities[row].Structure, key)))
                        continue;
                    counts[2 * keyCount + key]++;
                    weights.Add(key, shard.Table.Weights[row]);
                }
            }
        }

        globalSum(counts);
        weights.AllReduce(globalSum);
        return new KeyStatistics(
            counts[..keyCount], counts[keyCount..(2 * keyCount)], counts[(2 * keyCount)..(3 * keyCount)],
            [.. Enumerable.Range(0, keyCount).Select(weights.Read)], counts[3 * keyCount], counts[3 * keyCount + 1],
            weights.Read(keyCount));
    }

    /// <summary>Weighted root mean square residual of the equations of each key, v.u., from the valence sums last computed.</summary>
    public static double[] ComputeRmsd(int keyCount, IReadOnlyList<FitShard> shards, GlobalSum globalSum)
    {
        ReproducibleSum sums = new(2 * keyCount);
        foreach (FitShard shard in shards)
        {
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                int slot = shard.SlotOfRow[row];
                if (!shard.Table.IsCation[row] || !(shard.Weights[slot] > 0))
                    continue;
                double weight = shard.Table.Weights[row];
                double residual = shard.Valences[slot] - shard.Targets[slot];
                for (int segment = shard.SegmentStart(slot); segment < shard.SegmentEnd(slot); segment += FitShard.Lanes)
                {
                    int key = shard.Keys[shard.SegmentKeys[segment]];
                    sums.Add(key, weight * residual * residual);
                    sums.Add(keyCount + key, weight);
                }
            }
        }

        sums.AllReduce(globalSum);
        double[] rmsd = new double[keyCount];
        for (int key = 0; key < keyCount; key++)
            rmsd[key] = Math.Sqrt(sums.Read(key) / sums.Read(keyCount + key));
        return rmsd;
    }
}
