using System.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// Trains a task by steps along the mean gradients of batches. All ranks hold all parameters and take the same steps; the trained parameters are the same bytes for
/// any number of ranks and threads, whether the training was interrupted or not.
/// </summary>
public sealed class Trainer<T> : IEpochTraining<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // How fast running statistics follow those of a batch.
    private static readonly T StatisticShare = T.CreateChecked(0.1);

    private readonly TrainingOptions _options;
    private readonly ShardTeam<T> _team;
    private readonly VirtualShards _deal;
    private readonly ReadOnlyMemory<int> _validation;
    private readonly IOptimizer<T> _optimizer;
    private readonly TrainingState<T> _state;
    private readonly T[] _gradient;

    /// <summary>Prepares a training.</summary>
    /// <param name="create">Makes an instance of the task, all alike; one for each thread.</param>
    /// <param name="training">Numbers of the samples to train with, one at least.</param>
    /// <param name="validation">Numbers of the samples that choose the best epoch; none: the last epoch counts.</param>
    /// <param name="options">How to train.</param>
    /// <param name="world">The ranks that train together.</param>
    /// <param name="threads">Threads of this rank.</param>
    public Trainer(
        Func<ITrainingTask<T>> create, ReadOnlyMemory<int> training, ReadOnlyMemory<int> validation, TrainingOptions options, ICommunicator world, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        MatrixProduct.Use(options.LinearAlgebra);
        _team = new ShardTeam<T>(create, world, threads);
        _deal = new VirtualShards(training, options.Batch, options.Shard);
        _validation = validation;
        _optimizer = OptimizerOf.Parameters(options.Optimizer, Parameters.Parameters, options.WeightDecay, options.Momentum);
        _gradient = new T[Parameters.Values.Length];
        _state = new TrainingState<T>(_gradient.Length, _optimizer.State);
    }

    /// <summary>The parameters: after the training, the best ones.</summary>
    public ParameterBuffer<T> Parameters => _team.Parameters;

    private ulong Seed => (ulong)_options.Seed;

    /// <summary>Trains. A collective call.</summary>
    /// <param name="saved">What <paramref name="onStep"/> captured, to go on from there; null: begins.</param>
    /// <param name="onStep">Called after each step with a function that captures the state; an exception that it throws on all ranks ends the training.</param>
    /// <param name="onEpoch">Called after each epoch.</param>
    /// <returns>All epochs.</returns>
    /// <exception cref="UserException">A gradient or the loss is not finite.</exception>
    public IReadOnlyList<EpochRow> Run(byte[]? saved = null, Action<Func<byte[]>>? onStep = null, Action<EpochRow>? onEpoch = null)
    {
        if (saved is null)
            _team.Initialize(Seed);
        else
            _state.Read(saved, Parameters.Values);
        while (_state.Epoch < _options.Epochs && !(_state.EpochsSinceBest >= _options.Patience))
        {
            _deal.Shuffle(Seed, _state.Epoch);
            while (_state.Batch < _deal.Batches)
            {
                Step();
                onStep?.Invoke(Capture);
            }

            EpochRow row = EndEpoch();
            onEpoch?.Invoke(row);
        }

        if (!_validation.IsEmpty)
            _state.Best.CopyTo(Parameters.Values);
        return _state.History;
    }

    /// <summary>The state of the training, for <see cref="Run"/>.</summary>
    public byte[] Capture() => _state.Write(Parameters.Values);

    private void Step()
    {
        _state.LossSum += Finite(_team.Gradient(_deal, _state.Batch, Seed, _state.Epoch, _gradient));
        FollowStatistics();
        double norm = GradientNorm();
        _state.NormSum += norm;
        if (norm > _options.ClipNorm)
            VectorSpan.Scale(T.CreateChecked(_options.ClipNorm.Value / norm), _gradient.AsSpan());
        _optimizer.Step(Parameters.Values, _gradient, ++_state.Step, RateOf(_state.Step));
        _state.Batch++;
    }

    private EpochRow EndEpoch()
    {
        double? loss = _validation.IsEmpty ? null : Finite(_team.Loss(_validation, _options.Batch)) / _validation.Length;
        bool isBest = loss < _state.BestLoss;
        if (isBest)
        {
            _state.BestLoss = loss!.Value;
            Parameters.Values.CopyTo(_state.Best);
        }

        _state.EpochsSinceBest = isBest || loss is null ? 0 : _state.EpochsSinceBest + 1;
        var row = new EpochRow(++_state.Epoch, RateOf(_state.Step), _state.LossSum / _deal.Count, loss, _state.NormSum / _deal.Batches, isBest);
        _state.History.Add(row);
        (_state.Batch, _state.LossSum, _state.NormSum) = (0, 0, 0);
        return row;
    }

    private double Finite(double loss) => double.IsNaN(loss)
        ? throw UserException.Unusable(
            $"the training diverged: {_team.NotFinite} is no longer a finite number; a lower rate or a smaller clip_norm helps where the data are sound")
        : loss;

    private double RateOf(long step) => LearningRate.At(_options.Schedule, _options.Rate, step, (long)_options.Epochs * _deal.Batches);

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
