using CrystalHpc.Core.Elements;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>What crystals are wanted.</summary>
/// <param name="Count">Number of candidates.</param>
/// <param name="Seed">Seed of all random numbers.</param>
/// <param name="Type">Type of the formula; any when null.</param>
/// <param name="Condition">Tenth of the formation energy, 0 lowest; null: one after another.</param>
/// <param name="Elements">Elements that may occur; all when empty.</param>
/// <param name="Excluded">Elements that may not occur.</param>
/// <param name="MostAttempts">Draws after which it is enough.</param>
public sealed record SamplingWish(
    int Count, ulong Seed, CellClass? Type, int? Condition, IReadOnlySet<Element> Elements, IReadOnlySet<Element> Excluded,
    int MostAttempts)
{
    /// <summary>Tolerances of symmetry that are tried one after another, A: less than half a voxel, then up to one and a half.</summary>
    public static readonly IReadOnlyList<double> DefaultTolerances = [0.1, 0.2, 0.3];

    /// <summary>Tolerances of symmetry, ascending, A: the first that gives a symmetry counts.</summary>
    public IReadOnlyList<double> Tolerances { get; init; } = DefaultTolerances;
}
