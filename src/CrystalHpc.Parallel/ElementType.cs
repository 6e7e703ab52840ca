namespace CrystalHpc.Parallel;

/// <summary>The element types that messages and reductions carry. A closed list keeps the three communicators alike.</summary>
internal enum ElementType
{
    Byte,
    Int32,
    Int64,
    UInt64,
    Single,
    Double,
}
