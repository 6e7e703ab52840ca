using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The fit from equations to parameters: start, gate, weights, search, uncertainties. Every process calls <see cref="Run"/> with its
/// own shards and takes the same steps; the result has the same bits for any distribution of the same shards.
/// </summary>
public static class BondValenceFit
{
    /// <summary>Fits all keys.</summary>
    /// <param name="options">Model, priors and limits.</param>
    /// <param name="keys">Keys of all shards of all processes, sorted; those the tables were built with.</param>
    /// <param name="localShards">
    /// Tables of the shards of this process; possibly none. Equations of anions may be among them, with the weight they shall have; they
    /// enter the function, but no count.
    /// </param>
    /// <param name="globalSum">Adds over processes; does nothing for a single one.</param>
    /// <param name="observer">
    /// Told about each iteration of the first search, in every process; parameters hold a and ln B of each key in turn.
    /// </param>
    /// <param name="checkpointing">
    /// How to save the search for the minimum and where to go on from; the same state in every process. The Gauss-Newton method, which
    /// takes a few steps, and searches from further starts are not saved.
    /// </param>
    /// <param name="priorTable">A published table that serves as a second prior; null: none.</param>
    public static FitResult Run(
        FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<EquationTable> localShards, GlobalSum globalSum,
        LbfgsObserver? observer = null, FitCheckpointing? checkpointing = null, ParameterTable? priorTable = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(localShards);
        ArgumentNullException.ThrowIfNull(globalSum);
        FitProblem problem = new(options, keys, localShards, globalSum, priorTable);
        (FitShard[] shards, FitPriors priors, KeyStatistics statistics) = (problem.Shards, problem.Priors, problem.Statistics);
        (FitSearch.Outcome best, FitSearch.Outcome first, StartComparison comparison) = problem.Solve(observer, checkpointing);

        double value = problem.Objective.Evaluate(best.Point, new double[best.Point.Length]);

        // This also leaves the valence sums of the minimum in the shards, which what follows reads.
        ParameterUncertainty[] uncertainties = problem.UncertaintiesAt(best.Point);
        double[] rmsd = KeyStatistics.ComputeRmsd(keys.Count, shards, globalSum);
        ShardResiduals[] residuals = [.. shards.Select((shard, i) => new ShardResiduals(
            ValencesByRow(shard), problem.Gated[i], WeightsByRow(shard)))];
        ParameterDescription description = new(problem);
        return new FitResult
        {
            Law = options.Law,
            Point = best.Point,
            Parameters = [.. keys.Select((_, k) => description.Of(k, best.Point, uncertainties[k], rmsd[k]))],
            OffsetCenters = [.. priors.OffsetMeans],
            LogSoftnessCenters = [.. priors.LogSoftnessMeans],
            PriorPrecisions = [.. Enumerable.Range(0, best.Point.Length).Select(priors.Precision)],
            PriorScatter = [.. Enumerable.Range(0, best.Point.Length).Select(priors.Scatter)],
            OffsetExcess = [.. priors.OffsetExcess],
            RadiusModel = problem.Radii,
            History = first.History,
            Reason = best.Result.Reason,
            Starts = comparison,
            Value = value,
            EquationCount = statistics.EquationCount,
            GatedCount = statistics.GatedCount,
            TotalWeight = statistics.TotalWeight,
            CutExponents = (long)problem.Objective.Cuts,
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
}
