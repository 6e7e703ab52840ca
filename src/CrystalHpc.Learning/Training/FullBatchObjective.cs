using CrystalHpc.Core.Optimization;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// The mean loss of all samples as a function of all parameters, for <see cref="BoundedLbfgs"/> and
/// <see cref="NonlinearConjugateGradient"/>: the same bits on any number
/// of ranks and threads. Batches bound the memory; they are added in order. Noise is that of epoch 0 at every evaluation; running
/// statistics stay as they are.
/// </summary>
public sealed class FullBatchObjective : IObjective
{
    private readonly ShardTeam<double> _team;
    private readonly VirtualShards _deal;
    private readonly TrainingOptions _options;
    private readonly double[] _part;
    private readonly double[] _decay;

    /// <summary>Prepares an objective; the parameters are those that the task starts from.</summary>
    /// <param name="create">Makes an instance of the task, all alike; one for each thread.</param>
    /// <param name="training">Numbers of the samples.</param>
    /// <param name="options">Seed, batch, shard and weight decay, here a term decay w^2 / 2 of the loss.</param>
    /// <param name="world">The ranks that work together.</param>
    /// <param name="threads">Threads of this rank.</param>
    public FullBatchObjective(
        Func<ITrainingTask<double>> create, ReadOnlyMemory<int> training, TrainingOptions options, ICommunicator world, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        MatrixProduct.Use(options.LinearAlgebra);
        _team = new ShardTeam<double>(create, world, threads);
        _team.Initialize((ulong)options.Seed);
        _deal = new VirtualShards(training, options.Batch, options.Shard);
        _part = new double[ParameterCount];
        _decay = [.. Parameters.Parameters.SelectMany(parameter =>
            Enumerable.Repeat(parameter.Kind == ParameterKind.Weight ? options.WeightDecay : 0, parameter.Length))];
    }

    /// <summary>The parameters: the start, and after each evaluation the point of it.</summary>
    public ParameterBuffer<double> Parameters => _team.Parameters;

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Values.Length;

    /// <summary>Value and gradient. A collective call; infinity where the loss or its gradient is no finite number.</summary>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        parameters.CopyTo(Parameters.Values);
        gradient.Clear();
        double loss = 0;
        for (int batch = 0; batch < _deal.Batches; batch++)
        {
            // A step too far, which the line search takes back.
            double part = _team.Gradient(_deal, batch, (ulong)_options.Seed, 0, _part);
            if (double.IsNaN(part))
                return double.PositiveInfinity;
            loss += part;
            double share = (double)_deal.SamplesOf(batch) / _deal.Count;
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += share * _part[i];
        }

        loss /= _deal.Count;
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] += _decay[i] * parameters[i];
            loss += 0.5 * _decay[i] * parameters[i] * parameters[i];
        }

        ClearStatistics(gradient);
        return loss;
    }

    /// <summary>The mean loss of some samples as the network predicts them, at the parameters as they are. A collective call.</summary>
    public double MeanLoss(ReadOnlyMemory<int> samples) => _team.Loss(samples, _options.Shard) / samples.Length;

    private void ClearStatistics(Span<double> gradient)
    {
        int offset = 0;
        foreach (Parameter<double> parameter in Parameters.Parameters)
        {
            if (parameter.Kind == ParameterKind.Statistic)
                gradient.Slice(offset, parameter.Length).Clear();
            offset += parameter.Length;
        }
    }
}
