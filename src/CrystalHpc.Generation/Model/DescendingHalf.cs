using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>The descending half of the U-net: features of a crystal on the grid, on half of it and so on.</summary>
public sealed class DescendingHalf<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Two for each level.
    private readonly ConvolutionUnit<T>[] _units;
    private readonly MaxPooling<T>[] _pools;
    private readonly Volume<T>[] _features;

    /// <summary>A network.</summary>
    /// <param name="channels">Channels of each level, finest first.</param>
    /// <param name="isFirst">The gradient of the crystal is not needed.</param>
    public DescendingHalf(IReadOnlyList<int> channels, bool isFirst = false)
    {
        ArgumentNullException.ThrowIfNull(channels);
        _units = new ConvolutionUnit<T>[2 * channels.Count];
        int inputs = NetworkSizes.Channels;
        for (int level = 0; level < channels.Count; level++)
        {
            int outputs = channels[level], between = level == channels.Count - 1 ? outputs : outputs / 2;
            _units[2 * level] = ConvolutionUnit<T>.Reading(inputs, between, $"down.{2 * level}.", isFirst && level == 0);
            _units[2 * level + 1] = ConvolutionUnit<T>.Reading(between, outputs, $"down.{2 * level + 1}.");
            inputs = outputs;
        }

        _pools = [.. channels.Skip(1).Select(_ => new MaxPooling<T>())];
        _features = new Volume<T>[channels.Count];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => [.. _units.SelectMany(unit => unit.Parameters)];

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(CounterRandom random)
    {
        foreach (ConvolutionUnit<T> unit in _units)
            unit.Initialize(random);
    }

    /// <summary>From now on the parameters stay as they are.</summary>
    public void Freeze()
    {
        foreach (ConvolutionUnit<T> unit in _units)
            unit.Freeze();
    }

    /// <summary>The features, finest first; valid until the next pass.</summary>
    public IReadOnlyList<Volume<T>> Forward(Volume<T> crystals, ForwardPass pass)
    {
        for (int level = 0; level < _features.Length; level++)
        {
            Volume<T> input = level == 0 ? crystals : _pools[level - 1].Forward(_features[level - 1], pass);
            _features[level] = _units[2 * level + 1].Forward(_units[2 * level].Forward(input, pass), pass);
        }

        return _features;
    }

    /// <summary>
    /// From the gradients of the features, which it writes over, that of the crystals; adds to the gradients of the parameters.
    /// </summary>
    public Volume<T> Backward(IReadOnlyList<Volume<T>> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        for (int level = _features.Length - 1; level > 0; level--)
        {
            Volume<T> below = _pools[level - 1].Backward(_units[2 * level].Backward(_units[2 * level + 1].Backward(gradients[level])));
            VectorSpan.Add<T>(below.Values, gradients[level - 1].Values);
        }

        return _units[0].Backward(_units[1].Backward(gradients[0]));
    }
}
