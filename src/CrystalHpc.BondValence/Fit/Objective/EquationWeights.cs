using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Which equations count in the fit, and how much.</summary>
internal static class EquationWeights
{
    // Coordination numbers above this are one class.
    private const int LargestNumber = 31;

    /// <summary>
    /// Leaves out equations that the start misses by far, with weight 0: gross errors would bend the curves of all others (they raise B,
    /// see the method page). Returns those left out, by shard and row.
    /// </summary>
    public static bool[][] Gate(FitOptions options, int keyCount, IReadOnlyList<FitShard> shards, double[] start)
    {
        IBondLaw law = BondLaws.Of(options.Law);
        KeyCoefficients coefficients = new(law, keyCount);
        coefficients.Set(start);

        // Å for each unit of ln s.
        double softness = law.LengthScale(options.SoftnessPriorMeanAngstrom);
        bool[][] gated = new bool[shards.Count][];
        for (int i = 0; i < gated.Length; i++)
        {
            FitShard shard = shards[i];
            gated[i] = new bool[shard.Table.EquationCount];
            if (options.GateAngstrom is not { } gate)
                continue;
            coefficients.ComputeValences(shard);
            for (int row = 0; row < gated[i].Length; row++)
            {
                int slot = shard.SlotOfRow[row];
                double error = softness * PortableMath.Log(shard.Targets[slot] / shard.Valences[slot]);
                gated[i][row] = !(Math.Abs(error) < gate);
                if (gated[i][row])
                    shard.Weights[slot] = 0;
            }
        }

        return gated;
    }

    /// <summary>
    /// Divides each weight by the design effect 1 + (n - 1) correlation of its class (Kish 1965, Survey Sampling, section 5.4), n the
    /// weight of all equations with the same leading key and coordination number. Equations of one class err alike: a thousand SiO4
    /// tetrahedra do not tell a thousand times as much of the curve as one. Returns the weight of all cation equations afterwards.
    /// </summary>
    public static double Spread(FitOptions options, int keyCount, IReadOnlyList<FitShard> shards, GlobalSum globalSum)
    {
        ReproducibleSum counts = new(2 * keyCount * (LargestNumber + 1));
        ForEach(shards, (shard, row, slot) => counts.Add(ClassOf(shard, row, slot), shard.Weights[slot]));
        counts.AllReduce(globalSum);

        ReproducibleSum total = new(1);
        ForEach(shards, (shard, row, slot) =>
        {
            double count = counts.Read(ClassOf(shard, row, slot));
            shard.Weights[slot] /= 1 + options.EnvironmentCorrelation * Math.Max(count - 1, 0);
            if (shard.Table.IsCation[row])
                total.Add(0, shard.Weights[slot]);
        });
        total.AllReduce(globalSum);
        return total.Read(0);
    }

    private static void ForEach(IReadOnlyList<FitShard> shards, Action<FitShard, int, int> visit)
    {
        foreach (FitShard shard in shards)
        {
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                if (shard.Weights[shard.SlotOfRow[row]] > 0)
                    visit(shard, row, shard.SlotOfRow[row]);
            }
        }
    }

    // The key with the most bonds, the first of equals; the coordination number; whether a cation or an anion is in the middle.
    private static int ClassOf(FitShard shard, int row, int slot)
    {
        (int leading, int most, int number) = (0, 0, 0);
        for (int segment = shard.SegmentStart(slot); segment < shard.SegmentEnd(slot); segment += FitShard.Lanes)
        {
            int length = shard.SegmentLength(segment);
            number += length;
            if (length > most)
                (leading, most) = (shard.Keys[shard.SegmentKeys[segment]], length);
        }

        return 2 * (leading * (LargestNumber + 1) + Math.Min(number, LargestNumber)) + (shard.Table.IsCation[row] ? 0 : 1);
    }
}
