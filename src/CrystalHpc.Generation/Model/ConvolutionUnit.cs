using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>
/// A periodic convolution with normalization and rectifier: the rectifier comes first in the U-net, last in the autoencoder.
/// </summary>
internal sealed class ConvolutionUnit<T> : IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Slope of the autoencoder's rectifiers on the negative side.</summary>
    public const double Leak = 0.2;

    private readonly VolumeConvolution<T> _convolution;
    private readonly VolumeNormalization<T> _normalization;
    private readonly VolumeSequence<T> _sequence;

    private ConvolutionUnit(int inputs, int outputs, string name, bool isFirst, bool rectifiesLast)
    {
        _convolution = new VolumeConvolution<T>(inputs, outputs, VolumePadding.Periodic, name, isFirst);
        _normalization = new VolumeNormalization<T>(outputs, name);
        var rectifier = new VolumeRectifier<T>(rectifiesLast ? Leak : 0);
        _sequence = new VolumeSequence<T>(rectifiesLast ? [_convolution, _normalization, rectifier] : [_convolution, rectifier,
            _normalization]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => _sequence.Parameters;

    /// <summary>A unit of the U-net.</summary>
    public static ConvolutionUnit<T> Reading(int inputs, int outputs, string name, bool isFirst = false)
        => new(inputs, outputs, name, isFirst, false);

    /// <summary>A unit of the autoencoder.</summary>
    public static ConvolutionUnit<T> Coding(int inputs, int outputs, string name) => new(inputs, outputs, name, false, true);

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(CounterRandom random)
    {
        _convolution.Initialize(random);
        _normalization.Initialize();
    }

    /// <summary>From now on the parameters stay as they are, and statistics are the running ones.</summary>
    public void Freeze() => _convolution.IsFrozen = _normalization.IsFrozen = true;

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass) => _sequence.Forward(input, pass);

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient) => _sequence.Backward(outputGradient);
}
