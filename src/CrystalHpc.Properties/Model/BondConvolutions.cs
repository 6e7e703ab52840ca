using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// Bonds as vectors that know their angles: a linear function of the distance, then a convolution over the other bonds of the atom for each
/// convolution over atoms (the line graph of Choudhary and DeCost 2021, doi 10.1038/s41524-021-00650-1, with the convolution used here).
/// </summary>
internal sealed class BondConvolutions<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that describe a bond.</summary>
    public const int Width = 32;

    private readonly Dense<T> _start = new(GaussianBasis.Distances.Count, Width, name: "bonds.", isFirst: true);
    private readonly GraphConvolution<T>[] _layers;
    private readonly Tensor<T> _cosines = new(), _gradient = new();

    /// <summary>So many convolutions.</summary>
    public BondConvolutions(int convolutions)
    {
        _layers = [.. Enumerable.Range(0, convolutions).Select(
            i => new GraphConvolution<T>(Width, GaussianBasis.Cosines.Count, FormattableString.Invariant($"bonds.{i}.")))];
        Parameters = [.. _start.Parameters, .. _layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>Their parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(CounterRandom random)
    {
        Initializers.Normal(_start.Weight, Math.Sqrt(1.0 / GaussianBasis.Distances.Count), random);
        foreach (GraphConvolution<T> layer in _layers)
            layer.Initialize(random);
    }

    /// <summary>The vectors before any convolution.</summary>
    /// <param name="angles">Angles between bonds.</param>
    /// <param name="distances">Features of the distance of each bond.</param>
    /// <param name="pass">What for.</param>
    public Tensor<T> Start(LinkBatch angles, Tensor<T> distances, ForwardPass pass)
    {
        GaussianBasis.Cosines.Write(angles.Values, _cosines);
        return _start.Forward(distances, pass);
    }

    /// <summary>The vectors after a convolution.</summary>
    public Tensor<T> Forward(int layer, LinkBatch angles, Tensor<T> bonds, ForwardPass pass) =>
        _layers[layer].Forward(angles, bonds, _cosines, pass);

    /// <summary>Takes the gradient of the vectors after a convolution, that of what came later included, to those before it.</summary>
    /// <param name="layer">Number of the convolution; the last one comes first.</param>
    /// <param name="angles">Angles between bonds.</param>
    /// <param name="gradient">What the convolution over atoms adds.</param>
    public void Backward(int layer, LinkBatch angles, Tensor<T> gradient)
    {
        if (layer == _layers.Length - 1)
            _gradient.CopyFrom(gradient);
        else
            VectorSpan.Add<T>(gradient.Values, _gradient.Values);
        _gradient.CopyFrom(_layers[layer].Backward(angles, _gradient).OfNodes);
        if (layer == 0)
            _start.Backward(_gradient);
    }
}
