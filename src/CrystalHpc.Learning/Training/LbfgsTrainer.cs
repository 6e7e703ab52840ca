using System.Text.Json;
using System.Text.Json.Serialization;
using CrystalHpc.Core.Optimization;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>Trains by L-BFGS on all samples at once; an epoch is an iteration. The same bytes on any number of ranks.</summary>
public sealed class LbfgsTrainer : IEpochTraining<double>
{
    private const int History = 20;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly FullBatchObjective _objective;
    private readonly ReadOnlyMemory<int> _validation;
    private readonly TrainingOptions _options;
    private SavedState _saved = new(null, [], double.PositiveInfinity, []);
    private LbfgsState? _now;

    /// <summary>Prepares a training.</summary>
    /// <param name="create">Makes an instance of the task, all alike.</param>
    /// <param name="training">Numbers of the samples to train with, one at least.</param>
    /// <param name="validation">Numbers of the samples that choose the best iteration; none: the last one counts.</param>
    /// <param name="options">Seed, iterations (epochs), batch, shard, weight decay and patience.</param>
    /// <param name="world">The ranks that train together.</param>
    public LbfgsTrainer(Func<ITrainingTask<double>> create, ReadOnlyMemory<int> training, ReadOnlyMemory<int> validation,
        TrainingOptions options, ICommunicator world)
    {
        _objective = new FullBatchObjective(create, training, options, world);
        (_validation, _options) = (validation, options);
    }

    /// <inheritdoc/>
    public ParameterBuffer<double> Parameters => _objective.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<EpochRow> Run(byte[]? saved = null, Action<Func<byte[]>>? onStep = null, Action<EpochRow>? onEpoch = null)
    {
        if (saved is not null)
            _saved = JsonSerializer.Deserialize<SavedState>(saved, Json)!;
        int epochsSinceBest = 0;
        double[] ones = [.. Enumerable.Repeat(1.0, _objective.ParameterCount)];
        LbfgsResult result;
        try
        {
            result = BoundedLbfgs.Minimize(
                _objective, Parameters.Values.ToArray(), Bounds.None(_objective.ParameterCount), ones,
                    new LbfgsOptions(History, _options.Epochs, 1e-9, 0),
                (iteration, point) =>
                {
                    if (iteration.Iteration == 0 || iteration.Iteration <= _saved.History.Count)
                        return;
                    point.CopyTo(Parameters.Values);
                    EpochRow row = RowOf(iteration, point);
                    epochsSinceBest = row.IsBest || row.ValidationLoss is null ? 0 : epochsSinceBest + 1;
                    onEpoch?.Invoke(row);
                    if (epochsSinceBest >= _options.Patience)
                        throw new OutOfPatience();
                },
                new LbfgsCheckpointing(_saved.Minimization, capture =>
                {
                    _now = null;
                    onStep?.Invoke(() => JsonSerializer.SerializeToUtf8Bytes(_saved with { Minimization = _now ??= capture() }, Json));
                }));
            result.Parameters.ToArray().CopyTo(Parameters.Values);
        }
        catch (OutOfPatience)
        {
            // The best iteration counts, below.
        }

        if (!_validation.IsEmpty && _saved.Best.Length > 0)
            _saved.Best.CopyTo(Parameters.Values);
        return _saved.History;
    }

    /// <inheritdoc/>
    public byte[] Capture() => JsonSerializer.SerializeToUtf8Bytes(_saved with { Minimization = _now }, Json);

    private EpochRow RowOf(LbfgsIteration iteration, ReadOnlySpan<double> point)
    {
        if (!double.IsFinite(iteration.Value))
            throw UserException.Unusable("the training diverged: the loss is no finite number");
        double? loss = _validation.IsEmpty ? null : _objective.MeanLoss(_validation);
        bool isBest = loss < _saved.BestLoss;
        if (isBest)
            _saved = _saved with { Best = point.ToArray(), BestLoss = loss!.Value };
        var row = new EpochRow(iteration.Iteration, iteration.StepLength, iteration.Value, loss, iteration.ProjectedGradient, isBest);
        _saved.History.Add(row);
        return row;
    }

    private sealed record SavedState(LbfgsState? Minimization, double[] Best, double BestLoss, List<EpochRow> History);

    private sealed class OutOfPatience : Exception;
}
