using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>A function of each element.</summary>
/// <param name="kind">The function.</param>
public sealed class Activation<T>(ActivationKind kind) : ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Leak = T.CreateChecked(0.01);

    private readonly Tensor<T> _output = new(), _slope = new(), _inputGradient = new();

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => [];

    /// <inheritdoc/>
    public Tensor<T> Forward(Tensor<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _output.CopyFrom(input);
        Span<T> y = _output.Values;
        switch (kind)
        {
            case ActivationKind.Sigmoid:
                VectorMath.Sigmoid(y);
                break;
            case ActivationKind.Tanh:
                VectorMath.Tanh(y);
                break;
            case ActivationKind.Softplus:
                // The slope of softplus is the sigmoid of its argument.
                _slope.CopyFrom(input);
                VectorMath.Sigmoid(_slope.Values);
                VectorMath.Softplus(y);
                break;
            default:
                VectorMath.Rectify(kind == ActivationKind.Relu ? T.Zero : Leak, y, y);
                break;
        }

        return _output;
    }

    /// <inheritdoc/>
    public Tensor<T> Backward(Tensor<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        _inputGradient.Resize(outputGradient.Rows, outputGradient.Columns);
        Span<T> x = _inputGradient.Values, y = _output.Values, g = outputGradient.Values, slope = _slope.Values;
        switch (kind)
        {
            case ActivationKind.Sigmoid:
                for (int i = 0; i < x.Length; i++)
                    x[i] = g[i] * (y[i] * (T.One - y[i]));
                break;
            case ActivationKind.Tanh:
                for (int i = 0; i < x.Length; i++)
                    x[i] = g[i] * (T.One - y[i] * y[i]);
                break;
            case ActivationKind.Softplus:
                for (int i = 0; i < x.Length; i++)
                    x[i] = g[i] * slope[i];
                break;
            default:
                g.CopyTo(x);
                VectorMath.Rectify(kind == ActivationKind.Relu ? T.Zero : Leak, y, x);
                break;
        }

        return _inputGradient;
    }
}
