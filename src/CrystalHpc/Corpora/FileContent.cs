using CrystalHpc.Core.Findings;

namespace CrystalHpc.Corpora;

/// <summary>The bytes of one file, or why there are none.</summary>
internal readonly record struct FileContent(ReadOnlyMemory<byte> Bytes, Finding? Failure)
{
    public static FileContent Of(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    public static FileContent Failed(FindingCode code, string message) => new(default, new Finding(code, message));
}
