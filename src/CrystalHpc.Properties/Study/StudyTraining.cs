using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Training;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Prediction;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Properties.Study;

/// <summary>Trains and judges the variants of a part of the study.</summary>
internal static class StudyTraining
{
    private static readonly double Ln10 = PortableMath.Log(10);

    /// <summary>Rows of the study. A collective call.</summary>
    public static IEnumerable<StudyRow> Run(Job job, string part, StudyVariant[] variants) =>
        TeamWork.Run(job, variants.Length, (piece, team) => Measure(team, part, variants[piece]).ToArray()).SelectMany(rows => rows);

    private static IEnumerable<StudyRow> Measure(Job team, string part, StudyVariant variant)
    {
        PropertyOptions options = variant.Options;
        IReadOnlyList<PropertyTable> tables = PropertyTable.ReadAll(options.Tables, options.Targets, options.Input, options.Graphs);
        PropertySample[] samples = [.. tables.SelectMany(table => table.Samples)];
        PropertySample[] training = [.. PropertyTraining.PartOf(samples, SplitPart.Training)
            .OrderBy(sample => PlaceOf(sample.Key), StringComparer.Ordinal).Take(variant.MostRows)];
        PropertyModel model = Train(team, options, tables[0].Targets, training);
        Predicted validation = Predict(model, PropertyTraining.PartOf(samples, SplitPart.Validation));
        Predicted? test = variant.IsFinal ? Predict(model, PropertyTraining.PartOf(samples, SplitPart.Test)) : null;
        for (int k = 0; k < model.Targets.Count; k++)
        {
            int target = k, known = training.Count(sample => !double.IsNaN(sample.Targets[target]));
            IEnumerable<(string Metric, Func<Predicted, double> Figure)> figures =
            [
                ("mae", rows => rows.Committee(target).MeanAbsolute), ("smape", rows => rows.Committee(target).SymmetricPercent),
                ("rmse", rows => rows.Committee(target).RootMeanSquare),
                ("single_mae", rows => rows.Singles(target).Average()), ("single_mae_deviation", rows => DeviationOf(rows.Singles(target))),
            ];
            if (model.Targets[k].Column.Target.IsLogarithm)
                figures = figures.Append(("mae_ln", rows => Ln10 * rows.Committee(target).MeanAbsolute));
            foreach ((string metric, Func<Predicted, double> figure) in figures)
                yield return new StudyRow(
                    part, variant.Name, model.Targets[k].Column.Target.Name, metric, known, StudyRow.Rounded(figure(validation)),
                    test is null ? null : StudyRow.Rounded(figure(test)));
        }
    }

    private static PropertyModel Train(Job team, PropertyOptions options, IReadOnlyList<TargetColumn> columns, PropertySample[] training)
    {
        PropertyModel model = PropertyTraining.CreateModel(options, columns, training);
        CrystalGraph[] graphs = [.. training.Select(sample => sample.Graph)];
        double[] targets = PropertyTraining.ScaledTargets(model, training);
        for (int member = 0; member < options.Members; member++)
        {
            var trainer = new Trainer<float>(
                () => new PropertyTask<float>(model.CreateNetwork(), graphs, targets, model.IsQuestion),
                Enumerable.Range(0, graphs.Length).ToArray(),
                default, options.Training with { Seed = options.Training.Seed + member }, team.World);
            trainer.Run(onEpoch: _ => team.World.Together(team.StopPoint));
            trainer.Parameters.Values.CopyTo(model.Members[member].Values);
        }

        return model;
    }

    private static Predicted Predict(PropertyModel model, PropertySample[] samples)
    {
        CrystalGraph[] graphs = [.. samples.Select(sample => sample.Graph)];
        var singles = new PropertyPrediction[model.Members.Count][];
        for (int member = 0; member < singles.Length; member++)
        {
            var alone = new PropertyModel(model.Shape, 1, model.Targets, model.Elements);
            model.Members[member].Values.CopyTo(alone.Members[0].Values);
            singles[member] = new PropertyPredictor(alone).Predict(graphs);
        }

        return new Predicted(samples, new PropertyPredictor(model).Predict(graphs), singles);
    }

    // Where a formula stands when fewer are taken: all structures of it follow one another, and smaller sets are parts of larger ones.
    private static string PlaceOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("curve:" + key)));

    private static double DeviationOf(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private sealed record Predicted(PropertySample[] Samples, PropertyPrediction[] Mean, PropertyPrediction[][] OfMembers)
    {
        public RegressionMetrics Committee(int target) => Of(Mean, target);

        public double[] Singles(int target) => [.. OfMembers.Select(own => Of(own, target).MeanAbsolute)];

        private RegressionMetrics Of(PropertyPrediction[] predictions, int target)
        {
            int[] rows = [.. Enumerable.Range(0, Samples.Length).Where(i => !double.IsNaN(Samples[i].Targets[target]))];
            return RegressionMetrics.Of(
                [.. rows.Select(i => Samples[i].Targets[target])], [.. rows.Select(i => predictions[i].Values[target])]);
        }
    }
}
