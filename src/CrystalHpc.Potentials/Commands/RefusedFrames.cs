using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;

namespace CrystalHpc.Potentials.Commands;

/// <summary>Structures that a verb cannot use: told with file, line and reason, and left out.</summary>
internal static class RefusedFrames
{
    private const int Shown = 5;

    /// <summary>Why a structure is not there.</summary>
    public static FrameFinding Of(string path, int number, FrameReading reading) =>
        new(path, number, reading.Findings.Last(finding => finding.Code.Severity == FindingSeverity.Error));

    /// <summary>Tells the first of them.</summary>
    public static void Tell(IReadOnlyList<FrameFinding> refused)
    {
        foreach (FrameFinding entry in refused.Take(Shown))
            Terminal.Error.WriteLine(FormattableString.Invariant(
                $"{entry.File}, structure {entry.Number}, line {entry.Finding.Line}: {entry.Finding.Message} ({entry.Finding.Code})"));
    }
}
