using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>
/// From latent vectors and conditions to crystals: the density by convolutions, the coordinates as ramps of three lengths that a dense head
/// tells.
/// </summary>
internal sealed class Decoder<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Axes = VoxelAxes.Count;

    // Lengths in units of 10 A: what the head calls 0, and what it calls 1.
    private static readonly T Middle = T.CreateChecked(0.45), Scale = T.CreateChecked(0.1);

    private readonly NetworkSizes _sizes;
    private readonly Dense<T> _start, _lengths;
    private readonly ConvolutionUnit<T>[] _units;
    private readonly VolumeConvolution<T> _density;
    private readonly VolumeSequence<T> _volumes;
    private readonly Tensor<T> _inputs = new(), _rows = new(), _lengthGradient = new(), _startGradient = new(), _latentGradient = new();
    private readonly Volume<T> _coarse = new(), _output = new(), _densityGradient = new();
    private readonly int _widest;
    private int[] _numbers = [];

    public Decoder(NetworkSizes sizes)
    {
        _sizes = sizes;
        IReadOnlyList<int> channels = sizes.Coder;
        int edge = sizes.CoarseEdge, inputs = sizes.Latent + Conditions.Count, levels = channels.Count;
        _widest = channels[^1];
        _start = new Dense<T>(inputs, _widest * edge * edge * edge, name: "decoder.start.");
        _lengths = new Dense<T>(inputs, Axes, name: "decoder.lengths.");
        _units =
        [
            .. Enumerable.Range(0, levels).Select(i =>
                ConvolutionUnit<T>.Coding(channels[Math.Min(levels - i, levels - 1)], channels[levels - 1 - i], $"decoder.{i}.")),
        ];
        _density = new VolumeConvolution<T>(channels[0], 1, VolumePadding.Periodic, "decoder.density.");
        _volumes = new VolumeSequence<T>([.. _units.SelectMany(unit => (IVolumeLayer<T>[])[new Upsampling<T>(), unit]), _density]);
        Parameters = [.. _start.Parameters, .. _lengths.Parameters, .. _volumes.Parameters];
    }

    public IReadOnlyList<Parameter<T>> Parameters { get; }

    public void Initialize(CounterRandom random)
    {
        Initializers.Normal(_start.Weight, Math.Sqrt(1.0 / (3 * _start.Weight.Rows)), random);
        Initializers.Normal(_lengths.Weight, Math.Sqrt(1.0 / (3 * _lengths.Weight.Rows)), random);
        foreach (ConvolutionUnit<T> unit in _units)
            unit.Initialize(random);
        _density.Initialize(random);
    }

    /// <summary>The place of the middle of a voxel along an axis, in parts of the edge.</summary>
    public static T Ramp(int voxel, int size) => (T.CreateChecked(voxel) + T.CreateChecked(0.5)) / T.CreateChecked(size);

    public Volume<T> Forward(Tensor<T> latent, ReadOnlySpan<int> conditions, ForwardPass pass)
    {
        Conditions.Join<T>(latent.Values, _sizes.Latent, conditions, _inputs);
        Tensor<T> start = _start.Forward(_inputs, pass), lengths = _lengths.Forward(_inputs, pass);
        int edge = _sizes.CoarseEdge, voxels = edge * edge * edge;
        if (_numbers.Length != latent.Rows * voxels)
            _numbers = [.. Enumerable.Range(0, latent.Rows * voxels)];
        _coarse.Resize(latent.Rows, _widest, edge);
        _coarse.Values.Clear();
        _rows.Resize(_numbers.Length, _widest);
        start.Values.CopyTo(_rows.Values);
        VoxelRows.AddTo(_rows, _numbers, _coarse);
        Volume<T> density = _volumes.Forward(_coarse, pass);
        _output.Resize(latent.Rows, NetworkSizes.Channels, _sizes.Size);
        int lanes = VolumeLanes.Of<T>();
        for (int sample = 0; sample < latent.Rows; sample++)
        {
            Span<T> source = density.Block(sample, 0), target = _output.Block(sample, 0), length = lengths.Row(sample);
            source.CopyTo(target);
            for (int voxel = 0; voxel < _output.Voxels; voxel++)
            {
                for (int axis = 0; axis < Axes; axis++)
                    target[voxel * lanes + 1 + axis] = (Middle + Scale * length[axis])
                        * Ramp(VoxelAxes.Along(voxel, axis, _sizes.Size), _sizes.Size);
            }
        }

        return _output;
    }

    public Tensor<T> Backward(Volume<T> gradient, int latent)
    {
        int lanes = VolumeLanes.Of<T>();
        _lengthGradient.Resize(gradient.Samples, Axes);
        _lengthGradient.Values.Clear();
        _densityGradient.Resize(gradient.Samples, 1, gradient.Size);
        _densityGradient.Values.Clear();
        for (int sample = 0; sample < gradient.Samples; sample++)
        {
            Span<T> source = gradient.Block(sample, 0), target = _densityGradient.Block(sample, 0), length = _lengthGradient.Row(sample);
            for (int voxel = 0; voxel < gradient.Voxels; voxel++)
            {
                target[voxel * lanes] = source[voxel * lanes];
                for (int axis = 0; axis < Axes; axis++)
                    length[axis] += Scale * source[voxel * lanes + 1 + axis] * Ramp(VoxelAxes.Along(voxel, axis, gradient.Size),
                        gradient.Size);
            }
        }

        Volume<T> coarse = _volumes.Backward(_densityGradient);
        VoxelRows.Gather(coarse, _numbers, _rows);
        _startGradient.Resize(gradient.Samples, _start.Weight.Columns);
        _rows.Values.CopyTo(_startGradient.Values);
        Tensor<T> inputs = _start.Backward(_startGradient), others = _lengths.Backward(_lengthGradient);
        _latentGradient.Resize(gradient.Samples, latent);
        for (int sample = 0; sample < gradient.Samples; sample++)
        {
            inputs.Row(sample)[..latent].CopyTo(_latentGradient.Row(sample));
            VectorSpan.Add<T>(others.Row(sample)[..latent], _latentGradient.Row(sample));
        }

        return _latentGradient;
    }
}
