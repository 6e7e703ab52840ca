using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Potentials.Data;

/// <summary>All structures of some files, those that are not used, and what is odd about the others.</summary>
/// <param name="Frames">Structures with energies, in the order of the files.</param>
/// <param name="Refused">Structures that are not used.</param>
/// <param name="Notes">What is odd.</param>
/// <param name="Digest">SHA-256 of the files.</param>
internal sealed record FrameData(IReadOnlyList<LabelledFrame> Frames, IReadOnlyList<FrameFinding> Refused,
    IReadOnlyList<FrameFinding> Notes, string Digest)
{
    /// <summary>Reads files, and the structure files of folders.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Names and units.</param>
    /// <exception cref="UserException">A file cannot be read, its name tells no format, or all energies are those of one atom.</exception>
    public static FrameData Read(IEnumerable<string> paths, FrameReaderOptions options)
    {
        (var frames, var refused, var digest) = (new List<LabelledFrame>(), new List<FrameFinding>(), new StringBuilder());
        foreach (string path in paths.SelectMany(Files))
        {
            frames.AddRange(ReadFile(path, options, refused));
            digest.Append(WholeFile.Digest(path));
        }

        (List<LabelledFrame> used, List<FrameFinding> notes) = LabelChecks.Check(frames, refused);
        return new FrameData(used, refused, notes, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(digest.ToString()))));
    }

    /// <summary>The frames of a file as they are, with or without energies.</summary>
    /// <exception cref="UserException">The file cannot be read, or its name tells no format.</exception>
    public static IEnumerable<(int Number, FrameReading Reading)> Readings(string path, FrameReaderOptions options)
    {
        StructureFormat format = StructureFile.FormatOfFile(path)
            ?? throw UserException.Configuration(
                $"the name {path} tells no format of structures; known: {string.Join(", ", StructureFile.FormatNames)}");
        using Stream input = StructureStreams.Open(path);
        int number = 0;
        foreach (FrameReading reading in StructureFile.Read(input, format, options))
            yield return (number++, reading);
    }

    /// <summary>A file, or the structure files of a folder by name.</summary>
    public static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        string[] files = [.. Directory.EnumerateFiles(path).Where(file => StructureFile.FormatOfFile(file) is not null)
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw UserException.Unusable($"{path} holds no structure files");
    }

    private static List<LabelledFrame> ReadFile(string path, FrameReaderOptions options, List<FrameFinding> refused)
    {
        var frames = new List<LabelledFrame>();
        foreach ((int number, FrameReading reading) in Readings(path, options))
        {
            if (reading.Frame is null)
                refused.AddRange(reading.Findings.Where(finding => finding.Code.Severity == FindingSeverity.Error).Take(1)
                    .Select(finding => new FrameFinding(path, number, finding)));
            else if (reading.Frame.EnergyElectronVolt is null)
                refused.Add(new FrameFinding(path, number,
                    new Finding(PotentialFindings.NoEnergy, reading.Line, 0, $"the structure has no {options.EnergyKey ?? "energy"}")));
            else
                frames.Add(new LabelledFrame(path, number, reading.Line, reading.Frame));
        }

        return FrameKeys.Assign(path, frames);
    }
}
