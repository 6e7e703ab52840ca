namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>The neighbors of formulas in a memory, a row for each formula; -1 stands where there are fewer.</summary>
public sealed class NeighborTable(int rows)
{
    /// <summary>Neighbors with the same amounts.</summary>
    public const int Alike = 48;

    /// <summary>Neighbors by the mixture of elements, and as many by slots among formulas of other amounts.</summary>
    public const int Mixed = 16;

    /// <summary>Both kinds of these neighbors.</summary>
    public const int Others = 2 * Mixed;

    /// <summary>Numbers that tell how alike two formulas of other amounts are.</summary>
    public const int Descriptors = 8;

    private readonly int[] _alike = new int[rows * Alike], _others = new int[rows * Others];
    private readonly byte[] _aligned = new byte[rows * Alike * Composition.Slots];
    private readonly float[] _descriptors = new float[rows * Others * Descriptors];

    /// <summary>Number of formulas.</summary>
    public int Rows => rows;

    /// <summary>The nearest with the same amounts, the nearest first.</summary>
    public Span<int> AlikeOf(int row) => _alike.AsSpan(row * Alike, Alike);

    /// <summary>For each of these the elements in the slots of the formula: slots side by side.</summary>
    public Span<byte> AlignedOf(int row) => _aligned.AsSpan(row * Alike * Composition.Slots, Alike * Composition.Slots);

    /// <summary>The nearest by mixture, then the nearest by slots among formulas of other amounts.</summary>
    public Span<int> OthersOf(int row) => _others.AsSpan(row * Others, Others);

    /// <summary>The descriptors of these, side by side.</summary>
    public Span<float> DescriptorsOf(int row) => _descriptors.AsSpan(row * Others * Descriptors, Others * Descriptors);
}
