using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Potentials.Commands;

/// <summary>
/// Structures that a verb writes as extended XYZ, with energy, forces and stress. Files of ours are known by a fact in the second line.
/// </summary>
internal static class FrameOutput
{
    /// <summary>What files of no special mark are known by.</summary>
    private static readonly FrameProperty WrittenByUs = new("written_by", "crystalhpc");

    /// <summary>Writes a file that is known by who wrote it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frames">The structures.</param>
    public static void Write(string path, IEnumerable<AtomFrame> frames) =>
        Write(path, WrittenByUs.Name, frames.Select(frame => (frame, (IReadOnlyList<FrameProperty>)[WrittenByUs])));

    /// <summary>Writes a file that is known by a fact of each structure.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mark">Name of the fact.</param>
    /// <param name="frames">The structures, and facts about them that stand first and take the place of those of the same name; the mark is
    /// among them.</param>
    public static void Write(string path, string mark, IEnumerable<(AtomFrame Frame, IReadOnlyList<FrameProperty> Facts)> frames) =>
        NamedOutput.Write(path, $"{mark}=", stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) {
                NewLine = "\n" };
            IFrameWriter writer = StructureFile.CreateWriter(text, StructureFormat.ExtendedXyz, null);
            var findings = new List<Finding>();
            foreach ((AtomFrame frame, IReadOnlyList<FrameProperty> facts) in frames)
            {
                HashSet<string> names = [.. facts.Select(fact => fact.Name)];
                writer.Write(frame with { Properties = [.. facts, .. frame.Properties.Where(fact => !names.Contains(fact.Name))] },
                    findings);
            }
        });
}
