using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary>A structure that something is done with.</summary>
/// <param name="Name">Its file, with its number where it is not the first.</param>
/// <param name="Frame">The structure.</param>
internal sealed record SimulationInput(string Name, AtomFrame Frame)
{
    /// <summary>The structures of files and folders; those that cannot be read are told.</summary>
    /// <exception cref="UserException">A file cannot be read, or no structure is left.</exception>
    public static List<SimulationInput> Read(IEnumerable<string> paths, FrameReaderOptions reader)
    {
        var inputs = new List<SimulationInput>();
        foreach (string path in paths.SelectMany(FrameData.Files))
        {
            foreach ((int number, FrameReading reading) in FrameData.Readings(path, reader))
            {
                string name = number == 0 ? path : FormattableString.Invariant($"{path}#{number}");
                if (reading.Frame is { } frame)
                    inputs.Add(new SimulationInput(name, frame));
                else
                    Refuse(name, reading.Findings.Last(finding => finding.Code.Severity == FindingSeverity.Error).Message);
            }
        }

        return inputs.Count > 0 ? inputs : throw UserException.Unusable("there is no structure to work on");
    }

    /// <summary>The only structure of a file.</summary>
    /// <exception cref="UserException">The file cannot be read, or holds none or several.</exception>
    public static SimulationInput ReadOne(string path, FrameReaderOptions reader) => Read([path], reader) is [var only]
        ? only : throw UserException.Unusable($"{path} holds several structures; name a file with one");

    /// <summary>Says why a structure is left out.</summary>
    public static void Refuse(string name, string? problem) => Terminal.Error.WriteLine($"{name}: refused: {problem}");
}
