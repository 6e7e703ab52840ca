namespace CrystalHpc.Fuzz;

/// <summary>Makes inputs of real files. Deterministic: input N of a seed is always the same for the same files.</summary>
internal interface IMutator
{
    /// <summary>The input with the given number.</summary>
    byte[] Make(long index);
}
