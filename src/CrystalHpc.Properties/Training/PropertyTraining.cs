using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Prediction;

namespace CrystalHpc.Properties.Training;

/// <summary>From tables to a trained model in a run directory. All calls are collective.</summary>
internal static class PropertyTraining
{
    // Intervals of 1.645 standard errors hold this share of validation rows.
    private const double CoveredShare = 0.9, HalfWidth = 1.645;

    // Share of validation rows that may be warned about.
    private const double WarnedShare = 0.05;

    public static void Run(Job job, string directory, PropertyOptions options)
    {
        IReadOnlyList<PropertyTable> tables = Read(job, options);
        PropertySample[] samples = [.. tables.SelectMany(table => table.Samples)];
        PropertySample[] training = PartOf(samples, SplitPart.Training), validation = PartOf(samples, SplitPart.Validation);
        TargetColumn[] columns = [.. tables[0].Targets];
        for (int k = 0; k < columns.Length; k++)
        {
            if (training.Count(sample => !double.IsNaN(sample.Targets[k])) < 2 || validation.All(sample => double.IsNaN(sample.Targets[k])))
                throw UserException.Unusable(
                    $"the tables are too small: the split leaves too few training or validation rows of {columns[k].Target.Name}");
        }

        string digest = string.Join(' ', tables.Select(table => table.Digest));
        JsonObject decides = new()
        {
            ["version"] = PropertyModel.Version,
            ["options"] = JsonSerializer.SerializeToNode(options with { Tables = [], StartFrom = null }, ConfigurationFile.Json),
            ["tables"] = digest,
            ["start"] = options.StartFrom is { } file ? WholeFile.Digest(file) : null,
        };
        using var run = TrainingRun.Open(job, directory, PropertyModel.System, decides);
        string names = string.Join(", ", columns.Select(column => column.Target.Name));
        job.Say(FormattableString.Invariant($"train    {names} of {training.Length} structures, {validation.Length} for validation"));
        PropertyModel model = CreateModel(options, columns, training);
        CrystalGraph[] graphs = [.. training.Select(sample => sample.Graph)];
        double[] targets = ScaledTargets(model, training);
        PropertyModel? start = options.StartFrom is { } path ? StartOf(path, model) : null;
        IReadOnlyList<float[]> parameters = run.Train(
            () => new PropertyTask<float>(
                model.CreateNetwork(), graphs, targets, model.IsQuestion, (seed, parameters) => start?.Start(seed, parameters)),
            Enumerable.Range(0, graphs.Length).ToArray(), default, options.Training, options.Members);
        for (int member = 0; member < options.Members; member++)
            parameters[member].CopyTo(model.Members[member].Values);
        model = Calibrate(model, graphs, validation, options.KeptCrystals);
        PropertyPrediction[] predictions = new PropertyPredictor(model).Predict([.. validation.Select(sample => sample.Graph)]);
        ModelJudgment judgment = PropertyJudge.Judge("validation rows of the training tables", model, validation, predictions);
        run.Finish(model.Metadata(decides, digest, judgment.Metrics), model.Tensors(), judgment);
        foreach (string line in PropertyJudge.Lines(model, judgment))
            job.Say($"train    {line}");
    }

    /// <summary>A model with the scales of some rows, whose networks are not trained.</summary>
    public static PropertyModel CreateModel(PropertyOptions options, IReadOnlyList<TargetColumn> columns, PropertySample[] training)
    {
        CrystalGraph[] graphs = [.. training.Select(sample => sample.Graph)];
        var shape = new NetworkShape(options.Convolutions, options.Width, options.Hidden, columns.Count)
        {
            Graphs = options.Graphs, Features = PropertyModel.FeaturesOf(options.Input),
        };
        LearnedTarget[] targets =
            [.. columns.Select((column, k) => ScaleOf(column, [.. training.Select(sample => sample.Targets[k]).Where(double.IsFinite)]))];
        return new PropertyModel(shape, options.Members, targets, graphs.SelectMany(graph => graph.Contents).ToHashSet())
        {
            Input = options.Input,
            MostElements = graphs.Max(graph => graph.Contents.Distinct().Count()),
            Type = options.Input == PropertyInput.Structure ? CrystalType.Of(graphs) : null,
        };
    }

