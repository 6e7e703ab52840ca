using System.Globalization;
using CrystalHpc.Lattices.Data;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>One of the three kinds of classes that are predicted.</summary>
/// <param name="Name">Name in files.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Classes">Names of its classes.</param>
/// <param name="OfGroup">The class of a space group, both counted from 0.</param>
/// <param name="Probabilities">What a prediction says of it.</param>
public sealed record LatticeTarget(string Name, string Title, IReadOnlyList<string> Classes, Func<int, int> OfGroup,
    Func<LatticePrediction, double[]> Probabilities)
{
    /// <summary>Crystal system, Bravais lattice and space group.</summary>
    public static IReadOnlyList<LatticeTarget> All { get; } =
    [
        new("crystal_system", "Crystal system", LatticeClasses.Systems, LatticeClasses.SystemOf, prediction => prediction.Systems),
        new("bravais", "Bravais lattice", LatticeClasses.Bravais, LatticeClasses.BravaisOf, prediction => prediction.Bravais),
        new("space_group", "Space group", [.. Enumerable.Range(1, LatticeClasses.Groups)
        .Select(number => number.ToString(CultureInfo.InvariantCulture))],
            group => group, prediction => prediction.Groups),
    ];
}
