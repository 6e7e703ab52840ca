using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Tests.Learning.Training;

/// <summary>A network on a table of numbers: the least task that trains.</summary>
internal sealed class TableTask<T>(ILayer<T> network, double[][] inputs, double[] targets, RegressionLoss loss) : ITrainingTask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tensor<T> _inputs = new(), _targets = new(), _gradient = new();

    public IReadOnlyList<Parameter<T>> Parameters => network.Parameters;

    /// <summary>A dense network of one hidden layer, or more with batch normalization and dropout.</summary>
    public static TableTask<T> Of(double[][] inputs, double[] targets, int width, bool isNoisy = false)
    {
        ILayer<T>[] layers = isNoisy
            ? [
                new Dense<T>(inputs[0].Length, width, hasBias: false, "hidden."), new BatchNormalization<T>(width, "hidden."),
                new Activation<T>(ActivationKind.Relu), new Dropout<T>(0.1, 7), new Dense<T>(width, 1, name: "output.")
            ]
            : [new Dense<T>(inputs[0].Length, width, name: "hidden."), new Activation<T>(ActivationKind.Tanh),
                new Dense<T>(width, 1, name: "output.")];
        return new TableTask<T>(new Sequence<T>(layers), inputs, targets, new RegressionLoss(RegressionLossKind.MeanSquared));
    }

    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 0, stream: 2);
        foreach (Parameter<T> parameter in Parameters)
        {
            if (parameter.Kind == ParameterKind.Weight)
                Initializers.Glorot(parameter, random);
            else
                parameter.Values.Fill(parameter.Name.EndsWith("scale", StringComparison.Ordinal)
                    || parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? T.One : T.Zero);
        }
    }

    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double sum = Evaluate(samples, pass);
        network.Backward(_gradient);
        return sum;
    }

    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    /// <summary>What the network says of a sample.</summary>
    public double Predict(int sample)
    {
        Fill([sample]);
        return double.CreateChecked(network.Forward(_inputs, ForwardPass.Prediction).Values[0]);
    }

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        Fill(samples);
        T[] weights = new T[samples.Length];
        Array.Fill(weights, T.One);
        return loss.Evaluate<T>(network.Forward(_inputs, pass), _targets, weights, _gradient);
    }

    private void Fill(ReadOnlySpan<int> samples)
    {
        _inputs.Resize(samples.Length, inputs[0].Length);
        _targets.Resize(samples.Length, 1);
        for (int row = 0; row < samples.Length; row++)
        {
            for (int column = 0; column < inputs[0].Length; column++)
                _inputs.Row(row)[column] = T.CreateChecked(inputs[samples[row]][column]);
            _targets.Values[row] = T.CreateChecked(targets[samples[row]]);
        }
    }
}
