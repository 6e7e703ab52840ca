using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Symmetry;
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
/// <param name="SymmetryAngstrom">Atoms this far from a symmetry are moved onto it, A.</param>
public sealed record SamplingWish(
    int Count, ulong Seed, CellClass? Type, int? Condition, IReadOnlySet<Element> Elements, IReadOnlySet<Element> Excluded, int MostAttempts,
    double SymmetryAngstrom = SamplingWish.DefaultSymmetryAngstrom)
{
    /// <summary>The tolerance of symmetry, A: less than half a voxel.</summary>
    public const double DefaultSymmetryAngstrom = 0.1;

    /// <summary>The tolerance as the search for symmetry takes it.</summary>
    public SymmetryTolerance Tolerance => new(SymmetryAngstrom);
}
