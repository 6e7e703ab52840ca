using System.Numerics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Volumes;

/// <summary>Layers one after another.</summary>
/// <param name="layers">The layers, first first.</param>
public sealed class VolumeSequence<T>(IReadOnlyList<IVolumeLayer<T>> layers) : IVolumeLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; } = [.. layers.SelectMany(layer => layer.Parameters)];

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass)
    {
        foreach (IVolumeLayer<T> layer in layers)
            input = layer.Forward(input, pass);
        return input;
    }

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient)
    {
        for (int i = layers.Count - 1; i >= 0; i--)
            outputGradient = layers[i].Backward(outputGradient);
        return outputGradient;
    }
}
