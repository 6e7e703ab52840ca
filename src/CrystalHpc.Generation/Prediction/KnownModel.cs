using CrystalHpc.Core.Formulas;
using CrystalHpc.Generation.Prediction.Sampling;

namespace CrystalHpc.Generation.Prediction;

/// <summary>A model and the places of the crystals that it was trained on.</summary>
/// <param name="Model">The model.</param>
/// <param name="References">The crystals of the training; a formula may occur several times.</param>
/// <param name="Digest">SHA-256 of the model file.</param>
public sealed record KnownModel(IVoxelModel Model, IReadOnlyList<ReferencePoint> References, string Digest)
{
    /// <summary>Reduced formulas of the training.</summary>
    public IReadOnlySet<string> Formulas { get; } = References.Select(reference => reference.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>The first crystal of the training with a formula; null when there is none.</summary>
    public LatentBase? Find(string formula)
    {
        if (!Formula.TryParse(formula, out Formula? parsed, out _))
            return null;
        string key = parsed.ReducedKey;
        return References.FirstOrDefault(reference => reference.Key == key) is { } found ? new LatentBase(key, found.Mean) : null;
    }
}
