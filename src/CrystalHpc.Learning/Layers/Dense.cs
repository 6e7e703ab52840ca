using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>Z = X W + b, with W of inputs x outputs.</summary>
public sealed class Dense<T> : ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameter<T> _weight;
    private readonly Parameter<T>? _bias;
    private readonly Tensor<T> _output = new(), _inputGradient = new();
    private readonly bool _isFirst;
    private Tensor<T>? _input;

    /// <summary>A layer of zeros; see <see cref="Initializers"/>.</summary>
    /// <param name="inputs">Columns of the input.</param>
    /// <param name="outputs">Columns of the output.</param>
    /// <param name="hasBias">Adds b; of no use before a <see cref="BatchNormalization{T}"/>.</param>
    /// <param name="name">Put before the names of its parameters, such as <c>trunk.0.</c>.</param>
    /// <param name="isFirst">Nothing that is trained comes before: the gradient of the input is not computed, and the backward pass returns
    /// a tensor of zeros.</param>
    public Dense(int inputs, int outputs, bool hasBias = true, string name = "", bool isFirst = false)
    {
        _isFirst = isFirst;
        _weight = new Parameter<T>(name + "weight", inputs, outputs, ParameterKind.Weight);
        _bias = hasBias ? new Parameter<T>(name + "bias", 1, outputs, ParameterKind.Bias) : null;
        Parameters = _bias is null ? [_weight] : [_weight, _bias];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>W.</summary>
    public Parameter<T> Weight => _weight;

    /// <inheritdoc/>
    public Tensor<T> Forward(Tensor<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        _output.Resize(input.Rows, _weight.Columns);
        if (_bias is not null)
        {
            for (int row = 0; row < input.Rows; row++)
                _bias.Values.CopyTo(_output.Row(row));
        }

        MatrixProduct.Compute<T>(
            input.Rows, _weight.Columns, _weight.Rows, input.Values, false, _weight.Values, false, _output.Values,
            accumulate: _bias is not null);
        return _output;
    }

    /// <inheritdoc/>
    public Tensor<T> Backward(Tensor<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        Tensor<T> input = _input ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        int rows = outputGradient.Rows;
        MatrixProduct.Compute<T>(
            _weight.Rows, _weight.Columns, rows, input.Values, true, outputGradient.Values, false, _weight.Gradient, accumulate: true);
        if (_bias is not null)
        {
            for (int row = 0; row < rows; row++)
                VectorSpan.Add<T>(outputGradient.Row(row), _bias.Gradient);
        }

        _inputGradient.Resize(rows, _weight.Rows);
        if (_isFirst)
        {
            _inputGradient.Values.Clear();
            return _inputGradient;
        }

        MatrixProduct.Compute<T>(
            rows, _weight.Rows, _weight.Columns, outputGradient.Values, false, _weight.Values, true, _inputGradient.Values);
        return _inputGradient;
    }
}
