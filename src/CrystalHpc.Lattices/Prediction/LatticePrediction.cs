using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>What a model says of a formula.</summary>
/// <param name="Composition">The formula.</param>
/// <param name="Systems">Probability of each crystal system.</param>
/// <param name="Bravais">Probability of each Bravais lattice.</param>
/// <param name="Groups">Probability of each space group.</param>
/// <param name="Spreads">By how much the networks differ on the most probable system, lattice and group: standard deviations of its
/// probability.</param>
/// <param name="Neighbors">The known compounds that decided most, the weightiest first.</param>
/// <param name="KnownAs">Number of the formula among the known ones, which the prediction does not use; -1 when it is none of them.</param>
/// <param name="Cell">The conventional cell in the most probable Bravais lattice; null when the model predicts none.</param>
/// <param name="Support">Natural logarithm of the largest sum of weights of a head: how much the memory knows that is alike.</param>
/// <param name="Warnings">Why the formula lies outside what the model has learned; empty when it does not.</param>
public sealed record LatticePrediction(
    Composition Composition,
    double[] Systems,
    double[] Bravais,
    double[] Groups,
    double[] Spreads,
    IReadOnlyList<WeighedNeighbor> Neighbors,
    int KnownAs,
    ConventionalCell? Cell,
    double Support,
    IReadOnlyList<string> Warnings)
{
    /// <summary>True when nothing is to be warned of.</summary>
    public bool IsInDomain => Warnings.Count == 0;

    /// <summary>The most probable classes, the first first.</summary>
    public static IEnumerable<int> Best(double[] probabilities, int most) =>
        Enumerable.Range(0, probabilities.Length).OrderByDescending(k => probabilities[k]).ThenBy(k => k).Take(most);
}

/// <summary>A known compound beside a formula.</summary>
/// <param name="Formula">Its number among the known formulas.</param>
/// <param name="Weight">Its share in what the memory says, a mean over the heads.</param>
public readonly record struct WeighedNeighbor(int Formula, double Weight);
