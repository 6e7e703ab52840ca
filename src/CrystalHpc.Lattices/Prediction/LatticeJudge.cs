using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Report;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>How good predictions are: each row of a table counts, also where several rows have the same formula.</summary>
public static class LatticeJudge
{
    private const int WorstErrors = 20;

    /// <summary>Compares predictions with what tables say.</summary>
    /// <param name="data">What it is judged on, for people.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="predictions">A prediction for each.</param>
    public static ModelJudgment Judge(string data, IReadOnlyList<LatticeRow> rows, IReadOnlyList<LatticePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(predictions);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        HashSet<string> single = [.. rows.GroupBy(row => row.Key).Where(group => group.Count() == 1).Select(group => group.Key)];
        int[] alone = [.. Enumerable.Range(0, rows.Count).Where(i => single.Contains(rows[i].Key))];
        foreach (LatticeTarget target in LatticeTarget.All)
        {
            (double[] probabilities, int[] labels) = Rows(target, rows, predictions, [.. Enumerable.Range(0, rows.Count)]);
            ConfusionMatrix confusion = ClassMetrics.Confusion(probabilities, labels);
            metrics[$"{target.Name}.accuracy"] = confusion.Accuracy;
            metrics[$"{target.Name}.top2"] = ClassMetrics.TopAccuracy(probabilities, labels, 2);
            metrics[$"{target.Name}.top3"] = ClassMetrics.TopAccuracy(probabilities, labels, 3);
            metrics[$"{target.Name}.macro_f1"] = confusion.MacroF1;
            metrics[$"{target.Name}.weighted_f1"] = confusion.WeightedF1;
            metrics[$"{target.Name}.ece"] = Calibration.ExpectedError(probabilities, labels);
            metrics[$"{target.Name}.log_loss"] = ClassMetrics.LogLoss(probabilities, labels);
            if (alone.Length > 0)
            {
                (double[] ofAlone, int[] theirs) = Rows(target, rows, predictions, alone);
                metrics[$"{target.Name}.accuracy_single_polymorph"] = ClassMetrics.TopAccuracy(ofAlone, theirs, 1);
            }

            metrics[$"{target.Name}.majority"] = (double)labels.CountBy(label => label).Max(count => count.Value) / labels.Length;
            metrics[$"{target.Name}.oracle"] = Oracle(target, rows);
        }

        metrics["in_domain"] = (double)predictions.Count(prediction => prediction.IsInDomain) / predictions.Count;
        return new ModelJudgment(data, rows.Count, metrics, Predictions(rows, predictions), KeyFigures(metrics),
            [.. Sections(rows, predictions)]);
    }

    // Who knows the most frequent class of each formula.
    private static double Oracle(LatticeTarget target, IReadOnlyList<LatticeRow> rows) =>
        (double)rows.GroupBy(row => row.Key).Sum(formula => formula.CountBy(row => target.OfGroup(row.Group))
            .Max(count => count.Value)) / rows.Count;

    private static (double[] Probabilities, int[] Labels) Rows(
        LatticeTarget target, IReadOnlyList<LatticeRow> rows, IReadOnlyList<LatticePrediction> predictions, int[] chosen)
    {
        var probabilities = new double[chosen.Length * target.Classes.Count];
        for (int i = 0; i < chosen.Length; i++)
            target.Probabilities(predictions[chosen[i]]).CopyTo(probabilities, i * target.Classes.Count);
        return (probabilities, [.. chosen.Select(row => target.OfGroup(rows[row].Group))]);
    }

    private static IEnumerable<PredictionRow> Predictions(IReadOnlyList<LatticeRow> rows, IReadOnlyList<LatticePrediction> predictions)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            foreach (LatticeTarget target in LatticeTarget.All)
            {
                double[] probabilities = target.Probabilities(predictions[i]);
                int best = ClassMetrics.MostProbable(probabilities);
                yield return PredictionRow.OfClass(
                    i, rows[i].Text, target.Name, target.Classes[target.OfGroup(rows[i].Group)], target.Classes[best], probabilities[best],
                    predictions[i].IsInDomain);
            }
        }
    }

    private static XElement[] KeyFigures(SortedDictionary<string, double> metrics) =>
    [
        .. LatticeTarget.All.Select(target => Layout.KeyFigure(
            FormattableString.Invariant($"{100 * metrics[$"{target.Name}.accuracy"]:0.0} %"), target.Title, "most probable is right")),
    ];

    private static IEnumerable<XElement> Sections(IReadOnlyList<LatticeRow> rows, IReadOnlyList<LatticePrediction> predictions)
    {
        foreach (LatticeTarget target in LatticeTarget.All)
        {
            (double[] probabilities, int[] labels) = Rows(target, rows, predictions, [.. Enumerable.Range(0, rows.Count)]);
            ConfusionMatrix confusion = ClassMetrics.Confusion(probabilities, labels);
            XElement reliability = ReliabilityChart.Draw($"reliability-{target.Name}", Calibration.Reliability(probabilities, labels));

            // A map of 230 groups cannot be read; their table says the same.
            yield return target.Classes.Count > 20
                ? Layout.Section(target.Name, target.Title, reliability, ConfusionChart.Table($"classes-{target.Name}", confusion,
                    target.Classes))
                : Layout.Section(
                    target.Name, target.Title, ConfusionChart.Draw($"confusion-{target.Name}", confusion, target.Classes),
                    reliability, ConfusionChart.Table($"classes-{target.Name}", confusion, target.Classes));
        }

        yield return WorstErrorSection(rows, predictions);
    }

    private static XElement WorstErrorSection(IReadOnlyList<LatticeRow> rows, IReadOnlyList<LatticePrediction> predictions)
    {
        var errors = Enumerable.Range(0, rows.Count)
            .Select(i => (Row: rows[i], Best: ClassMetrics.MostProbable(predictions[i].Groups), Prediction: predictions[i]))
            .Where(entry => entry.Best != entry.Row.Group)
            .OrderByDescending(entry => entry.Prediction.Groups[entry.Best]).ThenBy(entry => entry.Row.Line).Take(WorstErrors);
        return Layout.Section("errors", "Most confident errors", Markup.Element("ul",
            errors.Select(entry => Markup.Element("li", string.Create(CultureInfo.InvariantCulture,
            $"{entry.Row.Text}: {LatticeClasses.GroupSymbols[entry.Best]} with probability {entry.Prediction.Groups[entry.Best]:0.00}, is "
            + $"{LatticeClasses.GroupSymbols[entry.Row.Group]} (line {entry.Row.Line})")))));
    }
}
