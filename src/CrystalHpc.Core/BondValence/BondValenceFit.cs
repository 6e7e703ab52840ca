using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// The fit from equations to parameters: analytic start, gate, bounded L-BFGS, uncertainties. Every process calls <see cref="Run"/> with its
/// own shards and takes the same steps; the result has the same bits for any distribution of the same shards.
/// </summary>
public static class BondValenceFit
{
    // B is called weakly determined when the data narrow its prior by less than this factor.
    private const double WeakFraction = 0.75;

    // Where a key has no bonds at all, distances count from here.
    private const double DefaultMeanLengthAngstrom = 2;

    /// <summary>Fits all keys.</summary>
    /// <param name="options">Model, priors and limits.</param>
    /// <param name="keys">Keys of all shards of all processes, sorted; those the tables were built with.</param>
    /// <param name="localShards">Tables of the shards of this process; possibly none.</param>
    /// <param name="globalSum">Adds over processes; does nothing for a single one.</param>
    /// <param name="observer">Told about each iteration, in every process; parameters hold (r0 - rbar)/B and ln B of key k at 2k and 2k + 1.</param>
    /// <param name="checkpointing">How to save the search for the minimum and where to go on from; the same state in every process.</param>
    public static FitResult Run(
        FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<EquationTable> localShards, GlobalSum globalSum,
        LbfgsObserver? observer = null, LbfgsCheckpointing? checkpointing = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(localShards);
        ArgumentNullException.ThrowIfNull(globalSum);
        FitShard[] shards = [.. localShards.Select(table => new FitShard(table))];

        AnalyticStart start = AnalyticStart.Compute(keys.Count, options.SoftnessPriorMeanAngstrom, shards, globalSum);
        double[] meanLengths = [.. start.MeanLengths.Select(mean => double.IsNaN(mean) ? DefaultMeanLengthAngstrom : mean)];
        double[] point = StartPoint(options, start);
        bool[][] gated = Gate(options, shards, point);

        KeyStatistics statistics = KeyStatistics.Compute(keys.Count, shards, globalSum);
        double[] startR0 = [.. meanLengths.Zip(start.Shifts, (mean, shift) => mean + shift)];
        AdditiveRadiusModel radii = AdditiveRadiusModel.Fit(keys, startR0, statistics.SiteCounts);
        FitPriors priors = new(options, keys.Count);
        SetRadiusPriors(options, keys, statistics, radii, meanLengths, priors, point);

        double divisor = statistics.TotalWeight > 0 ? statistics.TotalWeight : 1;
        BondValenceObjective objective = new(options, keys.Count, shards, priors, divisor, globalSum);
        GaussNewtonBlocks startBlocks = GaussNewtonBlocks.Compute(options, keys, shards, objective, point, globalSum);
        double[] curvature = [.. Enumerable.Range(0, point.Length).Select(i => Curvature(startBlocks.Diagonal(i) + priors.Precision(i), divisor))];
        List<LbfgsIteration> history = [.. checkpointing?.ResumeFrom?.Passed ?? []];
        StoppingReason reason = Minimize(options, objective, priors.Bounds, curvature, point, (iteration, parameters) =>
        {
            history.Add(iteration);
            observer?.Invoke(iteration, parameters);
        }, checkpointing);

        double value = objective.Evaluate(point, new double[point.Length]);
        double[] rmsd = KeyStatistics.ComputeRmsd(keys.Count, shards, globalSum);
        ShardResiduals[] residuals = [.. shards.Select((shard, i) => new ShardResiduals(ValencesByRow(shard), gated[i]))];
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(options, keys, shards, objective, point, globalSum);
        ParameterUncertainty[] uncertainties = options.SharedSoftness
            ? ParameterUncertainty.ComputeShared(blocks, priors, keys.Count)
            : ParameterUncertainty.Compute(blocks, priors, keys.Count);
        return new FitResult
        {
            Parameters = [.. keys.Select((key, k) => Describe(options, key, k, point, priors, meanLengths[k], uncertainties[k], statistics, rmsd[k]))],
            RadiusModel = radii,
            History = history,
            Reason = reason,
            Value = value,
            EquationCount = statistics.EquationCount,
            GatedCount = statistics.GatedCount,
            TotalWeight = statistics.TotalWeight,
            CutExponents = (long)objective.Cuts,
            Residuals = residuals,
        };
    }

    // Moves the point to the minimum, with a B of its own for each key or one for all.
    private static StoppingReason Minimize(
        FitOptions options, BondValenceObjective objective, Bounds bounds, double[] curvature, double[] point, LbfgsObserver observer,
        LbfgsCheckpointing? checkpointing)
    {
        LbfgsOptions limits = new(options.History, options.MaxIterations, options.GradientTolerance, options.RelativeChangeTolerance);
        if (!options.SharedSoftness || point.Length == 0)
        {
            LbfgsResult minimum = BoundedLbfgs.Minimize(objective, point, bounds, curvature, limits, observer, checkpointing);
            minimum.Parameters.ToArray().CopyTo(point, 0);
            return minimum.Reason;
        }

        SharedSoftnessObjective shared = new(objective);
        double[] start = [.. point.Where((_, i) => i % 2 == 0), point[^1]];
        double[] scale = new double[shared.ParameterCount], full = new double[point.Length];
        SharedSoftnessObjective.Contract(curvature, scale);
        Bounds limitsOfShared = new(
            [.. bounds.Lower.ToArray().Where((_, i) => i % 2 == 0), bounds.Lower[^1]], [.. bounds.Upper.ToArray().Where((_, i) => i % 2 == 0), bounds.Upper[^1]]);
        LbfgsResult tied = BoundedLbfgs.Minimize(shared, start, limitsOfShared, scale, limits, (iteration, parameters) =>
        {
            SharedSoftnessObjective.Expand(parameters, full);
            observer(iteration, full);
        }, checkpointing);
        SharedSoftnessObjective.Expand(tied.Parameters.ToArray(), point);
        return tied.Reason;
    }

