using System.Numerics;
using CrystalHpc.Generation.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Training;

/// <summary>
/// Squared deviations of the features that the frozen descending half of a U-net makes of crystals and of their reconstructions.
/// </summary>
internal sealed class FeatureLoss<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DescendingHalf<T> _ofCrystals, _ofMade;
    private readonly Volume<T>[] _gradients;

    /// <summary>Takes the parameters of the descending half from those of a U-net.</summary>
    public FeatureLoss(NetworkSizes sizes, ReadOnlySpan<T> reader)
    {
        (_ofCrystals, _ofMade) = (new DescendingHalf<T>(sizes.Reader), new DescendingHalf<T>(sizes.Reader));
        _gradients = [.. sizes.Reader.Select(_ => new Volume<T>())];
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
        IReadOnlyList<Volume<T>> wanted = _ofCrystals.Forward(crystals, ForwardPass.Prediction),
            found = _ofMade.Forward(made, ForwardPass.Prediction);
        double sum = 0;
        for (int level = 0; level < _gradients.Length; level++)
            sum += Compare(wanted[level], found[level], weight, _gradients[level]);
        VectorSpan.Add<T>(_ofMade.Backward(_gradients).Values, gradient.Values);
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
