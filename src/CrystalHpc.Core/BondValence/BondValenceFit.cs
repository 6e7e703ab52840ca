using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// The fit from equations to parameters: start, gate, weights, search, uncertainties. Every process calls <see cref="Run"/> with its
/// own shards and takes the same steps; the result has the same bits for any distribution of the same shards.
/// </summary>
public static class BondValenceFit
{
    // Where a key has no bonds at all, distances count from here.
    private const double DefaultMeanLengthAngstrom = 2;

    /// <summary>Fits all keys.</summary>
    /// <param name="options">Model, priors and limits.</param>
    /// <param name="keys">Keys of all shards of all processes, sorted; those the tables were built with.</param>
    /// <param name="localShards">
    /// Tables of the shards of this process; possibly none. Equations of anions may be among them, with the weight they shall have; they enter the
    /// function, but no count.
    /// </param>
    /// <param name="globalSum">Adds over processes; does nothing for a single one.</param>
    /// <param name="observer">Told about each iteration of the first search, in every process; parameters hold a and ln B of key k at 2k and 2k + 1.</param>
    /// <param name="checkpointing">
    /// How to save the first search for the minimum and where to go on from; the same state in every process. The Gauss-Newton method, which takes a
    /// few steps, and searches from further starts are not saved.
    /// </param>
    public static FitResult Run(
        FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<EquationTable> localShards, GlobalSum globalSum,
        LbfgsObserver? observer = null, FitCheckpointing? checkpointing = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(localShards);
        ArgumentNullException.ThrowIfNull(globalSum);
        FitShard[] shards = [.. localShards.Select(table => new FitShard(table))];

        AnalyticStart start = AnalyticStart.Compute(options, keys.Count, shards, globalSum);
        double[] meanLengths = [.. start.MeanLengths.Select(mean => double.IsNaN(mean) ? DefaultMeanLengthAngstrom : mean)];
        double[] point = StartPoint(options, start);
        bool[][] gated = EquationWeights.Gate(options, keys.Count, shards, point);
        KeyStatistics statistics = KeyStatistics.Compute(keys.Count, shards, globalSum);
        double divisor = EquationWeights.Spread(options, keys.Count, shards, globalSum);
        divisor = divisor > 0 ? divisor : 1;

        double[] startR0 = [.. meanLengths.Select((mean, key) => LawFunctions.ToPublished(options.Law, mean, point[2 * key], point[2 * key + 1]).R0Angstrom)];
        AdditiveRadiusModel radii = AdditiveRadiusModel.Fit(keys, startR0, statistics.SiteCounts);
        SoftnessTying tying = new(options, keys);
        FitPriors priors = new(options, tying);
        SetRadiusPriors(options, keys, statistics, radii, meanLengths, priors, point);

        BondValenceObjective objective = new(options, keys.Count, shards, priors, divisor, globalSum);
        int[] keysWithData = [.. Enumerable.Range(0, keys.Count).Where(key => statistics.SiteCounts[key] >= Math.Max(1, options.RadiusPriorMinEquations))];
        FitSearch search = new(options, keys, shards, objective, priors, tying, keysWithData, divisor, globalSum);
        (FitSearch.Outcome best, FitSearch.Outcome first, StartComparison comparison) = search.Run(point, observer, checkpointing);
        if (options is { SoftnessPriorAnionWidth: { } anionWidth, SoftnessPriorWidth: { } keyWidth, Softness: Softness.PerPair })
        {
            GaussNewtonBlocks information = GaussNewtonBlocks.Compute(options, keys, shards, best.Point, globalSum);
            AnionSoftness.Center(priors, keys, keysWithData, best.Point, ParameterUncertainty.Compute(information, priors, keys.Count), anionWidth, keyWidth);
            for (int key = 0; key < keys.Count; key++)
                best.Point[2 * key + 1] = statistics.SiteCounts[key] == 0 ? priors.LogSoftnessMeans[key] : best.Point[2 * key + 1];
            SetRadiusPriors(options, keys, statistics, radii, meanLengths, priors, best.Point);
            (best, first, comparison) = search.Run(best.Point, null, null);
        }


        double value = objective.Evaluate(best.Point, new double[point.Length]);
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(options, keys, shards, best.Point, globalSum);
        double[] rmsd = KeyStatistics.ComputeRmsd(keys.Count, shards, globalSum);
        ShardResiduals[] residuals = [.. shards.Select((shard, i) => new ShardResiduals(ValencesByRow(shard), gated[i], WeightsByRow(shard)))];
        ParameterUncertainty[] uncertainties = tying.IsTied
            ? ParameterUncertainty.ComputeTied(blocks, priors, tying)
            : ParameterUncertainty.Compute(blocks, priors, keys.Count);
        ParameterDescription description = new(options, priors.Bounds, statistics);
        return new FitResult
        {
            Law = options.Law,
            Parameters = [.. keys.Select((key, k) => description.Of(key, k, best.Point[2 * k], best.Point[2 * k + 1], meanLengths[k], uncertainties[k], rmsd[k]))],
            PriorPrecisions = [.. Enumerable.Range(0, point.Length).Select(priors.Precision)],
            RadiusModel = radii,
            History = first.History,
            Reason = best.Result.Reason,
            Starts = comparison,
            Value = value,
            EquationCount = statistics.EquationCount,
            GatedCount = statistics.GatedCount,
            TotalWeight = statistics.TotalWeight,
            CutExponents = (long)objective.Cuts,
            Residuals = residuals,
        };
    }

