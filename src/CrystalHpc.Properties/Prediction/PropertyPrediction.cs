namespace CrystalHpc.Properties.Prediction;

/// <summary>What a model says of a crystal.</summary>
/// <param name="Values">Each target, as the network has learned it: logarithms where targets are.</param>
/// <param name="Errors">Standard errors: 1.645 of them hold nine in ten validation rows.</param>
/// <param name="Distance">Distance of the nearest training crystal, see <see cref="FeatureSpace"/>.</param>
/// <param name="Warnings">Why it may be wrong by more.</param>
public sealed record PropertyPrediction(double[] Values, double[] Errors, double Distance, IReadOnlyList<string> Warnings)
{
    /// <summary>False where there is a warning.</summary>
    public bool IsInDomain => Warnings.Count == 0;
}
