using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>The descending half of the U-net: features of a crystal on the grid, on half and on a quarter of it.</summary>
/// <param name="isFirst">The gradient of the crystal is not needed.</param>
public sealed class DescendingHalf<T>(bool isFirst = false) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Channels of the features, finest first.</summary>
    public static readonly int[] Channels = [16, 32, 64];

    private readonly ConvolutionUnit<T>[] _units =
    [
        ConvolutionUnit<T>.Reading(NetworkSizes.Channels, 8, "down.0.", isFirst), ConvolutionUnit<T>.Reading(8, 16, "down.1."),
        ConvolutionUnit<T>.Reading(16, 16, "down.2."), ConvolutionUnit<T>.Reading(16, 32, "down.3."),
        ConvolutionUnit<T>.Reading(32, 64, "down.4."), ConvolutionUnit<T>.Reading(64, 64, "down.5."),
    ];

    private readonly MaxPooling<T> _firstPool = new(), _secondPool = new();

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
    public (Volume<T> Fine, Volume<T> Half, Volume<T> Quarter) Forward(Volume<T> crystals, ForwardPass pass)
    {
        Volume<T> fine = _units[1].Forward(_units[0].Forward(crystals, pass), pass);
        Volume<T> half = _units[3].Forward(_units[2].Forward(_firstPool.Forward(fine, pass), pass), pass);
        Volume<T> quarter = _units[5].Forward(_units[4].Forward(_secondPool.Forward(half, pass), pass), pass);
        return (fine, half, quarter);
    }

    /// <summary>From the gradients of the features, which it writes over, that of the crystals; adds to the gradients of the parameters.</summary>
    public Volume<T> Backward(Volume<T> fine, Volume<T> half, Volume<T> quarter)
    {
        ArgumentNullException.ThrowIfNull(fine);
        ArgumentNullException.ThrowIfNull(half);
        VectorSpan.Add<T>(_secondPool.Backward(_units[4].Backward(_units[5].Backward(quarter))).Values, half.Values);
        VectorSpan.Add<T>(_firstPool.Backward(_units[2].Backward(_units[3].Backward(half))).Values, fine.Values);
        return _units[0].Backward(_units[1].Backward(fine));
    }
}
