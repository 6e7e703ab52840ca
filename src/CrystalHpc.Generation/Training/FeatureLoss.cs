using System.Numerics;
using CrystalHpc.Generation.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Training;

/// <summary>Squared deviations of the features that the frozen descending half of a U-net makes of crystals and of their reconstructions.</summary>
internal sealed class FeatureLoss<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DescendingHalf<T> _ofCrystals = new(), _ofMade = new();
    private readonly Volume<T>[] _gradients = [new(), new(), new()];

    /// <summary>Takes the parameters of the descending half from those of a U-net.</summary>
    public FeatureLoss(ReadOnlySpan<T> reader)
    {
        var buffer = new ParameterBuffer<T>(_ofCrystals.Parameters);
        reader[..buffer.Values.Length].CopyTo(buffer.Values);
        buffer.Share(_ofMade.Parameters);
        _ofCrystals.Freeze();
        _ofMade.Freeze();
    }

    /// <summary>Adds the gradient with respect to the reconstructions.</summary>
    /// <returns>The sum over samples of the sum over levels of the mean square, times the weight.</returns>
    public double Add(Volume<T> crystals, Volume<T> made, double weight, Volume<T> gradient)
    {
        var (a, b, c) = _ofCrystals.Forward(crystals, ForwardPass.Prediction);
        var (d, e, f) = _ofMade.Forward(made, ForwardPass.Prediction);
        double sum = Compare(a, d, weight, _gradients[0]) + Compare(b, e, weight, _gradients[1]) + Compare(c, f, weight, _gradients[2]);
        VectorSpan.Add<T>(_ofMade.Backward(_gradients[0], _gradients[1], _gradients[2]).Values, gradient.Values);
        return sum;
    }

    private static double Compare(Volume<T> wanted, Volume<T> made, double weight, Volume<T> gradient)
    {
        double share = weight / (wanted.Channels * (double)wanted.Voxels);
        gradient.ResizeAs(made);
        VectorSpan.Subtract<T>(made.Values, wanted.Values, gradient.Values);
        double sum = share * VectorSpan.SumOfSquares<T>(gradient.Values);
        VectorSpan.Scale(T.CreateChecked(2 * share), gradient.Values);
        return sum;
    }
}
