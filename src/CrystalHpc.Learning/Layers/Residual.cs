using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>x + f(x) (He, Zhang, Ren and Sun 2016, doi 10.1109/CVPR.2016.90).</summary>
/// <param name="branch">f; its output has the columns of its input.</param>
public sealed class Residual<T>(ILayer<T> branch) : ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tensor<T> _output = new(), _inputGradient = new();

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => branch.Parameters;

    /// <inheritdoc/>
    public Tensor<T> Forward(Tensor<T> input, ForwardPass pass)
    {
        _output.CopyFrom(input);
        VectorSpan.Add<T>(branch.Forward(input, pass).Values, _output.Values);
        return _output;
    }

    /// <inheritdoc/>
    public Tensor<T> Backward(Tensor<T> outputGradient)
    {
        // A branch may write over the gradient that it is given only through tensors of its own, so the gradient is still whole here.
        _inputGradient.CopyFrom(branch.Backward(outputGradient));
        VectorSpan.Add<T>(outputGradient.Values, _inputGradient.Values);
        return _inputGradient;
    }
}
