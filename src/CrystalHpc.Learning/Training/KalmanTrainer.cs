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
public sealed class KalmanTrainer : IEpochTraining<double>
{
    private readonly IResidualTask _task;
    private readonly VirtualShards _deal;
    private readonly ReadOnlyMemory<int> _validation;
    private readonly TrainingOptions _options;
    private readonly KalmanOptions _kalman;
    private readonly ICommunicator _world;
    private readonly KalmanFilter _filter;
    private readonly TrainingState<double> _state;
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
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kalman);
        (_task, _validation, _options, _kalman, _world) = (task, validation, options, kalman, world);
        MatrixProduct.Use(options.LinearAlgebra);
        Parameters = new ParameterBuffer<double>(task.Parameters);
        _deal = new VirtualShards(training, Math.Min(kalman.Samples, training.Length), 1);
        _filter = new KalmanFilter(kalman.Decoupled ? task.BlockEnds : [task.BlockEnds[^1]], kalman.StartVariance, world);
        _state = new TrainingState<double>(Parameters.Values.Length, []);
    }

    /// <inheritdoc/>
    public ParameterBuffer<double> Parameters { get; }

    private ulong Seed => (ulong)_options.Seed;

    /// <inheritdoc/>
    /// <exception cref="UserException">A deviation or the filter is not finite.</exception>
    public IReadOnlyList<EpochRow> Run(byte[]? saved = null, Action<Func<byte[]>>? onStep = null, Action<EpochRow>? onEpoch = null)
    {
        if (saved is null)
            _task.Initialize(Seed);
        else
            Restore(saved);
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

    /// <inheritdoc/>
    public byte[] Capture()
    {
        // Rows of all ranks, in their order, so that another number of ranks can go on.
        byte[] own = _state.Write(Parameters.Values);
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

    private void Restore(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        _state.Read(reader.ReadBytes(reader.ReadInt32()), Parameters.Values);
        foreach ((double[] rows, long first, long total) in _filter.Rows())
        {
            long start = reader.BaseStream.Position;
            reader.BaseStream.Position = start + first * sizeof(double);
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
            reader.BaseStream.Position = start + total * sizeof(double);
        }
    }

    private void Step()
    {
        int samples = _deal.ShardsOf(_state.Batch), stride = Parameters.Values.Length, count = 0;
        var starts = new int[samples + 1];
        for (int k = 0; k < samples; k++)
            starts[k + 1] = count += _task.ResidualsOf(_deal.Samples(_state.Batch, k).Span[0]);
        Clear(count, stride);
        for (int k = _world.Rank; k < samples; k += _world.Size)
        {
            _task.Residuals(
                _deal.Samples(_state.Batch, k).Span[0], _residuals.AsSpan(starts[k], starts[k + 1] - starts[k]),
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
        _state.LossSum += loss;
        _state.NormSum += Math.Sqrt(loss);
        if (count > 0 && (!double.IsFinite(loss)
            || !_filter.Update(Parameters.Values, _jacobian.AsSpan(0, count * stride), residuals, Noise, _kalman.ProcessNoise,
            _kalman.Memory)))
            throw UserException.Unusable(
                "the training diverged: a larger start_noise or a smaller start_variance helps where the data are sound");
        _state.Step++;
        _state.Batch++;
    }

    private double Noise
    {
        get
        {
            double share = _deal.Batches * _options.Epochs > 1 ? (double)_state.Step / (_deal.Batches * _options.Epochs - 1) : 0;
            return PortableMath.Exp((1 - share) * PortableMath.Log(_kalman.StartNoise) + share * PortableMath.Log(_kalman.EndNoise));
        }
    }

    private EpochRow EndEpoch()
    {
        double? loss = _validation.IsEmpty ? null : ValidationLoss() / _validation.Length;
        bool isBest = loss < _state.BestLoss;
        if (isBest)
        {
            _state.BestLoss = loss!.Value;
            Parameters.Values.CopyTo(_state.Best);
        }

        _state.EpochsSinceBest = isBest || loss is null ? 0 : _state.EpochsSinceBest + 1;
        var row = new EpochRow(++_state.Epoch, Noise, _state.LossSum / _deal.Count, loss, _state.NormSum / _deal.Batches, isBest);
        _state.History.Add(row);
        (_state.Batch, _state.LossSum, _state.NormSum) = (0, 0, 0);
        return row;
    }

    // Sample by sample in order, whoever computed it.
    private double ValidationLoss()
    {
        var losses = new double[_validation.Length];
        for (int i = _world.Rank; i < losses.Length; i += _world.Size)
            losses[i] = _task.Loss(_validation.Span.Slice(i, 1));
        if (_world.Size > 1)
            _world.AllreduceInPlace<double>(losses, ReduceOperation.Sum);
        double sum = 0;
        foreach (double loss in losses)
            sum += loss;
        return sum;
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
