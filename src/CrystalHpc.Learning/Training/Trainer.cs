using System.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// Trains a task by steps along the mean gradients of batches. All ranks hold all parameters and take the same steps; the trained
/// parameters are the same bytes for any number of ranks and threads, whether the training was interrupted or not.
/// </summary>
public sealed class Trainer<T> : EpochTraining<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // How fast running statistics follow those of a batch.
    private static readonly T StatisticShare = T.CreateChecked(0.1);

    private readonly ShardTeam<T> _team;
    private readonly ReadOnlyMemory<int> _validation;
    private readonly IOptimizer<T> _optimizer;
    private readonly T[] _gradient;

    /// <summary>Prepares a training.</summary>
    /// <param name="create">Makes an instance of the task, all alike; one for each thread.</param>
    /// <param name="training">Numbers of the samples to train with, one at least.</param>
    /// <param name="validation">Numbers of the samples that choose the best epoch; none: the last epoch counts.</param>
    /// <param name="options">How to train.</param>
    /// <param name="world">The ranks that train together.</param>
    /// <param name="threads">Threads of this rank.</param>
    public Trainer(
        Func<ITrainingTask<T>> create, ReadOnlyMemory<int> training, ReadOnlyMemory<int> validation, TrainingOptions options,
        ICommunicator world, int threads = 1)
        : base(new VirtualShards(training, options.Batch, options.Shard), options)
    {
        MatrixProduct.Use(options.LinearAlgebra);
        _team = new ShardTeam<T>(create, world, threads);
        _validation = validation;
        _optimizer = OptimizerOf.Parameters(options.Optimizer, Parameters.Parameters, options.WeightDecay, options.Momentum);
        _gradient = new T[Parameters.Values.Length];
        State = new TrainingState<T>(_gradient.Length, _optimizer.State);
    }

    /// <inheritdoc/>
    public override ParameterBuffer<T> Parameters => _team.Parameters;

    private protected override TrainingState<T> State { get; }

    private protected override double Rate => RateOf(State.Step);

    /// <inheritdoc/>
    public override byte[] Capture() => State.Write(Parameters.Values);

    private protected override void Initialize() => _team.Initialize(Seed);

    private protected override void Restore(byte[] saved) => State.Read(saved, Parameters.Values);

    /// <exception cref="UserException">A gradient or the loss is not finite.</exception>
    private protected override void Step()
    {
        State.LossSum += Finite(_team.Gradient(Deal, State.Batch, Seed, State.Epoch, _gradient));
        FollowStatistics();
        double norm = GradientNorm();
        State.NormSum += norm;
        if (norm > Options.ClipNorm)
            VectorSpan.Scale(T.CreateChecked(Options.ClipNorm.Value / norm), _gradient.AsSpan());
        _optimizer.Step(Parameters.Values, _gradient, ++State.Step, RateOf(State.Step));
        State.Batch++;
    }

    private protected override double? ValidationLoss() =>
        _validation.IsEmpty ? null : Finite(_team.Loss(_validation, Options.Batch)) / _validation.Length;

    private double Finite(double loss) => double.IsNaN(loss)
        ? throw UserException.Unusable(
            $"the training diverged: {_team.NotFinite} is no longer a finite number; a lower rate or a "
            + $"smaller clip_norm helps where the data are sound")
        : loss;

    private double RateOf(long step) => LearningRate.At(Options.Schedule, Options.Rate, step, (long)Options.Epochs * Deal.Batches);

    // Of what follows the gradient, without running statistics.
    private double GradientNorm()
    {
        double square = 0;
        int offset = 0;
        foreach (Parameter<T> parameter in Parameters.Parameters)
        {
            Span<T> part = _gradient.AsSpan(offset, parameter.Length);
            offset += parameter.Length;
            if (parameter.Kind != ParameterKind.Statistic)
                square += VectorSpan.SumOfSquares<T>(part);
        }

        return Math.Sqrt(square);
    }

    private void FollowStatistics()
    {
        int offset = 0;
        foreach (Parameter<T> parameter in Parameters.Parameters)
        {
            Span<T> values = parameter.Values, mean = _gradient.AsSpan(offset, parameter.Length);
            offset += parameter.Length;
            for (int i = 0; parameter.Kind == ParameterKind.Statistic && i < values.Length; i++)
                values[i] += StatisticShare * (mean[i] - values[i]);
        }
    }
}
