using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>All that a fit needs to go on from an iteration; the rest follows from its equations and options.</summary>
/// <param name="Search">State of the search for the minimum.</param>
/// <param name="MedianSoftnessAngstrom">Median of B in each of the passed iterations, Å.</param>
/// <param name="FirstMinimum">Where the first search ended, a full parameter vector, once the second has begun; null before.</param>
public sealed record FitState(LbfgsState Search, double[] MedianSoftnessAngstrom, double[]? FirstMinimum = null)
{
    /// <summary>The iterations before the one that comes next.</summary>
    internal IEnumerable<FitIteration> Passed()
        => Search.Passed.Zip(MedianSoftnessAngstrom, (search, median) => new FitIteration(search, median));
}

/// <summary>How a fit is saved and taken up again.</summary>
/// <param name="ResumeFrom">State to go on from; null: begin at the start.</param>
/// <param name="OnIteration">Called before each step with a function that captures the state there; an exception it throws ends the
/// fit.</param>
public sealed record FitCheckpointing(FitState? ResumeFrom, Action<Func<FitState>> OnIteration)
{
    /// <summary>That of the second search, which follows from the minimum of the first.</summary>
    internal FitCheckpointing ForSecond(double[] firstMinimum) => new(
        ResumeFrom?.FirstMinimum is null ? null : ResumeFrom,
        capture => OnIteration(() => capture() with { FirstMinimum = firstMinimum }));

    /// <summary>The part of the search, which knows nothing of B.</summary>
    internal LbfgsCheckpointing ForSearch(IReadOnlyList<FitIteration> history) => new(
        ResumeFrom?.Search,
        capture => OnIteration(() =>
        {
            LbfgsState search = capture();
            return new FitState(search, [.. history.Take(search.Passed.Length).Select(iteration => iteration.MedianSoftnessAngstrom)]);
        }));
}
