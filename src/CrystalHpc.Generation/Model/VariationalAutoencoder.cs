using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>
/// Crystals as latent vectors, and back, given a condition (Kingma and Welling 2014, arXiv 1312.6114; for crystals Court and others 2020,
/// doi 10.1021/acs.jcim.0c00464).
/// </summary>
public sealed class VariationalAutoencoder<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Log variances stay within these bounds.
    private static readonly T Least = T.CreateChecked(-12), Most = T.CreateChecked(8);

    private readonly Encoder<T> _encoder;
    private readonly Decoder<T> _decoder;
    private readonly NetworkSizes _sizes;
    private readonly Tensor<T> _logVariance = new(), _logVarianceGradient = new();
    private Tensor<T>? _free;

    /// <summary>A network.</summary>
    public VariationalAutoencoder(NetworkSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        (_sizes, _encoder, _decoder) = (sizes, new Encoder<T>(sizes), new Decoder<T>(sizes));
        Parameters = [.. _encoder.Parameters, .. _decoder.Parameters];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 1, 3);
        _encoder.Initialize(random);
        _decoder.Initialize(random);
    }

    /// <summary>Means and log variances of the latent vectors of crystals, a row for each.</summary>
    /// <param name="crystals">Density and coordinates.</param>
    /// <param name="conditions">Condition of each, see <see cref="Data.EnergyDeciles"/>.</param>
    /// <param name="pass">What for.</param>
    public (Tensor<T> Mean, Tensor<T> LogVariance) Encode(Volume<T> crystals, ReadOnlySpan<int> conditions, ForwardPass pass)
    {
        (Tensor<T> mean, _free) = _encoder.Forward(crystals, conditions, pass);
        _logVariance.CopyFrom(_free);
        foreach (ref T value in _logVariance.Values)
            value = T.Clamp(value, Least, Most);
        return (mean, _logVariance);
    }

    /// <summary>Crystals of latent vectors: density and coordinates.</summary>
    /// <param name="latent">A row for each.</param>
    /// <param name="conditions">Condition of each.</param>
    /// <param name="pass">What for.</param>
    public Volume<T> Decode(Tensor<T> latent, ReadOnlySpan<int> conditions, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return _decoder.Forward(latent, conditions, pass);
    }

    /// <summary>From the gradient of the decoded crystals that of the latent vectors; adds to the gradients of the decoder.</summary>
    public Tensor<T> BackwardOfDecoder(Volume<T> gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return _decoder.Backward(gradient, _sizes.Latent);
    }

    /// <summary>From the gradients of means and log variances: adds to the gradients of the encoder.</summary>
    public void BackwardOfEncoder(Tensor<T> mean, Tensor<T> logVariance)
    {
        _logVarianceGradient.CopyFrom(logVariance);
        Span<T> free = _free!.Values, gradient = _logVarianceGradient.Values;
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = free[i] < Least || free[i] > Most ? T.Zero : gradient[i];
        _encoder.Backward(mean, _logVarianceGradient);
    }
}
