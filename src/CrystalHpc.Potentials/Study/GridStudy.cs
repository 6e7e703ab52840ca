using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Training;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Potentials.Study;

/// <summary>
/// The grid of networks of Rili 2024: few functions, deep networks, the mean absolute error of energies of whole cells of one size; batches
/// of 20, 80 epochs. The network that is best on validation structures then learns energies less those of free atoms, and less what
/// composition tells.
/// </summary>
internal static class GridStudy
{
    private const int Epochs = 80, Batch = 20, Shard = 5;
    private const double OutlierDeviations = 1.5;

    /// <summary>Rows of the study. A collective call.</summary>
    public static IEnumerable<StudyRow> Run(Job job, StudyData data, PotentialOptions options)
    {
        LabelledFrame[] cells = data.Cells;
        Element[] elements = [.. cells.SelectMany(cell => cell.Frame.Species).Distinct().Order()];
        var table = new SampleTable(
            StudySets.Few(elements, options.CutoffAngstrom), [.. cells.Select(cell => cell.Frame)], hasStrain: false, budgetBytes: 0);
        (int[] training, int[] validation, int[] test) = (In(SplitPart.Training), In(SplitPart.Validation), In(SplitPart.Test));
        table.Scale(table.FindScaling(training));
        double[] totals = [.. cells.Select(cell => cell.Frame.EnergyElectronVolt!.Value)];
        double[] Less(IReadOnlyDictionary<Element, double> references) =>
            [.. cells.Select((cell, i) => totals[i] - cell.Frame.Species.Sum(element => references.GetValueOrDefault(element)))];
        IReadOnlyDictionary<Element, double> free = options.ReferenceEnergies;
        double[] fitted = EnergyReference.Fit(elements, StudyData.In(cells, SplitPart.Training), free);

        GridShape[] shapes = GridShape.All;
        double[][] grid = TeamWork.Run(job, shapes.Length, (piece, team) => Train(team, shapes[piece], totals));
        for (int i = 0; i < shapes.Length; i++)
        {
            foreach (StudyRow row in Errors(shapes[i].ToString(), grid[i], totals, isFinal: false))
                yield return row;
        }

        int best = Array.IndexOf(grid, grid.MinBy(found => RootMeanSquare(found, totals, validation)));
        (string Name, double[] Targets)[] variants =
        [
            ("less free atoms", Less(free)),
            ("less fitted references", Less(elements.Zip(fitted).ToDictionary(pair => pair.First, pair => pair.Second))),
        ];
        double[][] found = TeamWork.Run(job, variants.Length, (piece, team) => Train(team, shapes[best], variants[piece].Targets));
        double mean = training.Average(row => totals[row]);
        IEnumerable<StudyRow> final =
        [
            .. Errors($"best, {shapes[best]}", grid[best], totals, isFinal: true),
            .. variants.SelectMany((variant, i) => Errors($"best, {variant.Name}", found[i], variant.Targets, isFinal: true)),
            .. Errors("mean of the training structures", [.. totals.Select(_ => mean)], totals, isFinal: true),
        ];
        foreach (StudyRow row in final)
            yield return row;

        double[] Train(Job team, GridShape shape, double[] targets) =>
            GridStudy.Train(team, shape, table, targets, training, validation, options.Training.Seed);
        int[] In(SplitPart part) => [.. Enumerable.Range(0, cells.Length).Where(i => cells[i].Part == part)];

        IEnumerable<StudyRow> Errors(string name, double[] answers, double[] targets, bool isFinal)
        {
            yield return Row("mae_eV", rows => rows.Average(row => Math.Abs(answers[row] - targets[row])));
            yield return Row("rmse_eV", rows => RootMeanSquare(answers, targets, rows));
            if (!isFinal)
                yield break;
            yield return Row("mean_error_eV", Mean);
            yield return Row("deviation_eV", Deviation);
            yield return Row("share_beyond_1.5_deviations", rows =>
                (double)rows.Count(row => Math.Abs(answers[row] - targets[row] - Mean(rows)) > OutlierDeviations * Deviation(rows))
                    / rows.Length);

            double Mean(int[] rows) => rows.Average(row => answers[row] - targets[row]);
            double Deviation(int[] rows) => Math.Sqrt(rows.Average(row => Math.Pow(answers[row] - targets[row] - Mean(rows), 2)));
            StudyRow Row(string metric, Func<int[], double> figure) => new(
                "grid", name, FormattableString.Invariant($"{data.Size}"), metric, training.Length, StudyRow.Rounded(figure(validation)),
                isFinal ? StudyRow.Rounded(figure(test)) : null);
        }
    }

    private static double RootMeanSquare(double[] answers, double[] targets, int[] rows) =>
        Math.Sqrt(rows.Average(row => Math.Pow(answers[row] - targets[row], 2)));

    // What the trained networks say of all structures, eV.
    private static double[] Train(
        Job team, GridShape shape, SampleTable table, double[] targets, int[] training, int[] validation, int seed)
    {
        TotalEnergyTask<float> Create() => new(shape, table, targets);
        TrainingOptions options = TrainingOptions.Default with
        {
            Seed = seed, Epochs = Epochs, Batch = Batch, Shard = Shard, Rate = shape.Rate, Schedule = RateSchedule.Constant,
            WeightDecay = 0, ClipNorm = null,
        };
        var trainer = new Trainer<float>(Create, training, validation, options, team.World);
        trainer.Run(onEpoch: _ => team.World.Together(team.StopPoint));
        TotalEnergyTask<float> task = Create();
        trainer.Parameters.Share(task.Parameters);
        return [.. Enumerable.Range(0, targets.Length).Select(task.Predict)];
    }
}
