using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes.Kernels;

namespace CrystalHpc.Learning.Volumes;

/// <summary>
/// y(v) = b + sum over the 27 voxels u around v, itself among them, of x(u) W(u - v): a convolution by cubes of 3 x 3 x 3, computed
/// directly. Grids whose edge is no multiple of four take a slow path.
/// </summary>
public sealed class VolumeConvolution<T> : IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _inputs, _outputs;
    private readonly VolumePadding _padding;
    private readonly bool _isFirst;
    private readonly Parameter<T> _weight, _bias;
    private readonly ConvolutionProduct<T> _product;
    private readonly PackedWeights<T> _packed = new();
    private readonly Volume<T> _output = new(), _inputGradient = new();
    private Volume<T>? _input;

    /// <summary>A layer of zeros.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="padding">What it sees beyond the faces.</param>
    /// <param name="name">Put before the names of its parameters.</param>
    /// <param name="isFirst">Nothing that is trained comes before: the backward pass computes no gradient of the input, and returns what it
    /// was given.</param>
    public VolumeConvolution(int inputs, int outputs, VolumePadding padding, string name = "", bool isFirst = false)
    {
        (_inputs, _outputs, _padding, _isFirst) = (inputs, outputs, padding, isFirst);
        _weight = new Parameter<T>(name + "weight", inputs * 27, outputs, ParameterKind.Weight);
        _bias = new Parameter<T>(name + "bias", 1, outputs, ParameterKind.Bias);
        _product = new ConvolutionProduct<T>(padding);
        Parameters = [_weight, _bias];
    }

    /// <summary>The weights, [input][z][y][x] x outputs, and the bias.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Its parameters stay as they are: the backward pass leaves their gradients alone.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>
    /// Normal weights with variance 1 / (3 inputs); no bias. Behind a normalization their size changes no output, but how far a step turns
    /// them: Adam turns weights that are drawn for a rectifier, 2.4 times as large, too slowly.
    /// </summary>
    public void Initialize(CounterRandom random) => Initializers.Normal(_weight, Math.Sqrt(1.0 / (3 * _weight.Rows)), random);

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        _output.Resize(input.Samples, _outputs, input.Size);
        FillWithBias();
        if (!ConvolutionProduct<T>.Fits(input.Size))
        {
            PlainConvolution.Add(input, _weight.Values, _padding, _output);
            return _output;
        }

        _packed.Load(_weight.Values, _inputs, _outputs);
        _product.Add(input, _packed, _output);
        return _output;
    }

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        Volume<T> input = _input ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        bool isFast = ConvolutionProduct<T>.Fits(input.Size);
        if (!IsFrozen)
        {
            AddBiasGradient(outputGradient);
            AddWeightGradient(input, outputGradient, isFast);
        }

        if (_isFirst)
            return outputGradient;
        _inputGradient.ResizeAs(input);
        _inputGradient.Values.Clear();
        if (isFast)
        {
            _packed.LoadReversed(_weight.Values, _inputs, _outputs);
            _product.Add(outputGradient, _packed, _inputGradient);
        }
        else
        {
            PlainConvolution.AddInputGradient(outputGradient, _weight.Values, _padding, _inputGradient);
        }

        return _inputGradient;
    }

    private void AddWeightGradient(Volume<T> input, Volume<T> outputGradient, bool isFast)
    {
        if (!isFast)
        {
            PlainConvolution.AddWeightGradient(input, outputGradient, _padding, _weight.Gradient);
            return;
        }

        _packed.Clear(_inputs, _outputs);
        _product.AddWeightGradient(input, outputGradient, _packed);
        _packed.AddTo(_weight.Gradient, _inputs, _outputs);
    }

    private void FillWithBias()
    {
        Span<T> lanes = stackalloc T[VolumeLanes.Of<T>()];
        for (int block = 0; block < _output.Blocks; block++)
        {
            lanes.Clear();
            _bias.Values.Slice(block * lanes.Length, PackedWeights<T>.ChannelsOf(_outputs, block)).CopyTo(lanes);
            for (int sample = 0; sample < _output.Samples; sample++)
                VoxelSums.Fill(lanes, _output.Block(sample, block));
        }
    }

    private void AddBiasGradient(Volume<T> outputGradient)
    {
        Span<T> sum = stackalloc T[VolumeLanes.Of<T>()];
        for (int block = 0; block < outputGradient.Blocks; block++)
        {
            sum.Clear();
            for (int sample = 0; sample < outputGradient.Samples; sample++)
                VoxelSums.Add(outputGradient.Block(sample, block), sum);
            int channels = PackedWeights<T>.ChannelsOf(_outputs, block);
            VectorSpan.Add<T>(sum[..channels], _bias.Gradient.Slice(block * sum.Length, channels));
        }
    }
}
