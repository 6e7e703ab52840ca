using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>What became of one frame of a file.</summary>
/// <param name="Frame">The frame; null when it is refused.</param>
/// <param name="Line">Line where the frame begins, from 1.</param>
/// <param name="Findings">What was noticed; when the frame is refused, at least one error.</param>
public sealed record FrameReading(AtomFrame? Frame, int Line, IReadOnlyList<Finding> Findings);
