using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Parameters before the fit, without iteration. With B fixed, an equation with one kind of bond has the exact solution a = ln(V / sum_j
/// s_j) with the s_j at a = 0; the start of a key is the weighted median of these over its equations, where a bond of another key counts as
/// if its r0 were its own mean length. The median shrugs off gross errors, which the gate then leaves out.
/// </summary>
internal sealed class AnalyticStart
{
    private const double Unit = 1e-8;
    private const double Limit = 50;
    private const double WeightUnit = 1.0 / (1 << 24);

    private AnalyticStart(double[] meanLengths, double[] offsets) => (MeanLengths, Offsets) = (meanLengths, offsets);

    /// <summary>Weighted mean bond length of each key, Å: the origin of its distances. NaN for a key without bonds.</summary>
    public double[] MeanLengths { get; }

    /// <summary>a of each key; NaN for a key without bonds.</summary>
    public double[] Offsets { get; }

    /// <summary>Computes it and sets the features of the shards. Equations of anions have no say.</summary>
    public static AnalyticStart Compute(FitOptions options, int keyCount, IReadOnlyList<FitShard> shards, GlobalSum globalSum)
    {
        double[] means = ComputeMeanLengths(keyCount, shards, globalSum);
        foreach (FitShard shard in shards)
            shard.SetFeatures(BondLaws.Of(options.Law), means);
        KeyCoefficients coefficients = new(BondLaws.Of(options.Law), keyCount);
        double logSoftness = PortableMath.Log(options.SoftnessPriorMeanAngstrom);
        coefficients.Set(ParameterLayout.Vector(keyCount, _ => 0, _ => logSoftness));
        long[][] errors = new long[shards.Count][];
        for (int i = 0; i < shards.Count; i++)
        {
            FitShard shard = shards[i];
            coefficients.ComputeValences(shard);
            errors[i] = new long[shard.Table.EquationCount];
            for (int row = 0; row < errors[i].Length; row++)
            {
                double error = PortableMath.Log(shard.Table.Valences[row] / shard.Valences[shard.SlotOfRow[row]]);
                errors[i][row] = (long)Math.Round(Math.Clamp(error, -Limit, Limit) / Unit);
            }
        }

        long[] medians = WeightedMedian.Compute(keyCount, (long)(Limit / Unit), visit => Visit(shards, errors, visit), globalSum);
        return new AnalyticStart(means, [.. medians.Select(median => median == long.MinValue ? double.NaN : median * Unit)]);
    }

    // An equation counts for each of its keys by the part of its valence that the key carries.
    private static void Visit(IReadOnlyList<FitShard> shards, long[][] errors, Action<int, long, long> visit)
    {
        for (int i = 0; i < shards.Count; i++)
        {
            FitShard shard = shards[i];
            for (int row = 0; row < errors[i].Length; row++)
            {
                if (!shard.Table.IsCation[row])
                    continue;
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
                if (!shard.Table.IsCation[row])
                    continue;
                for (int bond = shard.Table.BondOffsets[row]; bond < shard.Table.BondOffsets[row + 1]; bond++)
                {
                    sums.Add(keys[bond], shard.Table.Weights[row] * shard.Table.DistancesAngstrom[bond]);
                    sums.Add(keyCount + keys[bond], shard.Table.Weights[row]);
                }
            }
        }

        sums.AllReduce(globalSum);
        double[] means = new double[keyCount];
        for (int key = 0; key < keyCount; key++)
            means[key] = sums.Read(key) / sums.Read(keyCount + key);
        return means;
    }
}
