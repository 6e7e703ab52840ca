using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Potentials.Training;

/// <summary>The training of networks by whichever method the options name.</summary>
internal static class PotentialTrainer
{
    /// <summary>Prepares a training.</summary>
    /// <param name="options">The method and its settings.</param>
    /// <param name="create">Makes an instance of the task, all alike.</param>
    /// <param name="training">Numbers of the samples to train with.</param>
    /// <param name="validation">Numbers of the samples that choose the best epoch.</param>
    /// <param name="seed">Added to the seed of the options.</param>
    /// <param name="world">The ranks that train together.</param>
    public static IEpochTraining<double> Create<TTask>(PotentialOptions options, Func<TTask> create, int[] training, int[] validation,
        int seed,
        ICommunicator world)
        where TTask : ITrainingTask<double>, IResidualTask
    {
        TrainingOptions seeded = options.Training with { Seed = options.Training.Seed + seed };
        return options.Method switch
        {
            TrainingMethod.Kalman => new KalmanTrainer(create(), training, validation, seeded, options.Kalman, world),
            TrainingMethod.Lbfgs => new LbfgsTrainer(() => create(), training, validation, seeded, world),
            _ => new Trainer<double>(() => create(), training, validation, seeded, world),
        };
    }

    /// <summary>How much deviations count, so that a training is the same for structures of any size.</summary>
    /// <param name="options">Weights of the mean squares.</param>
    /// <param name="table">The samples.</param>
    /// <param name="labels">What they are fitted to.</param>
    /// <param name="fitted">Number of samples, from the first, that are fitted.</param>
    public static LossWeights WeightsOf(PotentialOptions options, SampleTable table, IReadOnlyList<Labels> labels, int fitted)
    {
        double components = 3 * Enumerable.Range(0, fitted).Where(i => labels[i].ForcesElectronVoltPerAngstrom is not null)
            .Select(i => (double)table.AtomsOf(i)).DefaultIfEmpty(1).Average();
        return new LossWeights(options.EnergyWeight, options.ForceWeight / components, options.StressWeight / 6);
    }
}
