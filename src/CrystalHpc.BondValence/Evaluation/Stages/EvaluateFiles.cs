using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Writes the tables of an evaluation whose length does not depend on the number of sites. For rank 0.</summary>
internal static class EvaluateFiles
{
    public static void Write(
        string folder, EvaluationResult result, IReadOnlyList<string> tables, IReadOnlyList<PairCount> coverage,
        IReadOnlyList<TrendRow> trends,
        IReadOnlyList<(string Table, Finding Finding)> findings)
    {
        string At(string file) => Path.Combine(folder, file);
        Csv.Write(At("metrics.csv"), result.Metrics.Select(MetricRow.Of));
        Csv.Write(At(DeviationTrends.FileName), trends);
        if (result.LearningCurve.Count > 0)
            Csv.Write(At(LearningCurve.FileName), result.LearningCurve);
        else
            File.Delete(At(LearningCurve.FileName));
        Csv.Write(At("differences.csv"), result.Differences.Select(DifferenceRow.Of));
        WholeFile.Write(At("metrics.json"), stream => stream.Write(EvaluateJson.Of(result)));
        Csv.Write(At("findings.csv"), findings.Select(item => new FindingRow(
            "", item.Table, item.Finding.Line, item.Finding.Column, SnakeCase.Of(item.Finding.Code.Severity), item.Finding.Code.Name,
                item.Finding.Message)));
        WideTable.Write(
            At("coverage.csv"), ["cation", "cation_charge", "anion", "anion_charge", "n_sites",
                .. tables.Select(name => $"{name}_n_sites")],
            coverage.Select(pair => (IEnumerable<object?>)
                [pair.Key.Cation.Element.Symbol, pair.Key.Cation.Charge, pair.Key.Anion.Element.Symbol, pair.Key.Anion.Charge, pair.Sites,
                    .. pair.Covered.Cast<object>()]));
    }
}
