using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Training;

/// <summary>
/// The loss of the autoencoder: squared deviations of density and coordinates, beta times the divergence from a normal distribution, and
/// alpha times the squared deviations of what the descending half of the U-net makes of crystal and reconstruction (Hou, Shen, Sun and Qiu
/// 2017, arXiv 1610.00291).
/// </summary>
public sealed class CodingTask<T> : ITrainingTask<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GenerationData _data;
    private readonly CodingWeights _factors;
    private readonly VariationalAutoencoder<T> _network;
    private readonly FeatureLoss<T>? _features;
    private readonly VoxelLoader _loader;
    private readonly Volume<T> _crystals = new(), _gradient = new();
    private readonly Tensor<T> _latent = new(), _noise = new(), _meanGradient = new(), _logVarianceGradient = new();
    private readonly List<CubicCell> _cells = [];
    private int[] _conditions = [];

    /// <summary>A task.</summary>
    /// <param name="sizes">Sizes of the network.</param>
    /// <param name="data">The crystals.</param>
    /// <param name="weights">Weights of the parts of the loss.</param>
    /// <param name="reader">Parameters of the trained U-net.</param>
    public CodingTask(NetworkSizes sizes, GenerationData data, CodingWeights weights, ReadOnlySpan<T> reader)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(weights);
        (_data, _factors, _network, _loader) = (data, weights, new VariationalAutoencoder<T>(sizes), new VoxelLoader(data.Grid));
        _features = weights.Alpha > 0 ? new FeatureLoss<T>(sizes, reader) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public void Initialize(ulong seed) => _network.Initialize(seed);

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        Tensor<T> ofLatent = _network.BackwardOfDecoder(_gradient);

        // z = mean + noise exp(log variance / 2).
        VectorSpan.Add<T>(ofLatent.Values, _meanGradient.Values);
        Span<T> ofLog = _logVarianceGradient.Values, g = ofLatent.Values, spread = _noise.Values;
        T half = T.CreateChecked(0.5);
        for (int i = 0; i < ofLog.Length; i++)
            ofLog[i] += half * g[i] * spread[i];
        _network.BackwardOfEncoder(_meanGradient, _logVarianceGradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        _cells.Clear();
        if (_conditions.Length != samples.Length)
            _conditions = new int[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            _cells.Add(_data.Samples[samples[i]].Cell);
            _conditions[i] = _data.Conditions[samples[i]];
        }

        _loader.Load(_cells, _crystals);
        (Tensor<T> mean, Tensor<T> logVariance) = _network.Encode(_crystals, _conditions, pass);
        double divergence = Draw(mean, logVariance, samples, pass);
        Volume<T> made = _network.Decode(_latent, _conditions, pass);
        double loss = Deviation(made) + _factors.Beta * divergence;
        return _features is null ? loss : loss + _features.Add(_crystals, made, _factors.Alpha, _gradient);
    }

    // Latent vectors: the means, with noise in training; the divergence and its gradients.
    private double Draw(Tensor<T> mean, Tensor<T> logVariance, ReadOnlySpan<int> samples, ForwardPass pass)
    {
        _latent.CopyFrom(mean);
        _noise.Resize(mean.Rows, mean.Columns);
        _noise.Values.Clear();
        if (pass.IsTraining)
        {
            for (int row = 0; row < mean.Rows; row++)
                LatentNoise.Draw(pass, samples[row], logVariance.Row(row), _noise.Row(row));
            VectorSpan.Add<T>(_noise.Values, _latent.Values);
        }

        _meanGradient.Resize(mean.Rows, mean.Columns);
        _logVarianceGradient.Resize(mean.Rows, mean.Columns);
        Span<T> variance = _logVarianceGradient.Values;
        logVariance.Values.CopyTo(variance);
        VectorMath.Exp(variance);
        double sum = 0;
        T beta = T.CreateChecked(_factors.Beta), half = T.CreateChecked(0.5);
        for (int i = 0; i < variance.Length; i++)
        {
            T m = mean.Values[i];
            sum += 0.5 * double.CreateChecked(m * m + variance[i] - logVariance.Values[i] - T.One);
            _meanGradient.Values[i] = beta * m;
            variance[i] = beta * half * (variance[i] - T.One);
        }

        return sum;
    }

    private double Deviation(Volume<T> made)
    {
        _gradient.ResizeAs(made);
        _gradient.Values.Clear();
        int lanes = VolumeLanes.Of<T>();
        double share = 1.0 / (NetworkSizes.Channels * made.Voxels), sum = 0;
        T[] weights = [T.CreateChecked(share), .. Enumerable.Repeat(T.CreateChecked(share * _factors.Coordinates), VoxelAxes.Count)];
        for (int sample = 0; sample < made.Samples; sample++)
        {
            Span<T> x = _crystals.Block(sample, 0), y = made.Block(sample, 0), g = _gradient.Block(sample, 0);
            for (int start = 0; start < x.Length; start += lanes)
            {
                for (int channel = 0; channel < NetworkSizes.Channels; channel++)
                {
                    T difference = y[start + channel] - x[start + channel], weighted = weights[channel] * difference;
                    sum += double.CreateChecked(weighted * difference);
                    g[start + channel] = weighted + weighted;
                }
            }
        }

        return sum;
    }
}
