using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction;

/// <summary>Where a crystal of the training lies in latent space.</summary>
/// <param name="Key">Reduced formula.</param>
/// <param name="Class">Its kind.</param>
/// <param name="Mean">The mean of its latent vectors.</param>
public sealed record ReferencePoint(string Key, CellClass Class, float[] Mean);
