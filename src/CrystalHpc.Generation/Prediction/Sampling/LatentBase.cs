namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A known crystal in latent space.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mean">The mean of its latent vectors.</param>
public sealed record LatentBase(string Name, float[] Mean)
{
    /// <summary>The place of a crystal.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cell">The crystal, of elements that the model knows.</param>
    /// <param name="condition">Its condition.</param>
    public static LatentBase Of(IVoxelModel model, string name, Data.CubicCell cell, int condition)
    {
        ArgumentNullException.ThrowIfNull(model);
        float[] mean = new float[model.LatentSize], logVariance = new float[model.LatentSize];
        model.Encode([cell], [condition], mean, logVariance);
        return new(name, mean);
    }
}
