using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Training;

/// <summary>Puts what a trained autoencoder makes of crystals in their place.</summary>
public sealed class Reconstructor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const uint Stream = 12;

    private readonly VariationalAutoencoder<T> _network;
    private readonly GenerationData _data;
    private readonly double _share;
    private readonly Tensor<T> _latent = new(), _noise = new();
    private int[] _conditions = [];

    /// <summary>A reconstructor.</summary>
    /// <param name="sizes">Sizes of the autoencoder.</param>
    /// <param name="data">The crystals.</param>
    /// <param name="share">Share of the crystals that are replaced in training; in prediction all are.</param>
    /// <param name="parameters">Parameters of the autoencoder.</param>
    public Reconstructor(NetworkSizes sizes, GenerationData data, double share, ReadOnlySpan<T> parameters)
    {
        (_network, _data, _share) = (new VariationalAutoencoder<T>(sizes), data, share);
        parameters.CopyTo(new ParameterBuffer<T>(_network.Parameters).Values);
    }

    /// <summary>Replaces crystals.</summary>
    /// <param name="samples">Their numbers.</param>
    /// <param name="pass">In training latent vectors have noise, and which crystals are replaced depends on seed, epoch and
    /// crystal.</param>
    /// <param name="crystals">Density and coordinates.</param>
    public void Replace(ReadOnlySpan<int> samples, ForwardPass pass, Volume<T> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        if (_conditions.Length != samples.Length)
            _conditions = new int[samples.Length];
        for (int i = 0; i < samples.Length; i++)
            _conditions[i] = _data.Conditions[samples[i]];
        (Tensor<T> mean, Tensor<T> logVariance) = _network.Encode(crystals, _conditions, ForwardPass.Prediction);
        _latent.CopyFrom(mean);
        _noise.Resize(1, mean.Columns);
        for (int row = 0; row < mean.Rows && pass.IsTraining; row++)
        {
            LatentNoise.Draw(pass, samples[row], logVariance.Row(row), _noise.Values);
            VectorSpan.Add<T>(_noise.Values, _latent.Row(row));
        }

        Volume<T> made = _network.Decode(_latent, _conditions, ForwardPass.Prediction);
        Reconstruction.ClampDensity(made);
        for (int i = 0; i < samples.Length; i++)
        {
            if (!pass.IsTraining || new CounterRandom(pass.Seed, ((ulong)(uint)pass.Epoch << 32) | (uint)samples[i], Stream)
                .NextUniform() < _share)
                made.Sample(i).CopyTo(crystals.Sample(i));
        }
    }
}
