using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Layers;

/// <summary>Layers one after another.</summary>
/// <param name="layers">The layers, first first.</param>
public sealed class Sequence<T>(IReadOnlyList<ILayer<T>> layers) : ILayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; } = [.. layers.SelectMany(layer => layer.Parameters)];

    /// <inheritdoc/>
    public Tensor<T> Forward(Tensor<T> input, ForwardPass pass)
    {
        foreach (ILayer<T> layer in layers)
            input = layer.Forward(input, pass);
        return input;
    }

    /// <inheritdoc/>
    public Tensor<T> Backward(Tensor<T> outputGradient)
    {
        for (int i = layers.Count - 1; i >= 0; i--)
            outputGradient = layers[i].Backward(outputGradient);
        return outputGradient;
    }
}
