using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Corpora;

/// <summary>One CIF file as its source lists it.</summary>
/// <param name="Name">
/// Name inside the archive with forward slashes, <see cref="EscapedName">escaped</see>; empty for a file that is not in an archive.
/// </param>
/// <param name="Bytes">Length, unpacked; -1 when only reading tells.</param>
/// <param name="Problem">Why it is not to be read; null: nothing is known against it.</param>
public readonly record struct CorpusMember(string Name, long Bytes, Finding? Problem = null);
