using System.Numerics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Volumes;

/// <summary>
/// A function of volumes with parameters. A forward pass keeps what its backward pass needs, so that a layer serves one thread; the
/// returned volumes belong to the layer and are valid until its next pass. A layer may write over the volume that it is given where it says
/// so.
/// </summary>
public interface IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Its parameters, in a fixed order.</summary>
    IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The output for an input.</summary>
    Volume<T> Forward(Volume<T> input, ForwardPass pass);

    /// <summary>
    /// From the gradient of the loss with respect to the output: adds to the gradients of the parameters, and returns that of the input.
    /// </summary>
    Volume<T> Backward(Volume<T> outputGradient);
}
