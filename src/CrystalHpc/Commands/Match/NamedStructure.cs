using System.Globalization;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Commands;

/// <summary>A structure of a file, or why there is none.</summary>
/// <param name="Name">The file, with the number of the frame when it holds several.</param>
/// <param name="Structure">The structure; null when it cannot be compared.</param>
/// <param name="Refusal">Why not; null when it can.</param>
internal sealed record NamedStructure(string Name, MatchableStructure? Structure, string? Refusal)
{
    /// <summary>The structures of a file in order.</summary>
    /// <exception cref="UserException">The file cannot be opened, or its name tells no format.</exception>
    public static IEnumerable<NamedStructure> Read(string path)
    {
        StructureFormat format = StructureFile.FormatOfFile(path)
            ?? throw UserException.Configuration($"the name {path} tells no format of structures");
        using Stream input = StructureStreams.Open(path);
        int number = 0;
        foreach (FrameReading reading in StructureFile.Read(input, format, FrameReaderOptions.Default))
        {
            number++;
            yield return Of(number == 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}#{number}"), reading);
        }
    }

    private static NamedStructure Of(string name, FrameReading reading)
    {
        if (reading.Frame is null)
            return new NamedStructure(name, null, reading.Findings.Last(finding => finding.Code.Severity == FindingSeverity.Error).Message);
        MatchableStructure? structure = reading.Frame.ToAtomicCell() is { } cell ? MatchableStructure.Of(cell) : null;
        return new NamedStructure(name, structure, structure is null ? "the structure is not a crystal with a cell" : null);
    }
}
