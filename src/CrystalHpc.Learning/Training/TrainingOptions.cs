using System.ComponentModel.DataAnnotations;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Training;

/// <summary>How a network is trained.</summary>
/// <param name="Seed">What starting weights, the order of samples and all noise follow from.</param>
/// <param name="Epochs">Passes over the training samples, at most.</param>
/// <param name="Batch">Samples of a step, at most; the batches of an epoch are of equal size but for one sample.</param>
/// <param name="Shard">Samples of a virtual shard, at most: what is computed as one, and what batch normalization sees.</param>
/// <param name="Optimizer">What turns gradients into steps.</param>
/// <param name="Rate">Learning rate, the largest of the schedule.</param>
/// <param name="Schedule">How the rate changes with the steps.</param>
/// <param name="Momentum">Momentum of <c>sgd</c>.</param>
/// <param name="WeightDecay">How weights decay: <c>adamw</c> by rate x decay a step, <c>sgd</c> by a term decay w^2 / 2 of the loss;
/// biases, scales and embeddings do not.</param>
/// <param name="ClipNorm">Gradients with a larger norm are shortened to it; null: none is.</param>
/// <param name="Patience">Stop when the loss of the validation samples has not fallen for so many epochs; null: all epochs are
/// made.</param>
/// <param name="LinearAlgebra">Whose matrix products are used; the bytes of a model are the same everywhere with <c>managed</c>
/// only.</param>
public sealed record TrainingOptions(
    [property: Range(0, int.MaxValue)] int Seed,
    [property: Range(1, 1_000_000)] int Epochs,
    [property: Range(1, 1_000_000)] int Batch,
    [property: Range(1, 1_000_000)] int Shard,
    OptimizerKind Optimizer,
    [property: Range(1e-9, 1e3)] double Rate,
    RateSchedule Schedule,
    [property: Range(0.0, 0.9999)] double Momentum,
    [property: Range(0.0, 10.0)] double WeightDecay,
    [property: Range(1e-9, 1e9)] double? ClipNorm,
    [property: Range(1, 1_000_000)] int? Patience,
    LinearAlgebra LinearAlgebra)
{
    /// <summary>AdamW with one cycle, batches of 512 in shards of 32.</summary>
    public static TrainingOptions Default { get; } = new(
        Seed: 1,
        Epochs: 20,
        Batch: 512,
        Shard: 32,
        Optimizer: OptimizerKind.Adamw,
        Rate: 2e-3,
        Schedule: RateSchedule.OneCycle,
        Momentum: 0.9,
        WeightDecay: 0.01,
        ClipNorm: 5,
        Patience: null,
        LinearAlgebra: LinearAlgebra.Managed);

    /// <summary>What is wrong with the values together; null when nothing is.</summary>
    public static string? ProblemOf(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Shard > options.Batch ? $"shard ({options.Shard}) must not be larger than batch ({options.Batch})" : null;
    }
}
