using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Writes frames in one format.</summary>
public interface IFrameWriter
{
    /// <summary>Writes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="findings">Receives what the format has no place for, or why it cannot hold the frame.</param>
    /// <returns>False when nothing was written.</returns>
    bool Write(AtomFrame frame, ICollection<Finding> findings);
}
