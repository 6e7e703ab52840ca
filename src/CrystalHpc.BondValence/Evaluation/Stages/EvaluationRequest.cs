using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>What to evaluate.</summary>
/// <param name="Options">How.</param>
/// <param name="HeldOut">How to repeat the fit without each fold; null: no held-out figures.</param>
/// <param name="Tables">Parameter tables; the first is what the others are compared with, unless there are held-out figures.</param>
/// <param name="Output">Folder of the result.</param>
/// <param name="HasLearningCurve">Repeats the held-out fits with parts of the structures: <see cref="LearningCurve"/>.</param>
internal sealed record EvaluationRequest(
    EvaluationOptions Options, FitOptions? HeldOut, IReadOnlyList<TableSource> Tables, string Output, bool HasLearningCurve = false);

/// <summary>Where a parameter table comes from.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Its file.</param>
internal sealed record TableSource(string Name, string Path)
{
    /// <summary>A file, called by its name.</summary>
    public static TableSource Of(string path) => new(System.IO.Path.GetFileNameWithoutExtension(path), path);
}

/// <summary>Everything that an evaluation found: <c>metrics.json</c> in short.</summary>
internal sealed record EvaluationResult(
    EvaluationOptions Options,
    string? FitDigest,
    IReadOnlyDictionary<string, string> Digests,
    IReadOnlyList<FoldFit> Folds,
    IReadOnlyDictionary<string, int> Exclusions,
    IReadOnlyList<SubsetResult> Subsets,
    IReadOnlyList<LearningCurveRow> LearningCurve)
{
    /// <summary>Metrics of all subsets in order.</summary>
    public IEnumerable<TableMetrics> Metrics => Subsets.SelectMany(subset => subset.Metrics);

    /// <summary>Differences of all subsets in order.</summary>
    public IEnumerable<TableDifference> Differences => Subsets.SelectMany(subset => subset.Differences);
}
