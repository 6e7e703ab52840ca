namespace CrystalHpc.Learning.Models;

/// <summary>Types of the numbers of a stored tensor, by their names in the file.</summary>
public enum ElementType
{
    /// <summary>double.</summary>
    F64,

    /// <summary>long.</summary>
    I64,

    /// <summary>float.</summary>
    F32,

    /// <summary>int.</summary>
    I32,

    /// <summary>byte.</summary>
    U8,
}
