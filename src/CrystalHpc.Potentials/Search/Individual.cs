using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Search;

/// <summary>A structure of a search, as it was bred and, once relaxed, as it ended.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Operator">How it was made.</param>
/// <param name="Parents">Numbers of the structures that it was made from.</param>
/// <param name="Frame">The structure; with its energy once it is relaxed.</param>
internal sealed record Individual(int Number, string Operator, int[] Parents, AtomFrame Frame)
{
    /// <summary>Enthalpy, eV; infinite where the structure could not be relaxed.</summary>
    public double Enthalpy { get; init; } = double.PositiveInfinity;

    /// <summary>What was wrong; empty when nothing was.</summary>
    public string Problem { get; init; } = "";

    /// <summary>True when it can be bred from.</summary>
    public bool IsUsable => double.IsFinite(Enthalpy);
}
