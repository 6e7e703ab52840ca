using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>From crystals and their conditions to means and log variances of latent vectors.</summary>
internal sealed class Encoder<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly VolumeConvolution<T> _first;
    private readonly Parameter<T> _condition;
    private readonly VolumeNormalization<T> _normalization;
    private readonly VolumeRectifier<T> _rectifier = new(ConvolutionUnit<T>.Leak);
    private readonly ConvolutionUnit<T>[] _units;
    private readonly VolumeSequence<T> _rest;
    private readonly Dense<T> _mean, _logVariance;
    private readonly Tensor<T> _voxels = new(), _flat = new();
    private readonly Volume<T> _gradient = new();
    private readonly int _width, _coarsest, _perSample;
    private int[] _conditions = [];
    private int[] _numbers = [];

    public Encoder(NetworkSizes sizes)
    {
        IReadOnlyList<int> channels = sizes.Coder;
        (_width, _coarsest, _perSample) = (channels[0], channels[^1], sizes.CoarseEdge * sizes.CoarseEdge * sizes.CoarseEdge);
        _first = new VolumeConvolution<T>(NetworkSizes.Channels, _width, VolumePadding.Periodic, "encoder.0.", isFirst: true);
        _condition = new Parameter<T>("encoder.condition.weight", Conditions.Count, _width, ParameterKind.Weight);
        _normalization = new VolumeNormalization<T>(_width, "encoder.0.");
        _units = [.. Enumerable.Range(1, channels.Count - 1).Select(level
            => ConvolutionUnit<T>.Coding(channels[level - 1], channels[level], $"encoder.{level}."))];
        _rest = new VolumeSequence<T>([.. _units.SelectMany(unit => (IVolumeLayer<T>[])[new MaxPooling<T>(), unit]), new MaxPooling<T>()]);
        int inputs = _perSample * _coarsest + Conditions.Count;
        (_mean, _logVariance) = (new Dense<T>(inputs, sizes.Latent, name: "encoder.mean."),
            new Dense<T>(inputs, sizes.Latent, name: "encoder.log_variance."));
        Parameters =
        [
            .. _first.Parameters, _condition, .. _normalization.Parameters, .. _rest.Parameters, .. _mean.Parameters,
            .. _logVariance.Parameters,
        ];
    }

    public IReadOnlyList<Parameter<T>> Parameters { get; }

    public void Initialize(CounterRandom random)
    {
        _first.Initialize(random);
        _normalization.Initialize();
        Initializers.Normal(_condition, Math.Sqrt(1.0 / (3 * Conditions.Count)), random);
        foreach (ConvolutionUnit<T> unit in _units)
            unit.Initialize(random);
        Initializers.Normal(_mean.Weight, Math.Sqrt(1.0 / (3 * _mean.Weight.Rows)), random);
        Initializers.Normal(_logVariance.Weight, Math.Sqrt(1.0 / (3 * _mean.Weight.Rows)), random);
    }

    public (Tensor<T> Mean, Tensor<T> LogVariance) Forward(Volume<T> crystals, ReadOnlySpan<int> conditions, ForwardPass pass)
    {
        if (_conditions.Length != conditions.Length)
            _conditions = new int[conditions.Length];
        conditions.CopyTo(_conditions);
        Volume<T> first = _first.Forward(crystals, pass);
        AddConditions(first);
        Volume<T> coarse = _rest.Forward(_rectifier.Forward(_normalization.Forward(first, pass), pass), pass);
        if (_numbers.Length != coarse.Samples * coarse.Voxels)
            _numbers = [.. Enumerable.Range(0, coarse.Samples * coarse.Voxels)];
        VoxelRows.Gather(coarse, _numbers, _voxels);
        Conditions.Join(_voxels.Values, _perSample * _coarsest, _conditions, _flat);
        return (_mean.Forward(_flat, pass), _logVariance.Forward(_flat, pass));
    }

    public void Backward(Tensor<T> mean, Tensor<T> logVariance)
    {
        Tensor<T> flat = _mean.Backward(mean);
        VectorSpan.Add<T>(_logVariance.Backward(logVariance).Values, flat.Values);
        int width = _perSample * _coarsest;
        for (int sample = 0; sample < flat.Rows; sample++)
            flat.Row(sample)[..width].CopyTo(_voxels.Values[(sample * width)..]);
        int edge = (int)Math.Round(Math.Cbrt(_perSample));
        _gradient.Resize(flat.Rows, _coarsest, edge);
        _gradient.Values.Clear();
        VoxelRows.AddTo(_voxels, _numbers, _gradient);
        Volume<T> first = _normalization.Backward(_rectifier.Backward(_rest.Backward(_gradient)));
        AddConditionGradient(first);
        _first.Backward(first);
    }

    // A one-hot condition at every voxel, convolved, is a bias per channel that depends on the sample.
    private void AddConditions(Volume<T> first)
    {
        Span<T> lanes = stackalloc T[VolumeLanes.Of<T>()];
        for (int sample = 0; sample < first.Samples; sample++)
        {
            for (int start = 0; start < _width; start += lanes.Length)
            {
                lanes.Clear();
                Part(_condition.Values, _conditions[sample], start).CopyTo(lanes);
                Span<T> block = first.Block(sample, start / lanes.Length);
                for (int voxel = 0; voxel < first.Voxels; voxel++)
                    VectorSpan.Add<T>(lanes, block.Slice(voxel * lanes.Length, lanes.Length));
            }
        }
    }

    private void AddConditionGradient(Volume<T> first)
    {
        Span<T> sum = stackalloc T[VolumeLanes.Of<T>()];
        for (int sample = 0; sample < first.Samples; sample++)
        {
            for (int start = 0; start < _width; start += sum.Length)
            {
                sum.Clear();
                ReadOnlySpan<T> block = first.Block(sample, start / sum.Length);
                for (int voxel = 0; voxel < first.Voxels; voxel++)
                    VectorSpan.Add(block.Slice(voxel * sum.Length, sum.Length), sum);
                Span<T> target = Part(_condition.Gradient, _conditions[sample], start);
                VectorSpan.Add<T>(sum[..target.Length], target);
            }
        }
    }

    // The numbers of a condition for a block of channels.
    private Span<T> Part(Span<T> values, int condition, int start) =>
        values.Slice(condition * _width + start, Math.Min(VolumeLanes.Of<T>(), _width - start));
}
