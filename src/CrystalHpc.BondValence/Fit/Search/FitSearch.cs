using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>What the searches from several starts found.</summary>
/// <param name="Starts">Searches done.</param>
/// <param name="Finished">Those that ended in a minimum.</param>
/// <param name="DistinctMinima">Different minima among them.</param>
/// <param name="LargestValueExcess">F of the highest of them above the lowest, as a fraction of the lowest.</param>
/// <param name="LargestShiftAngstrom">Largest shift of a key's curve, at its mean length, between the lowest minimum and another,
/// Å.</param>
public sealed record StartComparison(int Starts, int Finished, int DistinctMinima, double LargestValueExcess, double LargestShiftAngstrom);

/// <summary>Finds the minimum: one search, or several from different places, on the tied parameters.</summary>
/// <param name="problem">What is minimized.</param>
/// <param name="starts">Number of places to start from; null: as many as the options say.</param>
internal sealed class FitSearch(FitProblem problem, int? starts = null)
{
    // Minima whose curves differ by less are the same.
    private const double SameAngstrom = 1e-3;

    // A later search must find a value that is lower by more than rounding to count as better.
    private const double LowerFraction = 1e-9;

    // Random starts lie within this of the first one, in a and in ln B.
    private const double SpreadOfA = 1;
    private const double SpreadOfLogSoftness = 0.5;

    private readonly FitOptions _options = problem.Options;
    private readonly SoftnessTying _tying = problem.Tying;
    private readonly int[] _keysWithData = problem.KeysWithData;

    /// <summary>The outcome of one search, on the full parameter vector.</summary>
    public sealed record Outcome(double[] Point, LbfgsResult Result, IReadOnlyList<FitIteration> History);

    /// <summary>
    /// Searches from a point and, if the options ask for it, from random places around it; returns the lowest minimum found, and that of
    /// the first.
    /// </summary>
    /// <param name="start">The first start.</param>
    /// <param name="observer">Told about the iterations of the first search.</param>
    /// <param name="checkpointing">How to save the first search and where to go on from.</param>
    public (Outcome Best, Outcome First, StartComparison Comparison) Run(
        double[] start, LbfgsObserver? observer, FitCheckpointing? checkpointing)
    {
        List<Outcome> outcomes = [Minimize(start, observer, checkpointing)];
        var random = new CounterRandom((ulong)_options.Seed, item: 0);
        double[] tied = _tying.Reduce(start), full = new double[start.Length];
        while (outcomes.Count < (starts ?? _options.Starts))
        {
            double[] moved =
                [.. tied.Select((value, i) => value + random.NextUniform(-1, 1) * (_tying.IsOffset(i) ? SpreadOfA : SpreadOfLogSoftness))];
            _tying.Expand(moved, full);
            for (int i = 0; i < full.Length; i++)
                full[i] = problem.Priors.Bounds.Clip(i, full[i]);
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
        GaussNewtonBlocks blocks = problem.InformationAt(point);
        return [.. Enumerable.Range(0, point.Length)
            .Select(i => ScaleOf(blocks.Diagonal(i) + problem.Priors.Precision(i)) / problem.Divisor)];

        // Where nothing bends the function, any scale will do.
        static double ScaleOf(double curvature) => curvature > 0 ? curvature : 1;
    }

    private Outcome Minimize(double[] start, LbfgsObserver? observer, FitCheckpointing? checkpointing)
    {
        List<FitIteration> history = [.. checkpointing?.ResumeFrom?.Passed() ?? []];
        double[] full = [.. start];
        TiedObjective tied = new(problem.Objective, _tying);
        double[] curvature = new double[_tying.ParameterCount];
        _tying.Contract(CurvatureAt(start), curvature);
        Bounds bounds = new(_tying.Reduce(problem.Priors.Bounds.Lower), _tying.Reduce(problem.Priors.Bounds.Upper));
        LbfgsOptions limits = new(_options.History, _options.MaxIterations, _options.GradientTolerance, _options.RelativeChangeTolerance);
        void Observe(LbfgsIteration iteration, ReadOnlySpan<double> parameters)
        {
            _tying.Expand(parameters, full);
            history.Add(FitIteration.At(iteration, full, _keysWithData));
            observer?.Invoke(iteration, full);
        }

        GaussNewtonSystem SystemAt(double[] point)
        {
            double[] at = new double[full.Length];
            _tying.Expand(point, at);
            return new GaussNewtonSystem(problem.InformationAt(at), problem.Priors, _tying);
        }

        LbfgsResult result = _options.Method == FitMethod.LevenbergMarquardt
            ? LevenbergMarquardt.Minimize(tied, problem.Divisor, SystemAt, _tying.Reduce(start), bounds, curvature, limits, Observe)
            : BoundedLbfgs.Minimize(tied, _tying.Reduce(start), bounds, curvature, limits, Observe, checkpointing?.ForSearch(history));
        double[] end = new double[full.Length];
        _tying.Expand(result.Parameters.ToArray(), end);
        return new Outcome(end, result, history);
    }

    private static StartComparison Compare(Outcome best, List<Outcome> outcomes)
    {
        Outcome[] finished = [.. outcomes.Where(outcome => outcome.Result.Reason
            is StoppingReason.Gradient or StoppingReason.FunctionChange)];
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