    /// <summary>What networks learn of some rows, end to end.</summary>
    public static double[] ScaledTargets(PropertyModel model, PropertySample[] samples) => [.. samples.SelectMany(
        sample => sample.Targets.Select((value, k) => model.Targets[k].Scaled(value)))];

    /// <summary>The samples of a part of the split.</summary>
    public static PropertySample[] PartOf(IEnumerable<PropertySample> samples, SplitPart part) =>
        [.. samples.Where(sample => sample.Part == part)];

    /// <summary>Says which rows are not used.</summary>
    public static void TellRefused(Action<string> warn, string path, IReadOnlyList<RefusedRow> refused)
    {
        const int Shown = 5;
        foreach (RefusedRow row in refused.Take(Shown))
            warn(FormattableString.Invariant($"{path}, line {row.Line}: {row.Finding.Message} ({row.Finding.Code})"));
        if (refused.Count > Shown)
            warn(FormattableString.Invariant($"{path}: {refused.Count} rows or cells are not used"));
    }

    /// <summary>The tables of a configuration; tells which rows are not used.</summary>
    public static IReadOnlyList<PropertyTable> Read(Job job, PropertyOptions options)
    {
        IReadOnlyList<PropertyTable> tables = PropertyTable.ReadAll(options.Tables, options.Targets, options.Input, options.Graphs);
        foreach ((string path, PropertyTable table) in options.Tables.Zip(tables))
            TellRefused(job.Warn, path, table.Refused);
        return tables;
    }

    private static PropertyModel StartOf(string path, PropertyModel model)
    {
        var start = PropertyModel.Read(path);
        return (start.Shape with { Hidden = 0, Targets = 0 }) == (model.Shape with { Hidden = 0, Targets = 0 })
            && start.Input == model.Input
            ? start : throw UserException.Unusable($"{path}: the networks to start from have other convolutions, another width or input");
    }

    private static LearnedTarget ScaleOf(TargetColumn column, double[] values)
    {
        double mean = values.Average(), square = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        return new LearnedTarget(column, mean, square > 0 ? Math.Sqrt(square) : 1, 0, 1);
    }

    private static double FactorOf(double[] answers, double[] probabilities) => 1 / TemperatureScaling.Fit(
        [.. probabilities.SelectMany(p => new[] { 1 - p, p })], [.. answers.Select(answer => (int)answer)]);

    private static PropertyModel Calibrate(PropertyModel model, CrystalGraph[] training, PropertySample[] validation, int kept)
    {
        new PropertyPredictor(model).Predict(training, out float[] pooled);
        var seen = FeatureSpace.Of(pooled, model.Shape.Width, kept);
        PropertyModel known = model.With(model.Targets, seen);
        PropertyPrediction[] spread = new PropertyPredictor(known).Predict([.. validation.Select(sample => sample.Graph)]);
        double[] distances = [.. spread.Select(prediction => prediction.Distance).Order()];
        LearnedTarget[] targets = [.. model.Targets.Select((target, k) =>
        {
            int[] rows = [.. Enumerable.Range(0, validation.Length).Where(i => !double.IsNaN(validation[i].Targets[k]))];
            double[] actual = [.. rows.Select(i => validation[i].Targets[k])], predicted = [.. rows.Select(i => spread[i].Values[k])];
            if (target.Column.Target.IsQuestion)
                return target with { Factor = FactorOf(actual, predicted) };
            double[] errors = [.. actual.Zip(predicted, (a, p) => Math.Abs(a - p)).Order()];
            double noise = Math.Max(errors[errors.Length / 2], 1e-9 * target.Scale);
            double[] raw = [.. rows.Select(i => Math.Sqrt(spread[i].Errors[k] * spread[i].Errors[k] + noise * noise))];
            return target with { Noise = noise, Factor = RegressionMetrics.ErrorFactor(actual, predicted, raw, HalfWidth, CoveredShare) };
        })];
        double limit = distances[(int)((1 - WarnedShare) * (distances.Length - 1))];
        return model.With(targets, new FeatureSpace(seen.Scale.ToArray(), seen.Points.ToArray()) { Limit = limit });
    }
}
