using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices.Study;

/// <summary>A plain network over rows of features, by softmax and cross-entropy of classes, or by a regression loss.</summary>
internal sealed class PlainTask : ITrainingTask<float>
{
    private readonly Dense<float>[] _dense;
    private readonly Sequence<float> _network;
    private readonly float[] _features, _targets;
    private readonly int _inputs, _outputs;
    private readonly RegressionLoss? _loss;
    private readonly Tensor<float> _input = new(), _target = new(), _gradient = new();
    private float[] _weights = [];

    /// <summary>A task.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="features">Rows of features, one after another.</param>
    /// <param name="inputs">Features of a row.</param>
    /// <param name="targets">What rows are: a class number for each, or as many numbers as there are outputs.</param>
    /// <param name="outputs">Number of classes or of numbers.</param>
    /// <param name="loss">How numbers are compared; null: targets are classes.</param>
    public PlainTask(PlainShape shape, float[] features, int inputs, float[] targets, int outputs, RegressionLoss? loss = null)
    {
        (_features, _inputs, _targets, _outputs, _loss) = (features, inputs, targets, outputs, loss);
        int[] widths = [inputs, .. Enumerable.Repeat(shape.Width, shape.Depth), outputs];
        _dense = [.. Enumerable.Range(0, widths.Length - 1).Select(i
            => new Dense<float>(widths[i], widths[i + 1], name: $"{i}.", isFirst: i == 0))];
        _network = new Sequence<float>([.. _dense[..^1].SelectMany(layer => new ILayer<float>[] {
            layer, new Activation<float>(shape.Activation) }), _dense[^1]]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<float>> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 0, 2);
        foreach (Dense<float> layer in _dense)
            Initializers.Glorot(layer.Weight, random);
    }

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        _network.Backward(_gradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    /// <summary>What the network says of rows: logits or numbers.</summary>
    public Tensor<float> Predict(ReadOnlySpan<int> samples)
    {
        _input.Resize(samples.Length, _inputs);
        for (int row = 0; row < samples.Length; row++)
            _features.AsSpan(samples[row] * _inputs, _inputs).CopyTo(_input.Row(row));
        return _network.Forward(_input, ForwardPass.Prediction);
    }

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        _input.Resize(samples.Length, _inputs);
        _target.Resize(samples.Length, _outputs);
        _target.Values.Clear();
        if (_weights.Length < samples.Length)
            _weights = [.. Enumerable.Repeat(1f, samples.Length)];
        for (int row = 0; row < samples.Length; row++)
        {
            _features.AsSpan(samples[row] * _inputs, _inputs).CopyTo(_input.Row(row));
            if (_loss is null)
                _target.Row(row)[(int)_targets[samples[row]]] = 1;
            else
                _targets.AsSpan(samples[row] * _outputs, _outputs).CopyTo(_target.Row(row));
        }

        Tensor<float> outputs = _network.Forward(_input, pass);
        ReadOnlySpan<float> weights = _weights.AsSpan(0, samples.Length);
        return _loss is null ? SoftmaxCrossEntropy.Evaluate<float>(outputs, _target, weights, _gradient)
            : _loss.Evaluate<float>(outputs, _target, weights, _gradient);
    }
}
