using System.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices.Training;

/// <summary>
/// The loss of a lattice network: the cross-entropies of space group, Bravais lattice and crystal system with the distributions of each
/// formula, times the root of its number of rows.
/// </summary>
public sealed class LatticeTask<T> : ITrainingTask<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[] Widths = [LatticeClasses.Groups, LatticeClasses.Bravais.Count, LatticeClasses.Systems.Count];

    private readonly LatticeNetwork<T> _network;
    private readonly FormulaSamples _samples;
    private readonly KnownFormulas _labels;
    private readonly float[] _weights;
    private readonly Tensor<T> _gradient = new();
    private readonly Tensor<T>[] _logits = [new(), new(), new()], _targets = [new(), new(), new()], _gradients = [new(), new(), new()];

    /// <summary>A task.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">Training and validation formulas.</param>
    /// <param name="labels">Their groups.</param>
    public LatticeTask(LatticeNetwork<T> network, FormulaSamples samples, KnownFormulas labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        (_network, _samples, _labels) = (network, samples, labels);
        double mean = labels.Rows.Average(rows => Math.Sqrt(rows));
        _weights = [.. labels.Rows.Select(rows => (float)(Math.Sqrt(rows) / mean))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public void Initialize(ulong seed) => _network.Initialize(seed);

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        _gradient.Resize(samples.Length, Widths.Sum());
        for (int row = 0; row < samples.Length; row++)
        {
            Span<T> target = _gradient.Row(row);
            foreach (Tensor<T> part in _gradients)
            {
                part.Row(row).CopyTo(target);
                target = target[part.Columns..];
            }
        }

        _network.Backward(_gradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        Tensor<T> logits = _network.Forward(_samples, samples, pass);
        Span<T> weights = samples.Length <= 1024 ? stackalloc T[samples.Length] : new T[samples.Length];
        for (int part = 0; part < Widths.Length; part++)
        {
            _logits[part].Resize(samples.Length, Widths[part]);
            _targets[part].Resize(samples.Length, Widths[part]);
            _targets[part].Values.Clear();
        }

        for (int row = 0; row < samples.Length; row++)
        {
            weights[row] = T.CreateChecked(_weights[samples[row]]);
            ReadOnlySpan<T> source = logits.Row(row);
            foreach (Tensor<T> part in _logits)
            {
                source[..part.Columns].CopyTo(part.Row(row));
                source = source[part.Columns..];
            }

            ReadOnlySpan<byte> groups = _labels.GroupsOf(samples[row]);
            ReadOnlySpan<float> shares = _labels.SharesOf(samples[row]);
            for (int i = 0; i < groups.Length; i++)
            {
                T share = T.CreateChecked(shares[i]);
                _targets[0].Row(row)[groups[i]] += share;
                _targets[1].Row(row)[LatticeClasses.BravaisOf(groups[i])] += share;
                _targets[2].Row(row)[LatticeClasses.SystemsOfGroups[groups[i]]] += share;
            }
        }

        double loss = 0;
        for (int part = 0; part < Widths.Length; part++)
            loss += SoftmaxCrossEntropy.Evaluate(_logits[part], _targets[part], weights, _gradients[part]);
        return loss;
    }
}
