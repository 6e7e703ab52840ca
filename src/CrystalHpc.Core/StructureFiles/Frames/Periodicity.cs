namespace CrystalHpc.Core.StructureFiles;

/// <summary>Along which of the cell vectors a structure repeats.</summary>
/// <param name="A">It repeats along a.</param>
/// <param name="B">It repeats along b.</param>
/// <param name="C">It repeats along c.</param>
public readonly record struct Periodicity(bool A, bool B, bool C)
{
    /// <summary>A crystal: along all three.</summary>
    public static Periodicity Crystal { get; } = new(true, true, true);

    /// <summary>A molecule or cluster: along none.</summary>
    public static Periodicity Cluster { get; }

    /// <summary>True when it repeats along at least one vector.</summary>
    public bool Any => A || B || C;

    /// <summary>Such as <c>T T F</c>.</summary>
    public override string ToString() => $"{Letter(A)} {Letter(B)} {Letter(C)}";

    private static char Letter(bool value) => value ? 'T' : 'F';
}
