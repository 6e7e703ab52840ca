using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices.Study;

/// <summary>Trains plain networks. All calls are collective.</summary>
/// <param name="job">The job.</param>
/// <param name="seed">What starting weights and the order of samples follow from.</param>
internal sealed class PlainTraining(Job job, int seed)
{
    private const int Batch = 256, Shard = 64;

    // Large tables are gone through eight times, small ones until so many steps are made.
    private const int Epochs = 8, LeastSteps = 1000;

    /// <summary>Trains a network on rows of features.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="features">Rows of features, one after another.</param>
    /// <param name="inputs">Features of a row.</param>
    /// <param name="targets">A class number for each, or numbers.</param>
    /// <param name="outputs">Classes, or numbers of a row.</param>
    /// <param name="training">The rows to train on.</param>
    /// <param name="loss">How numbers are compared; null: targets are classes.</param>
    /// <returns>The outputs for any rows.</returns>
    public Func<int[], float[]> Train(PlainShape shape, float[] features, int inputs, float[] targets, int outputs, int[] training,
        RegressionLoss? loss = null)
    {
        int steps = (training.Length + Batch - 1) / Batch;
        TrainingOptions options = TrainingOptions.Default with
        {
            Seed = seed, Epochs = Math.Max(Epochs, (LeastSteps + steps - 1) / steps), Batch = Math.Min(Batch, training.Length),
                Shard = Math.Min(Shard, training.Length), Rate = shape.Rate,
        };
        var trainer = new Trainer<float>(Create, training, default, options, job.World);
        trainer.Run(onStep: _ => job.StopPoint());
        PlainTask task = Create();
        trainer.Parameters.Share(task.Parameters);
        return rows =>
        {
            var answers = new float[rows.Length * outputs];
            for (int first = 0; first < rows.Length; first += Batch)
                task.Predict(rows.AsSpan(first, Math.Min(Batch, rows.Length - first))).Values.CopyTo(answers.AsSpan(first * outputs));
            return answers;
        };

        PlainTask Create() => new(shape, features, inputs, targets, outputs, loss);
    }
}
