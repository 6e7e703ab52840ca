namespace CrystalHpc.Core.Cif;

/// <summary>A tag, block or frame name as written in the file.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Scope">The block or frame in which the name must be unique.</param>
/// <param name="Hash">Hash of scope and name without regard to letter case.</param>
/// <param name="IsDuplicate">True when the scope already had the name.</param>
internal readonly record struct CifName(int Start, int Length, int Scope, uint Hash, bool IsDuplicate);
