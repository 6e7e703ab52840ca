using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Generation.Training;

/// <summary>Weights of the parts of the autoencoder's loss.</summary>
/// <param name="Alpha">Of features; 0: none.</param>
/// <param name="Beta">Of the divergence from a normal distribution.</param>
/// <param name="Coordinates">Of coordinates in units of 10 A, density counting 1.</param>
public sealed record CodingWeights(
    [property: Range(0.0, 1e6)] double Alpha, [property: Range(0.0, 1e6)] double Beta, [property: Range(0.0, 1e6)] double Coordinates)
{
    /// <summary>What was best in trials.</summary>
    public static CodingWeights Default { get; } = new(Alpha: 1, Beta: 5e-4, Coordinates: 100);
}
