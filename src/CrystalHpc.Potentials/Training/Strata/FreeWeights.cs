using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// A task some of whose weights are free while all others stay as they are: to whoever trains it, it has the free weights alone, so that a
/// Kalman filter holds covariances of these only, and no decay touches the others. One instance a thread.
/// </summary>
internal sealed class FreeWeights : ITrainingTask<double>, IResidualTask
{
    private const int Room = 8;

    private readonly EnergyForceTask _task;
    private readonly ParameterBuffer<double> _all;
    private readonly double[] _start;
    private readonly int[] _free;
    private readonly Parameter<double> _parameter;
    private double[] _jacobian = [];

    /// <summary>A task.</summary>
    /// <param name="task">The task with all weights.</param>
    /// <param name="start">All weights; the free ones are where the training starts.</param>
    /// <param name="free">Places of the free weights among all, in ascending order, one at least.</param>
    public FreeWeights(EnergyForceTask task, double[] start, int[] free)
    {
        (_task, _all, _start, _free) = (task, new ParameterBuffer<double>(task.Parameters), start, free);
        start.CopyTo(_all.Values);
        _parameter = new Parameter<double>("free", 1, free.Length, ParameterKind.Weight);
        Parameters = [_parameter];
        BlockEnds = [.. task.BlockEnds.Select(end => free.Count(place => place < end)).Where(end => end > 0).Distinct()];
    }

    /// <inheritdoc cref="ITrainingTask{T}.Parameters"/>
    public IReadOnlyList<Parameter<double>> Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> BlockEnds { get; }

    /// <inheritdoc cref="ITrainingTask{T}.Initialize"/>
    public void Initialize(ulong seed)
    {
        for (int i = 0; i < _free.Length; i++)
            _parameter.Values[i] = _start[_free[i]];
    }

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        Place();
        _all.Gradient.Clear();
        double loss = _task.AddGradient(samples, pass);
        Span<double> gradient = _parameter.Gradient;
        for (int i = 0; i < _free.Length; i++)
            gradient[i] += _all.Gradient[_free[i]];
        return loss;
    }

    /// <inheritdoc cref="ITrainingTask{T}.Loss"/>
    public double Loss(ReadOnlySpan<int> samples)
    {
        Place();
        return _task.Loss(samples);
    }

    /// <inheritdoc/>
    public int ResidualsOf(int sample) => _task.ResidualsOf(sample);

    /// <inheritdoc/>
    public void Residuals(int sample, Span<double> residuals, Span<double> jacobian, int stride)
    {
        Place();
        int count = _task.ResidualsOf(sample), all = _start.Length;
        if (_jacobian.Length < count * all + Room)
            _jacobian = new double[count * all + Room];
        else
            _jacobian.AsSpan(0, count * all + Room).Clear();
        _task.Residuals(sample, residuals, _jacobian, all);
        for (int row = 0; row < count; row++)
        {
            Span<double> target = jacobian.Slice(row * stride, _free.Length);
            ReadOnlySpan<double> source = _jacobian.AsSpan(row * all, all);
            for (int i = 0; i < target.Length; i++)
                target[i] = source[_free[i]];
        }
    }

    // Other instances share the free weights, not all.
    private void Place()
    {
        ReadOnlySpan<double> values = _parameter.Values;
        for (int i = 0; i < values.Length; i++)
            _all.Values[_free[i]] = values[i];
    }
}
