using System.Runtime.InteropServices;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// Trains by an extended Kalman filter: each update takes all deviations of some samples. Ranks compute the deviations of different samples
/// of an update and hold different rows of the covariance; sums have one order, so that the trained parameters are the same bytes on any
/// number of ranks.
/// </summary>
public sealed class KalmanTrainer : EpochTraining<double>
{
    private readonly IResidualTask _task;
    private readonly ReadOnlyMemory<int> _validation;
    private readonly KalmanOptions _kalman;
    private readonly ICommunicator _world;
    private readonly KalmanFilter _filter;
    private double[] _jacobian = [], _residuals = [];

    /// <summary>Prepares a training.</summary>
    /// <param name="task">The task.</param>
    /// <param name="training">Numbers of the samples to train with, one at least.</param>
    /// <param name="validation">Numbers of the samples that choose the best epoch; none: the last epoch counts.</param>
    /// <param name="options">Seed, epochs and patience.</param>
    /// <param name="kalman">How the filter works.</param>
    /// <param name="world">The ranks that train together.</param>
    public KalmanTrainer(
        IResidualTask task, ReadOnlyMemory<int> training, ReadOnlyMemory<int> validation, TrainingOptions options, KalmanOptions kalman,
            ICommunicator world)
        : base(new VirtualShards(training, Math.Min(kalman.Samples, training.Length), 1), options)
    {
        (_task, _validation, _kalman, _world) = (task, validation, kalman, world);
        MatrixProduct.Use(options.LinearAlgebra);
        Parameters = new ParameterBuffer<double>(task.Parameters);
        _filter = new KalmanFilter(kalman.Decoupled ? task.BlockEnds : [task.BlockEnds[^1]], kalman.StartVariance, world);
        State = new TrainingState<double>(Parameters.Values.Length, []);
    }

    /// <inheritdoc/>
    public override ParameterBuffer<double> Parameters { get; }

    private protected override TrainingState<double> State { get; }

    // The noise takes the place of a rate: the smaller, the larger the steps.
    private protected override double Rate => Noise;

    private protected override void Initialize() => _task.Initialize(Seed);

    /// <inheritdoc/>
    public override byte[] Capture()
    {
        // Rows of all ranks, in their order, so that another number of ranks can go on.
        byte[] own = State.Write(Parameters.Values);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(own.Length);
        writer.Write(own);
        foreach (double[] rows in _filter.State)
        {
            byte[][]? all = _world.GatherBytes(MemoryMarshal.AsBytes<double>(rows), 0);
            foreach (byte[] part in all ?? [])
                writer.Write(part);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private protected override void Restore(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        State.Read(reader.ReadBytes(reader.ReadInt32()), Parameters.Values);
        foreach ((double[] rows, long first, long total) in _filter.Rows())
        {
            long start = reader.BaseStream.Position;
            reader.BaseStream.Position = start + first * sizeof(double);
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
            reader.BaseStream.Position = start + total * sizeof(double);
        }
    }

    /// <exception cref="UserException">A deviation or the filter is not finite.</exception>
    private protected override void Step()
    {
        int samples = Deal.ShardsOf(State.Batch), stride = Parameters.Values.Length, count = 0;
        var starts = new int[samples + 1];
        for (int k = 0; k < samples; k++)
            starts[k + 1] = count += _task.ResidualsOf(Deal.Samples(State.Batch, k).Span[0]);
        Clear(count, stride);
        for (int k = _world.Rank; k < samples; k += _world.Size)
        {
            _task.Residuals(
                Deal.Samples(State.Batch, k).Span[0], _residuals.AsSpan(starts[k], starts[k + 1] - starts[k]),
                    _jacobian.AsSpan(starts[k] * stride), stride);
        }

        Span<double> residuals = _residuals.AsSpan(0, count);
        if (_world.Size > 1)
        {
            // A row is zero on all ranks but one: the sum is that row, to the bit.
            _world.AllreduceInPlace(_jacobian.AsSpan(0, count * stride), ReduceOperation.Sum);
            _world.AllreduceInPlace(residuals, ReduceOperation.Sum);
        }

        double loss = VectorSpan.SumOfSquares<double>(residuals);
        State.LossSum += loss;
        State.NormSum += Math.Sqrt(loss);
        if (count > 0 && (!double.IsFinite(loss)
            || !_filter.Update(Parameters.Values, _jacobian.AsSpan(0, count * stride), residuals, Noise, _kalman.ProcessNoise,
            _kalman.Memory)))
            throw UserException.Unusable(
                "the training diverged: a larger start_noise or a smaller start_variance helps where the data are sound");
        State.Step++;
        State.Batch++;
    }

    private double Noise
    {
        get
        {
            double share = Deal.Batches * Options.Epochs > 1 ? (double)State.Step / (Deal.Batches * Options.Epochs - 1) : 0;
            return PortableMath.Exp((1 - share) * PortableMath.Log(_kalman.StartNoise) + share * PortableMath.Log(_kalman.EndNoise));
        }
    }

    // Sample by sample in order, whoever computed it.
    private protected override double? ValidationLoss()
    {
        if (_validation.IsEmpty)
            return null;
        var losses = new double[_validation.Length];
        for (int i = _world.Rank; i < losses.Length; i += _world.Size)
            losses[i] = _task.Loss(_validation.Span.Slice(i, 1));
        if (_world.Size > 1)
            _world.AllreduceInPlace<double>(losses, ReduceOperation.Sum);
        double sum = 0;
        foreach (double loss in losses)
            sum += loss;
        return sum / losses.Length;
    }

    private void Clear(int count, int stride)
    {
        const int Room = 8;
        if (_jacobian.Length < count * stride + Room)
            (_jacobian, _residuals) = (new double[count * stride + Room], new double[count]);
        else
            _jacobian.AsSpan(0, count * stride + Room).Clear();
        _residuals.AsSpan(0, Math.Min(count, _residuals.Length)).Clear();
    }
}
