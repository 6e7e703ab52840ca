using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Runs;

namespace CrystalHpc.Lattices.Training;

/// <summary>From tables to a trained model in a run directory. All calls are collective.</summary>
internal static class LatticeTraining
{
    // Share of validation formulas that may be warned about.
    private const double WarnedShare = 0.05;

    public static void Run(Job job, string directory, LatticeOptions options)
    {
        LatticeTable[] tables = [.. options.Tables.Select(LatticeTableReader.Read)];
        for (int i = 0; i < tables.Length; i++)
            TellRefused(job, options.Tables[i], tables[i].Refused);
        LatticeRow[] rows = [.. tables.SelectMany(table => table.Rows)];
        LatticeRow[] training = PartOf(rows, SplitPart.Training), validation = PartOf(rows, SplitPart.Validation);
        if (training.Length == 0 || validation.Length == 0)
            throw UserException.Unusable("the tables are too small: the split leaves no training or no validation formulas");
        (IReadOnlyList<KnownCell> Rows, IReadOnlyList<RefusedRow> Refused, string Digest)[] cells =
            [.. options.CellTables.Select(CellTable.Read)];
        for (int i = 0; i < cells.Length; i++)
            TellRefused(job, options.CellTables[i], cells[i].Refused);
        string digest = string.Join(' ', tables.Select(table => table.Digest).Concat(cells.Select(table => table.Digest)));
        JsonObject decides = new()
        {
            ["version"] = LatticeModel.Version, ["options"] = JsonSerializer.SerializeToNode(
                options with { Tables = [], CellTables = [] }, ConfigurationFile.Json), ["tables"] = digest,
        };
        using var run = TrainingRun.Open(job, directory, LatticeModel.System, decides);
        KnownFormulas known = LatticeTable.Collect(training);
        job.Say(string.Create(CultureInfo.InvariantCulture,
            $"train    {known.Compositions.Count} formulas of {training.Length} rows, {validation.Length} "
            + $"rows for validation; finding neighbors"));
        var model = new LatticeModel(known, FeatureScaling.Of(known.Compositions), options.Width, options.Members);
        var samples = new FormulaSamples(known.Compositions, model.Scaling, model.NeighborsOf(known.Compositions));
        IReadOnlyList<float[]> parameters = run.Train(
            () => new LatticeTask<float>(model.CreateNetwork(), samples, known), Enumerable.Range(0, known.Compositions.Count).ToArray(),
            default, options.Training, options.Members);
        for (int member = 0; member < options.Members; member++)
            parameters[member].CopyTo(model.Members[member].Values);

        KnownCell[] cellRows = [.. tables.SelectMany(table => table.Cells), .. cells.SelectMany(table => table.Rows)];
        CellModel? cellModel = cellRows.Length > 0 ? CellTraining.Run(job, cellRows, model.Scaling, options.Training.Seed) : null;
        model = Calibrate(model, LatticeTable.Collect(validation), cellModel);
        LatticePrediction[] predictions = new LatticePredictor(model).Predict([.. validation.Select(row => row.Composition)]);
        ModelJudgment judgment = LatticeJudge.Judge("validation rows of the training tables", validation, predictions);
        run.Finish(model.Metadata(decides, digest, judgment.Metrics), model.Tensors(), judgment);
    }

    /// <summary>The rows of a part of the split.</summary>
    public static LatticeRow[] PartOf(IEnumerable<LatticeRow> rows, SplitPart part)
        => [.. rows.Where(row => FormulaSplit.PartOf(row.Key) == part)];

    /// <summary>
    /// Finds the temperatures at which validation formulas are the most probable, and the support below which one is unusual.
    /// </summary>
    internal static LatticeModel Calibrate(LatticeModel model, KnownFormulas validation, CellModel? cells)
    {
        var predictor = new LatticePredictor(model);
        LatticePrediction[] predictions = predictor.Predict(validation.Compositions);
        double[] temperatures = [.. Enumerable.Reverse(LatticeTarget.All).Select(target => TemperatureOf(target, validation, predictions))];
        double[] supports = [.. predictions.Select(prediction => prediction.Support)];
        Array.Sort(supports);
        return model.With(temperatures, supports[(int)(WarnedShare * supports.Length)], cells);
    }

    private static double TemperatureOf(LatticeTarget target, KnownFormulas validation, LatticePrediction[] predictions)
    {
        (List<double> probabilities, List<int> labels) = ([], []);
        for (int i = 0; i < predictions.Length; i++)
        {
            ReadOnlySpan<byte> groups = validation.GroupsOf(i);
            ReadOnlySpan<ushort> counts = validation.CountsOf(i);
            for (int k = 0; k < groups.Length; k++)
            {
                for (int row = 0; row < counts[k]; row++)
                {
                    probabilities.AddRange(target.Probabilities(predictions[i]));
                    labels.Add(target.OfGroup(groups[k]));
                }
            }
        }

        return TemperatureScaling.Fit([.. probabilities], [.. labels]);
    }

    private static void TellRefused(Job job, string path, IReadOnlyList<RefusedRow> refused)
    {
        const int Shown = 5;
        foreach (RefusedRow row in refused.Take(Shown))
            job.Warn(FormattableString.Invariant($"{path}, line {row.Line}: {row.Finding.Message} ({row.Finding.Code})"));
        if (refused.Count > Shown)
            job.Warn(FormattableString.Invariant($"{path}: {refused.Count} rows are not used"));
    }
}
