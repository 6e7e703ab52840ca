using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Simulation;

/// <summary>Frames as the matcher takes them.</summary>
internal static class FrameMatching
{
    /// <summary>A crystal ready to be compared; null where it is none.</summary>
    public static MatchableStructure? ToMatchable(this AtomFrame frame) => frame.ToAtomicCell() is { } cell ? MatchableStructure.Of(cell) : null;
}
