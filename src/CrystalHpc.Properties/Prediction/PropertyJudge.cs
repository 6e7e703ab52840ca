using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Report;
using CrystalHpc.Properties.Data;

namespace CrystalHpc.Properties.Prediction;

/// <summary>How good predictions are, target by target, beside the mean of the training rows as a prediction.</summary>
public static class PropertyJudge
{
    private const double HalfWidth = 1.645;

    private static readonly double Ln10 = Core.Numerics.PortableMath.Log(10);

    /// <summary>Compares predictions with what tables say.</summary>
    /// <param name="data">What it is judged on, for people.</param>
    /// <param name="model">The model.</param>
    /// <param name="samples">The rows, their targets in the order of the model's.</param>
    /// <param name="predictions">A prediction for each.</param>
    public static ModelJudgment Judge(
        string data, PropertyModel model, IReadOnlyList<PropertySample> samples, IReadOnlyList<PropertyPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(predictions);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["in_domain"] = (double)predictions.Count(one => one.IsInDomain) / predictions.Count,
        };
        (List<XElement> figures, List<XElement> sections) = ([], []);
        for (int k = 0; k < model.Targets.Count; k++)
        {
            LearnedTarget target = model.Targets[k];
            string name = target.Column.Target.Name, unit = target.Column.Unit;
            int[] rows = [.. Enumerable.Range(0, samples.Count).Where(i => !double.IsNaN(samples[i].Targets[k]))];
            if (rows.Length == 0)
                continue;
            double[] actual = [.. rows.Select(i => samples[i].Targets[k])], predicted = [.. rows.Select(i => predictions[i].Values[k])];
            double[] errors = [.. rows.Select(i => predictions[i].Errors[k])];
            if (target.Column.Target.IsQuestion)
            {
                AddQuestion(metrics, name, actual, predicted, target.Mean);
                figures.Add(Layout.KeyFigure(
                    FormattableString.Invariant($"{metrics[$"{name}.accuracy"]:0.000}"), target.Column.Target.Title, "accuracy"));
                continue;
            }

            var own = RegressionMetrics.Of(actual, predicted);
            metrics[$"{name}.n"] = rows.Length;
            metrics[$"{name}.mae"] = own.MeanAbsolute;
            metrics[$"{name}.rmse"] = own.RootMeanSquare;
            metrics[$"{name}.smape"] = own.SymmetricPercent;
            if (double.IsFinite(own.R2))
                metrics[$"{name}.r2"] = own.R2;
            metrics[$"{name}.coverage90"] = RegressionMetrics.Coverage(actual, predicted, errors, HalfWidth);
            metrics[$"{name}.mean_mae"] = RegressionMetrics.Of(actual, [.. actual.Select(_ => target.Mean)]).MeanAbsolute;
            if (target.Column.Target.IsLogarithm)
                metrics[$"{name}.mae_ln"] = Ln10 * own.MeanAbsolute;
            figures.Add(Layout.KeyFigure(
                FormattableString.Invariant($"{own.MeanAbsolute:0.####} {unit}"), target.Column.Target.Title, "mean absolute error"));
            sections.Add(Layout.Section(
                name, target.Column.Target.Title, ParityChart.Draw($"parity-{name}", $"{name}, {unit}", actual, predicted)));
        }

        return new ModelJudgment(data, samples.Count, metrics, Rows(model, samples, predictions), figures, sections);
    }

    /// <summary>The figures, a line for each target.</summary>
    public static IEnumerable<string> Lines(PropertyModel model, ModelJudgment judgment)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(judgment);
        IReadOnlyDictionary<string, double> metrics = judgment.Metrics;
        yield return FormattableString.Invariant($"{judgment.N} rows of {judgment.Data}, {100 * metrics["in_domain"]:0.0} % in domain");
        yield return $"{"",-18}{"unit",-10}{"rows",8}{"MAE",10}{"SMAPE %",10}{"RMSE",10}{"mean MAE",10}{"90 % hold",10}";
        foreach (LearnedTarget target in model.Targets.Where(target => metrics.ContainsKey($"{target.Column.Target.Name}.mae")))
        {
            string name = target.Column.Target.Name;
            double Of(string metric) => metrics[$"{name}.{metric}"];
            yield return FormattableString.Invariant(
                $"{name,-18}{target.Column.Unit,-10}{Of("n"),8}{Of("mae"),10:0.0000}{Of("smape"),10:0.00}")
                + FormattableString.Invariant($"{Of("rmse"),10:0.0000}{Of("mean_mae"),10:0.0000}{100 * Of("coverage90"),9:0.0}%");
        }

        foreach (string name in model.Targets.Select(target => target.Column.Target.Name)
            .Where(name => metrics.ContainsKey($"{name}.accuracy")))
        {
            yield return FormattableString.Invariant(
                $"{name}: {100 * metrics[$"{name}.accuracy"]:0.0} % of {metrics[$"{name}.n"]} answers right, macro F1 ")
                + FormattableString.Invariant($"{metrics[$"{name}.macro_f1"]:0.000}, calibration error {metrics[$"{name}.ece"]:0.000}; ")
                + FormattableString.Invariant($"always the same answer: {100 * metrics[$"{name}.majority"]:0.0} %");
        }
    }

    // A question beside the answer that most training rows have.
    private static void AddQuestion(
        SortedDictionary<string, double> metrics, string name, double[] actual, double[] predicted, double shareOfYes)
    {
        double[] probabilities = [.. predicted.SelectMany(p => new[] { 1 - p, p })];
        int[] labels = [.. actual.Select(answer => (int)answer)];
        metrics[$"{name}.n"] = labels.Length;
        metrics[$"{name}.accuracy"] = ClassMetrics.TopAccuracy(probabilities, labels, 1);
        metrics[$"{name}.macro_f1"] = ClassMetrics.Confusion(probabilities, labels).MacroF1;
        metrics[$"{name}.ece"] = Calibration.ExpectedError(probabilities, labels);
        metrics[$"{name}.majority"] = (double)labels.Count(label => label == (shareOfYes > 0.5 ? 1 : 0)) / labels.Length;
    }

    private static IEnumerable<PredictionRow> Rows(
        PropertyModel model, IReadOnlyList<PropertySample> samples, IReadOnlyList<PropertyPrediction> predictions)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            for (int k = 0; k < model.Targets.Count; k++)
            {
                double actual = samples[i].Targets[k];
                if (model.Targets[k].Column.Target.IsQuestion)
                {
                    double yes = predictions[i].Values[k];
                    yield return PredictionRow.OfClass(
                        i, samples[i].Id, model.Targets[k].Column.Target.Name, double.IsNaN(actual) ? null : Answer(actual), Answer(yes),
                        Math.Max(yes, 1 - yes), predictions[i].IsInDomain);
                    continue;
                }

                yield return PredictionRow.OfNumber(
                    i, samples[i].Id, model.Targets[k].Column.Target.Name, double.IsNaN(actual) ? null : actual, predictions[i].Values[k],
                    predictions[i].Errors[k], predictions[i].IsInDomain);
            }
        }
    }

    private static string Answer(double yes) => yes > 0.5 ? "yes" : "no";
}
