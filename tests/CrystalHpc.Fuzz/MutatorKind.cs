namespace CrystalHpc.Fuzz;

/// <summary>What the damage knows of CIF.</summary>
internal enum MutatorKind
{
    /// <summary>Nothing: bytes, words and lines of the file are damaged.</summary>
    Bytes,

    /// <summary>Tags, loops, symmetry, cells and atoms: most inputs are sound CIF that says something strange.</summary>
    Grammar,
}
