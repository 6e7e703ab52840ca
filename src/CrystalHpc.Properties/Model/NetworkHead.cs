using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// From the mean over the atoms to the targets: a hidden layer, or, where graphs have features, normalized features beside the mean, and a
/// residual network with dropout over both.
/// </summary>
internal sealed class NetworkHead<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double DropoutRate = 0.1;

    private readonly NetworkShape _shape;
    private readonly Dense<T>[] _dense;
    private readonly BatchNormalization<T>[] _normalizations = [];
    private readonly Sequence<T> _layers;
    private readonly Tensor<T> _features = new(), _input = new(), _ofPooled = new(), _ofFeatures = new();

    /// <summary>A head.</summary>
    public NetworkHead(NetworkShape shape)
    {
        _shape = shape;
        if (shape.Features == 0)
        {
            _dense = [new(shape.Width, shape.Hidden, name: "hidden."), new(shape.Hidden, shape.Targets, name: "output.")];
            _layers = new Sequence<T>([_dense[0], new Activation<T>(ActivationKind.Softplus), _dense[1]]);
            Parameters = _layers.Parameters;
            return;
        }

        _dense =
        [
            new(shape.Width + shape.Features, shape.Hidden, hasBias: false, name: "hidden.0."),
            new(shape.Hidden, shape.Hidden, hasBias: false, name: "hidden.1."), new(shape.Hidden, shape.Targets, name: "output."),
        ];
        _normalizations = [new(shape.Features, "hidden.features."), new(shape.Hidden, "hidden.0."), new(shape.Hidden, "hidden.1.")];
        Sequence<T>[] blocks = [.. Enumerable.Range(0, 2).Select(i => new Sequence<T>(
            [_dense[i], _normalizations[i + 1], new Activation<T>(ActivationKind.Relu), new Dropout<T>(DropoutRate, (uint)(10 + i))]))];
        _layers = new Sequence<T>([blocks[0], new Residual<T>(blocks[1]), _dense[2]]);
        Parameters = [.. _normalizations[0].Parameters, .. _layers.Parameters];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(CounterRandom random)
    {
        foreach (Dense<T> layer in _dense[..^1])
        {
            if (_shape.Features == 0)
                Initializers.Glorot(layer.Weight, random);
            else
                Initializers.He(layer.Weight, random);
        }

        Initializers.Normal(_dense[^1].Weight, Math.Sqrt(1.0 / (3 * _shape.Hidden)), random);
        foreach (BatchNormalization<T> layer in _normalizations)
            layer.Initialize();
    }

    /// <summary>The targets of some graphs, a row for each.</summary>
    public Tensor<T> Forward(Tensor<T> pooled, IReadOnlyList<CrystalGraph> graphs, ReadOnlySpan<int> numbers, ForwardPass pass)
    {
        if (_shape.Features == 0)
            return _layers.Forward(pooled, pass);
        _features.Resize(numbers.Length, _shape.Features);
        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<float> own = graphs[numbers[row]].Features;
            for (int k = 0; k < own.Length; k++)
                _features.Row(row)[k] = T.CreateChecked(own[k]);
        }

        Tensor<T> normalized = _normalizations[0].Forward(_features, pass);
        _input.Resize(numbers.Length, _shape.Width + _shape.Features);
        for (int row = 0; row < numbers.Length; row++)
        {
            pooled.Row(row).CopyTo(_input.Row(row));
            normalized.Row(row).CopyTo(_input.Row(row)[_shape.Width..]);
        }

        return _layers.Forward(_input, pass);
    }

    /// <summary>Adds to the gradients of the parameters, and returns that of the mean over the atoms.</summary>
    public Tensor<T> Backward(Tensor<T> gradient)
    {
        Tensor<T> ofInput = _layers.Backward(gradient);
        if (_shape.Features == 0)
            return ofInput;
        _ofPooled.Resize(ofInput.Rows, _shape.Width);
        _ofFeatures.Resize(ofInput.Rows, _shape.Features);
        for (int row = 0; row < ofInput.Rows; row++)
        {
            ofInput.Row(row)[.._shape.Width].CopyTo(_ofPooled.Row(row));
            ofInput.Row(row)[_shape.Width..].CopyTo(_ofFeatures.Row(row));
        }

        _normalizations[0].Backward(_ofFeatures);
        return _ofPooled;
    }
}
