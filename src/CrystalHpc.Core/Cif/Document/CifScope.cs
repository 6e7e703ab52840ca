namespace CrystalHpc.Core.Cif;

/// <summary>A data block or save frame: the scope in which a tag is unique.</summary>
/// <param name="Offset">Offset of its header.</param>
/// <param name="NameStart">Offset of its name.</param>
/// <param name="NameLength">Bytes of its name.</param>
/// <param name="Parent">Index of the data block around a save frame; -1 for a data block.</param>
/// <param name="FirstTag">Index of its first tag.</param>
/// <param name="EndTag">Index behind its last tag; those of frames inside a block lie between.</param>
/// <param name="FirstLoop">Index of its first loop.</param>
internal readonly record struct CifScope(int Offset, int NameStart, int NameLength, int Parent, int FirstTag, int EndTag, int FirstLoop);