    private static double[] ValencesByRow(FitShard shard)
    {
        double[] valences = new double[shard.Table.EquationCount];
        for (int row = 0; row < valences.Length; row++)
            valences[row] = shard.Valences[shard.SlotOfRow[row]];
        return valences;
    }

    private static double[] StartPoint(FitOptions options, AnalyticStart start)
    {
        double[] point = new double[2 * start.Shifts.Length];
        double logSoftness = PortableMath.Log(options.SoftnessPriorMeanAngstrom);
        for (int key = 0; key < start.Shifts.Length; key++)
        {
            double offset = start.Shifts[key] / options.SoftnessPriorMeanAngstrom;
            (point[2 * key], point[2 * key + 1]) = (double.IsNaN(offset) ? 0 : ClipOffset(offset), logSoftness);
        }

        return point;
    }

    // Leaves out equations that the start misses by far: gross errors would bend the curves of all others (they raise B, see the method notes).
    private static bool[][] Gate(FitOptions options, FitShard[] shards, double[] point)
    {
        bool[][] gated = new bool[shards.Length][];
        double softness = options.SoftnessPriorMeanAngstrom;
        for (int i = 0; i < shards.Length; i++)
        {
            FitShard shard = shards[i];
            double[] offsets = [.. shard.Keys.ToArray().Select(key => point[2 * key])];
            double[] inverse = [.. offsets.Select(_ => 1 / softness)];
            shard.ComputeValences(offsets, inverse);
            gated[i] = new bool[shard.Table.EquationCount];
            for (int row = 0; row < gated[i].Length; row++)
            {
                int slot = shard.SlotOfRow[row];
                double error = softness * PortableMath.Log(shard.Targets[slot] / shard.Valences[slot]);
                gated[i][row] = !(Math.Abs(error) < options.GateAngstrom);
                if (gated[i][row])
                    shard.Weights[slot] = 0;
            }
        }

        return gated;
    }

    private static void SetRadiusPriors(
        FitOptions options, IReadOnlyList<BondKey> keys, KeyStatistics statistics, AdditiveRadiusModel radii, double[] meanLengths,
        FitPriors priors, double[] point)
    {
        for (int key = 0; key < keys.Count; key++)
        {
            if (statistics.SiteCounts[key] > 0 && statistics.SiteCounts[key] >= options.RadiusPriorMinEquations)
                continue;
            (double r0, double error) = radii.Predict(keys[key]);
            double width = Math.Max(error, options.RadiusPriorWidthAngstrom) / options.SoftnessPriorMeanAngstrom;
            priors.OffsetMeans[key] = ClipOffset((r0 - meanLengths[key]) / options.SoftnessPriorMeanAngstrom);
            priors.OffsetPrecisions[key] = 1 / (width * width);
            if (statistics.SiteCounts[key] == 0)
                point[2 * key] = priors.OffsetMeans[key];
        }
    }

    private static double ClipOffset(double offset) => Math.Clamp(offset, -FitPriors.OffsetLimit, FitPriors.OffsetLimit);

    private static double Curvature(double diagonal, double divisor) => (diagonal > 0 ? diagonal : 1) / divisor;

    private static BondParameters Describe(
        FitOptions options, BondKey key, int index, double[] point, FitPriors priors, double meanLength, ParameterUncertainty uncertainty,
        KeyStatistics statistics, double rmsd)
    {
        double a = point[2 * index], softness = PortableMath.Exp(point[2 * index + 1]);

        // r0 = rbar + a B, B = e^g: dr0 = B (da + a dg), dB = B dg. The curve ln s(r) = a + (rbar - r)/B varies least at the pivot.
        (double vaa, double vag, double vgg) = (uncertainty.OffsetVariance, uncertainty.Covariance, uncertainty.LogSoftnessVariance);
        double r0Variance = vaa + 2 * a * vag + a * a * vgg;
        ParameterSource source = statistics.SiteCounts[index] == 0 ? ParameterSource.Extrapolated
            : statistics.SiteCounts[index] < options.RadiusPriorMinEquations ? ParameterSource.Prior
            : ParameterSource.Fitted;
        bool isAtBound = IsAtBound(priors.Bounds, 2 * index, a) || IsAtBound(priors.Bounds, 2 * index + 1, point[2 * index + 1]);
        return new BondParameters
        {
            Key = key,
            R0Angstrom = meanLength + a * softness,
            R0ErrorAngstrom = softness * Math.Sqrt(r0Variance),
            SoftnessAngstrom = softness,
            SoftnessErrorAngstrom = softness * Math.Sqrt(vgg),
            Correlation = (vag + a * vgg) / Math.Sqrt(r0Variance * vgg),
            PivotLengthAngstrom = meanLength - softness * (vag / vgg),
            MeanLengthAngstrom = meanLength,
            SiteCount = statistics.SiteCounts[index],
            BondCount = statistics.BondCounts[index],
            StructureCount = statistics.StructureCounts[index],
            RmsdValence = rmsd,
            Source = source,
            Flags = (isAtBound ? ParameterCautions.AtBound : 0)
                | (source != ParameterSource.Fitted ? ParameterCautions.FewEquations : 0)
                | (Math.Sqrt(vgg) < WeakFraction * options.SoftnessPriorWidth ? 0 : ParameterCautions.WeaklyDetermined),
        };
    }

    private static bool IsAtBound(Bounds bounds, int parameter, double value) =>
        value <= bounds.Lower[parameter] || value >= bounds.Upper[parameter];
}
