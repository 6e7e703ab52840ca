using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Simulation;

/// <summary>Frames as searches and the matcher take them.</summary>
internal static class FrameMatching
{
    /// <summary>Atoms and cell alone: no labels, no facts, no columns of atoms.</summary>
    public static AtomFrame Bare(this AtomFrame frame) => new()
    {
        Species = frame.Species, PositionsAngstrom = frame.PositionsAngstrom, Cell = frame.Cell, Periodicity = frame.Periodicity,
    };

    /// <summary>A crystal ready to be compared; null where it is none.</summary>
    public static MatchableStructure? ToMatchable(this AtomFrame frame) => frame.ToAtomicCell() is { } cell ? MatchableStructure.Of(cell)
        : null;
}
