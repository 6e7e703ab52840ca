using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A crystal that was made.</summary>
/// <param name="Attempt">Number of the draw, from 0.</param>
/// <param name="Condition">The condition that was asked for.</param>
/// <param name="Origin">The base, or the two ends, that it was drawn from; empty when it was drawn at random.</param>
/// <param name="Latent">The latent vector that was drawn.</param>
/// <param name="Cell">The cell as decoded.</param>
/// <param name="Crystal">The crystal with its symmetry, in the standard cell.</param>
/// <param name="Key">Reduced formula.</param>
/// <param name="LeastDistance">Least distance of two atoms, A.</param>
public sealed record Candidate(
    int Attempt, int Condition, string Origin, float[] Latent, CubicCell Cell, SymmetrizedCrystal Crystal, string Key, double LeastDistance)
{
    /// <summary>The kind of its formula; null when it is of none.</summary>
    public CellClass? Kind => KindOf(Cell);

    /// <summary>The kind of the formula of a cell; null when it is of none.</summary>
    internal static CellClass? KindOf(CubicCell cell) => GenerationTable.KindOf([.. cell.Elements.CountBy(element => element)
        .Select(pair => pair.Value)]);
}
