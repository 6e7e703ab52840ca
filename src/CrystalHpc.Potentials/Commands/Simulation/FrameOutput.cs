using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary>Structures that are written as extended XYZ, with energy, forces and stress; files of ours are known by a word in their first lines.</summary>
internal static class FrameOutput
{
    private const string Word = "written_by", Program = "crystalhpc";

    /// <summary>Writes a file.</summary>
    public static void Write(string path, IEnumerable<AtomFrame> frames) => NamedOutput.Write(path, $"{Word}={Program}", stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        IFrameWriter writer = StructureFile.CreateWriter(text, StructureFormat.ExtendedXyz, null);
        var findings = new List<Finding>();
        foreach (AtomFrame frame in frames)
            writer.Write(frame with { Properties = [.. frame.Properties.Where(property => property.Name != Word), new FrameProperty(Word, Program)] }, findings);
    });
}
