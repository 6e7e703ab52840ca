using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices.Training;

/// <summary>
/// Trains the part of a model that predicts cells: seconds, so that an interrupted training does it again. A collective call.
/// </summary>
internal static class CellTraining
{
    // Found on validation formulas of the Materials Project; 17,000 cells take so many epochs.
    private static readonly TrainingOptions Options = TrainingOptions.Default with
    {
        Epochs = 20, Batch = 256, Shard = 64, Rate = 3e-3, Schedule = RateSchedule.OneCycle, WeightDecay = 0.01, ClipNorm = 5,
    };

    // Standard errors are such that 1.645 of them cover 90 % of the validation rows; lattices with fewer rows take those of all.
    private const double CoveredShare = 0.9, HalfWidth = 1.645;
    private const int FewRows = 50;

    public static CellModel Run(Job job, IReadOnlyList<KnownCell> rows, FeatureScaling scaling, int seed)
    {
        KnownCell[] training = [.. rows.Where(row => FormulaSplit.PartOf(row.Key) == SplitPart.Training)
            .DistinctBy(row => (row.Key, row.Cell))];
        KnownCell[] validation = [.. rows.Where(row => FormulaSplit.PartOf(row.Key) == SplitPart.Validation)];
        if (training.Length == 0 || validation.Length == 0)
            throw UserException.Unusable("the tables of cells are too small: the split leaves no training or no validation formulas");
        var model = new CellModel(training, scaling);
        float[] inputs = model.Inputs([.. training.Select(row => (row.Composition, row.Bravais))]);
        var targets = new float[training.Length * ConventionalCell.Numbers];
        for (int i = 0; i < training.Length; i++)
        {
            Span<float> target = targets.AsSpan(i * ConventionalCell.Numbers, ConventionalCell.Numbers);
            model.Memory.WriteTargets(training[i], target);
            CellMemory.Mask(training[i].Bravais, target);
        }

        job.Say(FormattableString.Invariant($"train    {training.Length} cells, {validation.Length} for validation"));
        var trainer = new Trainer<float>(
            () => new CellTask<float>(CellModel.CreateNetwork(scaling), inputs, targets), Enumerable.Range(0, training.Length).ToArray(),
            default,
            Options with { Seed = seed }, job.World);
        trainer.Run();
        trainer.Parameters.Values.CopyTo(model.Parameters.Values);
        return model.WithErrors(ErrorsOf(model, validation));
    }

    private static float[] ErrorsOf(CellModel model, KnownCell[] validation)
    {
        ConventionalCell[] cells = model.Predict([.. validation.Select(row => (row.Composition, row.Bravais))]);
        var errors = new float[LatticeClasses.Bravais.Count * CellModel.ErrorCount];
        for (int bravais = 0; bravais < LatticeClasses.Bravais.Count; bravais++)
        {
            int[] own = [.. Enumerable.Range(0, validation.Length).Where(i => validation[i].Bravais == bravais)];
            if (own.Length < FewRows)
                own = [.. Enumerable.Range(0, validation.Length)];
            for (int k = 0; k < CellModel.ErrorCount; k++)
            {
                double[] deviations = [.. own.Select(i => Math.Abs(cells[i].Length(k) / validation[i].Cell.Length(k) - 1)).Order()];
                errors[bravais * CellModel.ErrorCount + k] = (float)(
                    deviations[Math.Min(deviations.Length - 1, (int)(CoveredShare * (deviations.Length + 1)))] / HalfWidth);
            }
        }

        return errors;
    }
}
