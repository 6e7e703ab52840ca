using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The Bayesian bootstrap of a fit (Rubin 1981, doi 10.1214/aos/1176345338; Newton and Raftery 1994, J. R. Stat. Soc. B 56, 3): each
/// replicate weighs the groups of structures by exponential deviates and searches the minimum again, from that of the fit.
/// </summary>
/// <remarks>
/// A replicate draws the center of every prior, too, from the prior itself; else pairs that the prior decides would come out the same each
/// time and look well known. Gate, mean lengths, design effects and radii stay those of the fit. What is drawn depends on seed, replicate
/// and the name of the group or pair alone.
/// </remarks>
public sealed class FitBootstrap
{
    private const uint GroupStream = 1;
    private const uint OffsetStream = 2;
    private const uint SoftnessStream = 3;

    private readonly FitProblem _problem;
    private readonly IReadOnlyList<double> _solution;
    private readonly double[][] _weights;
    private readonly (ulong[] Groups, int[] GroupOfSlot)[] _shardGroups;
    private readonly (double[] Offsets, double[] LogSoftness) _centers;

    /// <summary>Prepares replicates. Every process of those that share the equations calls with its own shards.</summary>
    /// <param name="options">Options of the fit.</param>
    /// <param name="keys">Keys of the fit.</param>
    /// <param name="localShards">Tables of this process.</param>
    /// <param name="globalSum">Adds over the processes.</param>
    /// <param name="fit">What the fit found.</param>
    /// <param name="groupOf">Hash of the name of the group that a group id belongs to, by the hash of the id.</param>
    /// <param name="priorTable">The table that was a second prior of the fit; null: none.</param>
    public FitBootstrap(
        FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<EquationTable> localShards, GlobalSum globalSum, FitResult fit,
        Func<ulong, ulong> groupOf, ParameterTable? priorTable = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(localShards);
        ArgumentNullException.ThrowIfNull(globalSum);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(groupOf);
        _problem = new FitProblem(options, keys, localShards, globalSum, priorTable);
        _problem.CenterSoftness(fit.LogSoftnessCenters);
        _solution = fit.Point;
        _weights = [.. _problem.Shards.Select(shard => shard.Weights.ToArray())];
        _shardGroups = [.. _problem.Shards.Select(shard => GroupsOf(shard, groupOf))];
        _centers = ([.. _problem.Priors.OffsetMeans], [.. _problem.Priors.LogSoftnessMeans]);
    }

    /// <summary>The groups that the used equations of each key come from, in the shards of this process; some more than once.</summary>
    public IEnumerable<(int Key, ulong Group)> GroupsOfKeys()
    {
        for (int i = 0; i < _problem.Shards.Length; i++)
        {
            FitShard shard = _problem.Shards[i];
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                int slot = shard.SlotOfRow[row];
                if (!shard.Table.IsCation[row] || _weights[i][slot] <= 0)
                    continue;
                for (int segment = shard.SegmentStart(slot); segment < shard.SegmentEnd(slot); segment += FitShard.Lanes)
                    yield return (shard.Keys[shard.SegmentKeys[segment]], _shardGroups[i].Groups[_shardGroups[i].GroupOfSlot[slot]]);
            }
        }
    }

    /// <summary>One replicate; the same in every process.</summary>
    /// <param name="replicate">Its number, from 0.</param>
    public BootstrapReplicate Run(int replicate)
    {
        Weigh(replicate);
        DrawPriors(replicate);
        FitSearch.Outcome outcome = _problem.Search(starts: 1).Run([.. _solution], null, null).Best;
        double[] r0 = new double[_problem.Keys.Count], softness = new double[r0.Length];
        for (int key = 0; key < r0.Length; key++)
        {
            (double a, double g) = ParameterLayout.Of(outcome.Point, key);
            (r0[key], softness[key]) = BondLaws.Of(_problem.Options.Law).ToPublished(_problem.MeanLengths[key], a, g);
        }

        return new BootstrapReplicate(replicate, outcome.Result.Reason is StoppingReason.Gradient or StoppingReason.FunctionChange, r0,
            softness);
    }

    private void Weigh(int replicate)
    {
        for (int i = 0; i < _weights.Length; i++)
        {
            (ulong[] groups, int[] groupOfSlot) = _shardGroups[i];
            double[] factors = [.. groups.Select(group => Random(group, replicate, GroupStream).NextExponential())];
            Span<double> weights = _problem.Shards[i].Weights;
            for (int slot = 0; slot < weights.Length; slot++)
                weights[slot] = _weights[i][slot] > 0 ? _weights[i][slot] * factors[groupOfSlot[slot]] : 0;
        }
    }

    // Keys that share ln B share its center: that of the first of them.
    private void DrawPriors(int replicate)
    {
        FitPriors priors = _problem.Priors;
        double width = _problem.Options.SoftnessPriorWidth ?? 0;
        double?[] ofGroup = new double?[_problem.Tying.GroupCount];
        for (int key = 0; key < _problem.Keys.Count; key++)
        {
            ulong name = TextHash.Of(_problem.Keys[key].ToString());
            if (priors.OffsetPrecisions[key] > 0)
                priors.OffsetMeans[key] = _centers.Offsets[key] + Random(name, replicate, OffsetStream)
                    .NextNormal() / Math.Sqrt(priors.OffsetPrecisions[key]);
            if (_problem.Tying.GroupOf(key) is >= 0 and int group)
                priors.LogSoftnessMeans[key] = _centers.LogSoftness[key] + (ofGroup[group] ??= width
                    * Random(name, replicate, SoftnessStream).NextNormal());
        }
    }

    private CounterRandom Random(ulong name, int replicate, uint stream) =>
        new(TextHash.Mix((ulong)(uint)_problem.Options.Seed << 32 | (uint)replicate), name, stream);

    private static (ulong[] Groups, int[] GroupOfSlot) GroupsOf(FitShard shard, Func<ulong, ulong> groupOf)
    {
        var numbers = new Dictionary<ulong, int>();
        int[] groupOfSlot = new int[shard.Weights.Length];
        for (int row = 0; row < shard.Table.EquationCount; row++)
        {
            ulong name = groupOf(shard.Table.Identities[row].Group);
            if (!numbers.TryGetValue(name, out int number))
                numbers.Add(name, number = numbers.Count);
            groupOfSlot[shard.SlotOfRow[row]] = number;
        }

        return ([.. numbers.OrderBy(entry => entry.Value).Select(entry => entry.Key)], groupOfSlot);
    }
}

/// <summary>What one replicate of the bootstrap found.</summary>
/// <param name="Number">Its number.</param>
/// <param name="IsFinished">The search ended in a minimum.</param>
/// <param name="R0Angstrom">r0 of each key, Å.</param>
/// <param name="SoftnessAngstrom">B of each key, Å.</param>
public sealed record BootstrapReplicate(int Number, bool IsFinished, IReadOnlyList<double> R0Angstrom,
    IReadOnlyList<double> SoftnessAngstrom);
