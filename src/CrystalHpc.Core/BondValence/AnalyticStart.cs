using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// Parameters before the fit, without iteration. With B fixed, an equation with one kind of bond has the exact solution
/// r0 = rbar + e, e = B ln(V / sum_j exp((rbar - r_j)/B)); the start of a key is the weighted median of e over its equations, where a bond of
/// another key counts as if its r0 were its own mean length. The median shrugs off gross errors, which the gate then leaves out.
/// </summary>
internal sealed class AnalyticStart
{
    private const double UnitAngstrom = 1e-8;
    private const double LimitAngstrom = 20;
    private const double WeightUnit = 1.0 / (1 << 24);

    private AnalyticStart(double[] meanLengths, double[] shifts) => (MeanLengths, Shifts) = (meanLengths, shifts);

    /// <summary>Weighted mean bond length of each key, Å: the origin rbar of its distances. NaN for a key without bonds.</summary>
    public double[] MeanLengths { get; }

    /// <summary>r0 - rbar of each key, Å; NaN for a key without bonds.</summary>
    public double[] Shifts { get; }

    /// <summary>Computes the start and sets the mean lengths of the shards.</summary>
    public static AnalyticStart Compute(int keyCount, double softnessAngstrom, IReadOnlyList<FitShard> shards, GlobalSum globalSum)
    {
        double[] means = ComputeMeanLengths(keyCount, shards, globalSum);
        double[] zeros = new double[keyCount], inverse = new double[keyCount];
        Array.Fill(inverse, 1 / softnessAngstrom);
        long[][] errors = new long[shards.Count][];
        for (int i = 0; i < shards.Count; i++)
        {
            FitShard shard = shards[i];
            shard.SetMeanLengths(means);
            shard.ComputeValences(zeros, inverse);
            errors[i] = new long[shard.Table.EquationCount];
            for (int row = 0; row < errors[i].Length; row++)
            {
                double error = softnessAngstrom * PortableMath.Log(shard.Table.Valences[row] / shard.Valences[shard.SlotOfRow[row]]);
                errors[i][row] = (long)Math.Round(Math.Clamp(error, -LimitAngstrom, LimitAngstrom) / UnitAngstrom);
            }
        }

        long[] medians = WeightedMedian.Compute(keyCount, (long)(LimitAngstrom / UnitAngstrom), visit => Visit(shards, errors, visit), globalSum);
        return new AnalyticStart(means, [.. medians.Select(median => median == long.MinValue ? double.NaN : median * UnitAngstrom)]);
    }

    // An equation counts for each of its keys by the part of its valence that the key carries.
    private static void Visit(IReadOnlyList<FitShard> shards, long[][] errors, Action<int, long, long> visit)
    {
        for (int i = 0; i < shards.Count; i++)
        {
            FitShard shard = shards[i];
            for (int row = 0; row < errors[i].Length; row++)
            {
                int slot = shard.SlotOfRow[row];
                for (int segment = shard.SegmentStart(slot); segment < shard.SegmentEnd(slot); segment += FitShard.Lanes)
                {
                    double share = shard.SegmentValences[segment] / shard.Valences[slot];
                    long weight = (long)Math.Ceiling(shard.Weights[slot] * share / WeightUnit);
                    visit(shard.Keys[shard.SegmentKeys[segment]], errors[i][row], weight);
                }
            }
        }
    }

    private static double[] ComputeMeanLengths(int keyCount, IReadOnlyList<FitShard> shards, GlobalSum globalSum)
    {
        ReproducibleSum sums = new(2 * keyCount);
        foreach (FitShard shard in shards)
        {
            ReadOnlySpan<int> keys = shard.Table.KeyIndices;
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                for (int bond = shard.Table.BondOffsets[row]; bond < shard.Table.BondOffsets[row + 1]; bond++)
                {
                    sums.Add(2 * keys[bond], shard.Table.Weights[row] * shard.Table.DistancesAngstrom[bond]);
                    sums.Add(2 * keys[bond] + 1, shard.Table.Weights[row]);
                }
            }
        }

        sums.AllReduce(globalSum);
        double[] means = new double[keyCount];
        for (int key = 0; key < keyCount; key++)
            means[key] = sums.Read(2 * key) / sums.Read(2 * key + 1);
        return means;
    }
}
