using System.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Volumes;

/// <summary>x where it is positive, otherwise a part of it. Both passes write over the volume that they are given.</summary>
/// <param name="leak">The part; 0 for the rectified linear unit.</param>
public sealed class VolumeRectifier<T>(double leak = 0) : IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _leak = T.CreateChecked(leak);
    private Volume<T>? _output;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => [];

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        VectorMath.Rectify(_leak, input.Values, input.Values);
        return _output = input;
    }

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        VectorMath.Rectify(_leak, _output!.Values, outputGradient.Values);
        return outputGradient;
    }
}
