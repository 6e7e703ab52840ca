using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Volumes;

/// <summary>
/// Channels with mean 0 and variance 1 over all voxels of all samples, then scaled and shifted (Ioffe and Szegedy 2015, arXiv 1502.03167);
/// statistics as in
/// <see cref="BatchNormalization{T}"/>. The backward pass writes over the gradient that it is given.
/// </summary>
public sealed class VolumeNormalization<T> : IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Epsilon = T.CreateChecked(1e-5);

    private readonly Parameter<T> _scale, _shift, _mean, _variance;
    private readonly T[] _center, _spread, _inverseDeviation, _sum, _product;
    private readonly Volume<T> _output = new();
    private Volume<T>? _input;
    private bool _isTraining;

    /// <summary>A layer that changes nothing until it is trained.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="name">Put before the names of its parameters.</param>
    public VolumeNormalization(int channels, string name = "")
    {
        _scale = new Parameter<T>(name + "scale", 1, channels, ParameterKind.Bias);
        _shift = new Parameter<T>(name + "shift", 1, channels, ParameterKind.Bias);
        _mean = new Parameter<T>(name + "running_mean", 1, channels, ParameterKind.Statistic);
        _variance = new Parameter<T>(name + "running_variance", 1, channels, ParameterKind.Statistic);
        int lanes = VolumeLanes.Blocks<T>(channels) * VolumeLanes.Of<T>();
        (_center, _spread, _inverseDeviation, _sum, _product) = (new T[lanes], new T[lanes], new T[lanes], new T[lanes], new T[lanes]);
        Parameters = [_scale, _shift, _mean, _variance];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>
    /// Its parameters stay as they are: the backward pass leaves their gradients alone, and statistics are the running ones.
    /// </summary>
    public bool IsFrozen { get; set; }

    /// <summary>Scale 1 and variance 1; all else is 0.</summary>
    public void Initialize()
    {
        _scale.Values.Fill(T.One);
        _variance.Values.Fill(T.One);
    }

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        (_input, _isTraining) = (input, pass.IsTraining && !IsFrozen);
        if (_isTraining)
            Measure(input);
        else
            UseRunning();
        for (int j = 0; j < _mean.Length; j++)
            _inverseDeviation[j] = T.One / T.Sqrt(_spread[j] + Epsilon);
        _output.ResizeAs(input);
        for (int block = 0; block < input.Blocks; block++)
        {
            (Vector512<T> scale, Vector512<T> shift) = (Lanes(_scale.Values, block), Lanes(_shift.Values, block));
            (Vector512<T> center, Vector512<T> inverse) = (Lanes(_center, block), Lanes(_inverseDeviation, block));
            for (int sample = 0; sample < input.Samples; sample++)
            {
                ReadOnlySpan<Vector512<T>> x = Vectors(input, sample, block);
                Span<Vector512<T>> y = Vectors(_output, sample, block);
                for (int i = 0; i < y.Length; i++)
                    y[i] = (x[i] - center) * inverse * scale + shift;
            }
        }

        return _output;
    }

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        Volume<T> input = _input ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        if (!IsFrozen)
            AddGradients(input, outputGradient);

        // In training mean and variance depend on every voxel, which takes out the parts of the gradient along 1 and along the normalized
        // input.
        Vector512<T> share = _isTraining ? Vector512.Create(T.One / T.CreateChecked(input.Samples * input.Voxels)) : Vector512<T>.Zero;
        for (int block = 0; block < input.Blocks; block++)
        {
            (Vector512<T> center, Vector512<T> inverse) = (Lanes(_center, block), Lanes(_inverseDeviation, block));
            Vector512<T> factor = Lanes(_scale.Values, block) * inverse;
            Vector512<T> constant = share * Lanes(_sum, block), slope = share * inverse * Lanes(_product, block);
            for (int sample = 0; sample < input.Samples; sample++)
            {
                Span<Vector512<T>> g = Vectors(outputGradient, sample, block);
                ReadOnlySpan<Vector512<T>> x = Vectors(input, sample, block);
                if (_isTraining)
                {
                    for (int i = 0; i < g.Length; i++)
                        g[i] = factor * (g[i] - (constant + (x[i] - center) * slope));
                }
                else
                {
                    for (int i = 0; i < g.Length; i++)
                        g[i] = factor * g[i];
                }
            }
        }

        return outputGradient;
    }

    private static Span<Vector512<T>> Vectors(Volume<T> volume, int sample, int block)
        => MemoryMarshal.Cast<T, Vector512<T>>(volume.Block(sample, block));

    // The numbers of the channels of a block, and zeros for the lanes behind the last.
    private static Vector512<T> Lanes(ReadOnlySpan<T> channels, int block)
    {
        ReadOnlySpan<T> part = channels[(block * VolumeLanes.Of<T>())..];
        if (part.Length >= VolumeLanes.Of<T>())
            return Vector512.Create(part);
        Span<T> lanes = stackalloc T[VolumeLanes.Of<T>()];
        lanes.Clear();
        part.CopyTo(lanes);
        return Vector512.Create<T>(lanes);
    }

    private void AddGradients(Volume<T> input, Volume<T> outputGradient)
    {
        Array.Clear(_sum);
        Array.Clear(_product);
        int lanes = VolumeLanes.Of<T>();
        for (int block = 0; block < input.Blocks; block++)
        {
            Span<T> sum = _sum.AsSpan(block * lanes, lanes), product = _product.AsSpan(block * lanes, lanes);
            for (int sample = 0; sample < input.Samples; sample++)
                VoxelSums.AddProducts(outputGradient.Block(sample, block), input.Block(sample, block), _center.AsSpan(block * lanes, lanes),
                    sum, product);
        }

        for (int j = 0; j < _scale.Length; j++)
        {
            _product[j] *= _inverseDeviation[j];
            _scale.Gradient[j] += _product[j];
            _shift.Gradient[j] += _sum[j];
        }
    }

    private void UseRunning()
    {
        _mean.Values.CopyTo(_center);
        _variance.Values.CopyTo(_spread);
    }

    // By two passes; the running variance is that of a sample, with one voxel less.
    private void Measure(Volume<T> input)
    {
        Array.Clear(_center);
        Array.Clear(_spread);
        int lanes = VolumeLanes.Of<T>(), voxels = input.Samples * input.Voxels;
        T share = T.One / T.CreateChecked(voxels), sample = T.CreateChecked(voxels) / T.CreateChecked(Math.Max(1, voxels - 1));
        for (int block = 0; block < input.Blocks; block++)
        {
            Span<T> center = _center.AsSpan(block * lanes, lanes), spread = _spread.AsSpan(block * lanes, lanes);
            for (int i = 0; i < input.Samples; i++)
                VoxelSums.Add(input.Block(i, block), center);
            Tensors.VectorSpan.Scale(share, center);
            for (int i = 0; i < input.Samples; i++)
                VoxelSums.AddSquares(input.Block(i, block), center, spread);
            Tensors.VectorSpan.Scale(share, spread);
        }

        for (int j = 0; j < _mean.Length; j++)
        {
            _mean.Gradient[j] += _center[j];
            _variance.Gradient[j] += _spread[j] * sample;
        }
    }
}
