namespace CrystalHpc.Properties.Model;

/// <summary>Sizes of a <see cref="CrystalNetwork{T}"/>.</summary>
/// <param name="Convolutions">Number of convolutions.</param>
/// <param name="Width">Numbers that describe an atom, a multiple of 16.</param>
/// <param name="Hidden">Width of the hidden layer.</param>
/// <param name="Targets">Number of targets.</param>
public sealed record NetworkShape(int Convolutions, int Width, int Hidden, int Targets)
{
    /// <summary>What its graphs hold.</summary>
    public GraphOptions Graphs { get; init; } = GraphOptions.Default;

    /// <summary>Features of a whole crystal that its graphs have.</summary>
    public int Features { get; init; }
}
