using System.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices.Training;

/// <summary>
/// The loss of a cell network: absolute deviations of ln lengths, ln volume and cosines, of what the Bravais lattice leaves free.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="inputs">Inputs of all samples, one after another.</param>
/// <param name="targets">What they are; NaN where the lattice fixes it.</param>
public sealed class CellTask<T>(CellNetwork<T> network, float[] inputs, float[] targets) : ITrainingTask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Near zero deviations the loss is a square, so that it is smooth; ln and cosines beyond 1 % count by their magnitude.
    private static readonly RegressionLoss Measure = new(RegressionLossKind.Huber, 0.01);

    // Makes deviations of one percent count as one.
    private static readonly T Weight = T.CreateChecked(1e4);

    private readonly int _length = inputs.Length / (targets.Length / ConventionalCell.Numbers);
    private readonly Tensor<T> _targets = new(), _gradient = new();
    private float[] _inputs = [];
    private T[] _weights = [];

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => network.Parameters;

    /// <inheritdoc/>
    public void Initialize(ulong seed) => network.Initialize(seed);

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        network.Backward(_gradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        if (_weights.Length < samples.Length)
        {
            (_inputs, _weights) = (new float[samples.Length * _length], new T[samples.Length]);
            Array.Fill(_weights, Weight);
        }

        _targets.Resize(samples.Length, ConventionalCell.Numbers);
        for (int row = 0; row < samples.Length; row++)
        {
            inputs.AsSpan(samples[row] * _length, _length).CopyTo(_inputs.AsSpan(row * _length));
            for (int k = 0; k < ConventionalCell.Numbers; k++)
                _targets.Row(row)[k] = T.CreateChecked(targets[samples[row] * ConventionalCell.Numbers + k]);
        }

        return Measure.Evaluate(network.Forward(_inputs, samples.Length, pass), _targets, _weights.AsSpan(0, samples.Length), _gradient);
    }
}
