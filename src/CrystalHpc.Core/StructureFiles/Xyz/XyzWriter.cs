using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Writes plain XYZ: symbols and positions in Å, and the comment of the frame.</summary>
/// <param name="output">Where to.</param>
public sealed class XyzWriter(TextWriter output) : IFrameWriter
{
    /// <inheritdoc/>
    public bool Write(AtomFrame frame, ICollection<Finding> findings)
    {
        if (LeftOut.HasPartialOccupancy(frame, findings))
            return false;
        LeftOut.Report(frame, FrameParts.Cell | FrameParts.Energy | FrameParts.Forces | FrameParts.Stress, findings, "comment");
        string comment = frame.Property("comment") ?? "";
        output.Write(frame.AtomCount);
        output.Write('\n');
        output.Write(FrameText.OneLine(comment));
        output.Write('\n');
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            output.Write(frame.Species[atom].Symbol);
            FrameText.WriteVector(output, FrameText.Row(frame.PositionsAngstrom, atom));
            output.Write('\n');
        }

        return true;
    }
}
