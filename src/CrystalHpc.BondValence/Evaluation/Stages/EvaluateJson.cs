using System.Text.Json;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// The result of an evaluation for scripts: <c>metrics.json</c> and what <c>evaluate --json</c> prints. The same for any number of ranks.
/// </summary>
internal static class EvaluateJson
{
    /// <summary>
    /// JSON text, UTF-8: how it was evaluated, the fits of the folds, exclusions by reason, the rows of metrics.csv and differences.csv.
    /// </summary>
    public static byte[] Of(EvaluationResult result) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Options = result.Options with { Tables = [.. result.Options.Tables.Select(path => Path.GetFileName(path)!)] },
            FitSha256 = result.FitDigest,
            TableSha256 = result.Digests,
            Folds = result.Folds.Select(fold => new { fold.Fold, fold.Equations, fold.Iterations, fold.StoppedBy }),
            result.Exclusions,
            Metrics = result.Metrics.Select(MetricRow.Of),
            Differences = result.Differences.Select(DifferenceRow.Of),
        },
        ConfigurationFile.IndentedJson);
}
