using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Corpora;

/// <summary>The bytes of one file, or why there are none.</summary>
public readonly record struct FileContent(ReadOnlyMemory<byte> Bytes, Finding? Failure)
{
    /// <summary>A file that could be read.</summary>
    public static FileContent Of(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    /// <summary>A file that could not be dealt with, and why.</summary>
    public static FileContent Failed(FindingCode code, string message) => new(default, new Finding(code, message));
}
