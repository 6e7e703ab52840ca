using System.Numerics;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>
/// Columns with mean 0 and variance 1, then scaled and shifted (Ioffe and Szegedy 2015, arXiv 1502.03167). In training mean and variance
/// are those of the rows at hand, one virtual shard (ghost batches; Hoffer, Hubara and Soudry 2017, arXiv 1705.08741), so that no layer
/// waits for other ranks; in prediction those of all shards seen, which the training averages as it does gradients (<see
/// cref="ParameterKind.Statistic"/>).
/// </summary>
public sealed class BatchNormalization<T> : ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Epsilon = T.CreateChecked(1e-5);

    // Vectors and the loops over what they leave give the same bits: products and sums are rounded one by one.
    private static readonly int Width = Vector512<T>.Count;

    private readonly Parameter<T> _scale, _shift, _mean, _variance;
    private readonly Tensor<T> _normalized = new(), _output = new(), _inputGradient = new();
    private readonly T[] _inverseDeviation, _sum, _product;
    private bool _isTraining;

    /// <summary>A layer that changes nothing until it is trained.</summary>
    /// <param name="columns">Columns of the input.</param>
    /// <param name="name">Put before the names of its parameters, such as <c>trunk.0.</c>.</param>
    public BatchNormalization(int columns, string name = "")
    {
        _scale = new Parameter<T>(name + "scale", 1, columns, ParameterKind.Bias);
        _shift = new Parameter<T>(name + "shift", 1, columns, ParameterKind.Bias);
        _mean = new Parameter<T>(name + "running_mean", 1, columns, ParameterKind.Statistic);
        _variance = new Parameter<T>(name + "running_variance", 1, columns, ParameterKind.Statistic);
        (_inverseDeviation, _sum, _product) = (new T[columns], new T[columns], new T[columns]);
        Parameters = [_scale, _shift, _mean, _variance];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Scale 1 and variance 1; all else is 0.</summary>
    public void Initialize()
    {
        _scale.Values.Fill(T.One);
        _variance.Values.Fill(T.One);
    }

    /// <inheritdoc/>
    public Tensor<T> Forward(Tensor<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _isTraining = pass.IsTraining;
        _normalized.Resize(input.Rows, input.Columns);
        _output.Resize(input.Rows, input.Columns);
        if (_isTraining)
            Measure(input);
        Span<T> mean = _isTraining ? _sum : _mean.Values, variance = _isTraining ? _product : _variance.Values;
        for (int j = 0; j < input.Columns; j++)
            _inverseDeviation[j] = T.One / T.Sqrt(variance[j] + Epsilon);
        for (int row = 0; row < input.Rows; row++)
        {
            Span<T> x = input.Row(row), z = _normalized.Row(row), y = _output.Row(row), scale = _scale.Values, shift = _shift.Values;
            int j = 0;
            for (; j + Width <= x.Length; j += Width)
            {
                Vector512<T> normalized = (Load(x, j) - Load(mean, j)) * Load(_inverseDeviation, j);
                normalized.CopyTo(z[j..]);
                (normalized * Load(scale, j) + Load(shift, j)).CopyTo(y[j..]);
            }

            for (; j < x.Length; j++)
            {
                z[j] = (x[j] - mean[j]) * _inverseDeviation[j];
                y[j] = z[j] * scale[j] + shift[j];
            }
        }

        return _output;
    }

    /// <inheritdoc/>
    public Tensor<T> Backward(Tensor<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        int rows = outputGradient.Rows;
        Array.Clear(_sum);
        Array.Clear(_product);
        for (int row = 0; row < rows; row++)
        {
            VectorSpan.Add<T>(outputGradient.Row(row), _sum);
            VectorSpan.AddProduct<T>(outputGradient.Row(row), _normalized.Row(row), _product);
        }

        VectorSpan.Add<T>(_sum, _shift.Gradient);
        VectorSpan.Add<T>(_product, _scale.Gradient);
        _inputGradient.Resize(rows, outputGradient.Columns);

        // In training mean and variance depend on every row, which takes out the parts of the gradient along 1 and along z.
        T share = _isTraining ? T.One / T.CreateChecked(rows) : T.Zero;
        for (int row = 0; row < rows; row++)
        {
            Span<T> x = _inputGradient.Row(row), g = outputGradient.Row(row), z = _normalized.Row(row), scale = _scale.Values;
            int j = 0;
            for (; j + Width <= g.Length; j += Width)
            {
                Vector512<T> along = share * (Load(_sum, j) + Load(z, j) * Load(_product, j));
                (Load(scale, j) * Load(_inverseDeviation, j) * (Load(g, j) - along)).CopyTo(x[j..]);
            }

            for (; j < g.Length; j++)
                x[j] = scale[j] * _inverseDeviation[j] * (g[j] - share * (_sum[j] + z[j] * _product[j]));
        }

        return _inputGradient;
    }

    private static Vector512<T> Load(ReadOnlySpan<T> values, int start) => Vector512.Create(values[start..]);

    // Mean and variance of the rows, by two passes; the running variance is that of a sample, with one row less.
    private void Measure(Tensor<T> input)
    {
        if (input.Rows == 0)
        {
            // Nothing new is known: in the average over the shards the running statistics stand for themselves.
            VectorSpan.Add<T>(_mean.Values, _mean.Gradient);
            VectorSpan.Add<T>(_variance.Values, _variance.Gradient);
            return;
        }

        Array.Clear(_sum);
        Array.Clear(_product);
        T share = T.One / T.CreateChecked(input.Rows);
        for (int row = 0; row < input.Rows; row++)
            VectorSpan.Add<T>(input.Row(row), _sum);
        VectorSpan.Scale(share, _sum);
        for (int row = 0; row < input.Rows; row++)
        {
            // What has been normalized is written later: until then its row holds the deviations.
            Span<T> deviation = _normalized.Row(row);
            VectorSpan.Subtract<T>(input.Row(row), _sum, deviation);
            VectorSpan.AddProduct<T>(deviation, deviation, _product);
        }

        VectorSpan.Scale(share, _product);
        T sample = input.Rows > 1 ? T.CreateChecked(input.Rows) / T.CreateChecked(input.Rows - 1) : T.One;
        for (int j = 0; j < _sum.Length; j++)
        {
            _mean.Gradient[j] += _sum[j];
            _variance.Gradient[j] += _product[j] * sample;
        }
    }
}