    private static double[] ValencesByRow(FitShard shard)
    {
        double[] valences = new double[shard.Table.EquationCount];
        for (int row = 0; row < valences.Length; row++)
            valences[row] = shard.Valences[shard.SlotOfRow[row]];
        return valences;
    }

    private static double[] WeightsByRow(FitShard shard)
    {
        double[] weights = new double[shard.Table.EquationCount];
        for (int row = 0; row < weights.Length; row++)
            weights[row] = shard.Weights[shard.SlotOfRow[row]];
        return weights;
    }

    private static double[] StartPoint(FitOptions options, AnalyticStart start)
    {
        double[] point = new double[2 * start.Offsets.Length];
        double logSoftness = PortableMath.Log(options.SoftnessPriorMeanAngstrom);
        for (int key = 0; key < start.Offsets.Length; key++)
            (point[2 * key], point[2 * key + 1]) = (double.IsNaN(start.Offsets[key]) ? 0 : ClipOffset(start.Offsets[key]), logSoftness);
        return point;
    }

    private static void SetRadiusPriors(
        FitOptions options, IReadOnlyList<BondKey> keys, KeyStatistics statistics, AdditiveRadiusModel radii, double[] meanLengths,
        FitPriors priors, double[] point)
    {
        for (int key = 0; key < keys.Count; key++)
        {
            if (statistics.SiteCounts[key] > 0 && statistics.SiteCounts[key] >= options.RadiusPriorMinEquations)
                continue;

            // r0 changes by this for each unit of a.
            double lengthOfA = options.Law == BondLaw.MisplacedDivision ? 1 : PortableMath.Exp(priors.LogSoftnessMeans[key]);
            (double r0, double error) = radii.Predict(keys[key]);
            double width = Math.Max(error, options.RadiusPriorWidthAngstrom) / lengthOfA;
            priors.OffsetMeans[key] = ClipOffset((r0 - meanLengths[key]) / lengthOfA);
            priors.OffsetPrecisions[key] = 1 / (width * width);
            if (statistics.SiteCounts[key] == 0)
                point[2 * key] = priors.OffsetMeans[key];
        }
    }

    private static double ClipOffset(double offset) => Math.Clamp(offset, -FitPriors.OffsetLimit, FitPriors.OffsetLimit);
}
