using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>
/// A function of rows with parameters. A forward pass keeps what its backward pass needs, so that a layer serves one thread; the returned
/// tensors belong to the layer and are valid until its next pass.
/// </summary>
public interface ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Its parameters, in a fixed order.</summary>
    IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The output for an input of one row a sample.</summary>
    Tensor<T> Forward(Tensor<T> input, ForwardPass pass);

    /// <summary>
    /// From the gradient of the loss with respect to the output: adds to the gradients of the parameters, and returns that of the input.
    /// </summary>
    Tensor<T> Backward(Tensor<T> outputGradient);
}
