using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>What the searches from several starts found.</summary>
/// <param name="Starts">Searches done.</param>
/// <param name="Finished">Those that ended in a minimum.</param>
/// <param name="DistinctMinima">Different minima among them.</param>
/// <param name="LargestValueExcess">F of the highest of them above the lowest, as a fraction of the lowest.</param>
/// <param name="LargestShiftAngstrom">Largest shift of a key's curve, at its mean length, between the lowest minimum and another, Å.</param>
public sealed record StartComparison(int Starts, int Finished, int DistinctMinima, double LargestValueExcess, double LargestShiftAngstrom);

/// <summary>Finds the minimum: one search, or several from different places, on the tied parameters.</summary>
internal sealed class FitSearch(
    FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<FitShard> shards, BondValenceObjective objective, FitPriors priors,
    SoftnessTying tying, int[] keysWithData, double divisor, GlobalSum globalSum)
{
    // Minima whose curves differ by less are the same.
    private const double SameAngstrom = 1e-3;

    // A later search must find a value that is lower by more than rounding to count as better.
    private const double LowerFraction = 1e-9;

    // Random starts lie within this of the first one, in a and in ln B.
    private const double SpreadOfA = 1;
    private const double SpreadOfLogSoftness = 0.5;

    /// <summary>The outcome of one search, on the full parameter vector.</summary>
    public sealed record Outcome(double[] Point, LbfgsResult Result, IReadOnlyList<FitIteration> History);

    /// <summary>Searches from a point and, if the options ask for it, from random places around it; returns the lowest minimum found, and that of the first.</summary>
    /// <param name="start">The first start.</param>
    /// <param name="observer">Told about the iterations of the first search.</param>
    /// <param name="checkpointing">How to save the first search and where to go on from.</param>
    public (Outcome Best, Outcome First, StartComparison Comparison) Run(double[] start, LbfgsObserver? observer, FitCheckpointing? checkpointing)
    {
        List<Outcome> outcomes = [Minimize(start, observer, checkpointing)];
        var random = new CounterRandom((ulong)options.Seed, item: 0);
        double[] tied = tying.Reduce(start), full = new double[start.Length];
        while (outcomes.Count < options.Starts)
        {
            double[] moved =
                [.. tied.Select((value, i) => value + random.NextUniform(-1, 1) * (tying.IsOffset(i) ? SpreadOfA : SpreadOfLogSoftness))];
            tying.Expand(moved, full);
            for (int i = 0; i < full.Length; i++)
                full[i] = priors.Bounds.Clip(i, full[i]);
            outcomes.Add(Minimize(full, null, null));
        }

        Outcome best = outcomes[0];
        foreach (Outcome outcome in outcomes)
        {
            if (outcome.Result.Value < best.Result.Value - LowerFraction * Math.Abs(best.Result.Value))
                best = outcome;
        }

        return (best, outcomes[0], Compare(best, outcomes));
    }

    /// <summary>Second derivatives of F at a point by the full vector, roughly: what sets the scale of each parameter.</summary>
    private double[] CurvatureAt(double[] point)
    {
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(options, keys, shards, point, globalSum);
        return [.. Enumerable.Range(0, point.Length).Select(i => (blocks.Diagonal(i) + priors.Precision(i)) is > 0 and double diagonal ? diagonal / divisor : 1 / divisor)];
    }

    private Outcome Minimize(double[] start, LbfgsObserver? observer, FitCheckpointing? checkpointing)
    {
        List<FitIteration> history = [.. checkpointing?.ResumeFrom?.Passed() ?? []];
        double[] full = [.. start];
        TiedObjective tied = new(objective, tying);
        double[] curvature = new double[tying.ParameterCount];
        tying.Contract(CurvatureAt(start), curvature);
        Bounds bounds = new(tying.Reduce(priors.Bounds.Lower), tying.Reduce(priors.Bounds.Upper));
        LbfgsOptions limits = new(options.History, options.MaxIterations, options.GradientTolerance, options.RelativeChangeTolerance);
        void Observe(LbfgsIteration iteration, ReadOnlySpan<double> parameters)
        {
            tying.Expand(parameters, full);
            history.Add(FitIteration.At(iteration, full, keysWithData));
            observer?.Invoke(iteration, full);
        }

        GaussNewtonSystem SystemAt(double[] point)
        {
            double[] at = new double[full.Length];
            tying.Expand(point, at);
            return new GaussNewtonSystem(GaussNewtonBlocks.Compute(options, keys, shards, at, globalSum), priors, tying);
        }

        LbfgsResult result = options.Method == FitMethod.LevenbergMarquardt
            ? LevenbergMarquardt.Minimize(tied, divisor, SystemAt, tying.Reduce(start), bounds, curvature, limits, Observe)
            : BoundedLbfgs.Minimize(tied, tying.Reduce(start), bounds, curvature, limits, Observe, checkpointing?.ForSearch(history));
        double[] end = new double[full.Length];
        tying.Expand(result.Parameters.ToArray(), end);
        return new Outcome(end, result, history);
    }

    private static StartComparison Compare(Outcome best, List<Outcome> outcomes)
    {
        Outcome[] finished = [.. outcomes.Where(outcome => outcome.Result.Reason is StoppingReason.Gradient or StoppingReason.FunctionChange)];
        List<Outcome> distinct = [];
        foreach (Outcome outcome in finished)
        {
            if (!distinct.Exists(known => Shift(known.Point, outcome.Point) < SameAngstrom))
                distinct.Add(outcome);
        }

        double scale = Math.Max(Math.Abs(best.Result.Value), double.Epsilon);
        return new StartComparison(
            outcomes.Count,
            finished.Length,
            distinct.Count,
            distinct.Count < 2 ? 0 : distinct.Max(outcome => (outcome.Result.Value - best.Result.Value) / scale),
            distinct.Count < 2 ? 0 : distinct.Max(outcome => Shift(best.Point, outcome.Point)));
    }

    // ln s changes by the difference of a at the mean length; times B this is a length.
    private static double Shift(double[] left, double[] right)
    {
        double largest = 0;
        for (int key = 0; key < ParameterLayout.KeyCount(left.Length); key++)
        {
            (double a, double g) = ParameterLayout.Of(left, key);
            largest = Math.Max(largest, Math.Abs(a - right[ParameterLayout.Offset(key)]) * PortableMath.Exp(g));
        }

        return largest;
    }
}
