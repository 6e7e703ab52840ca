using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Programs;

/// <summary>
/// Any program as an <see cref="IEnergyModel"/>: it reads a structure from one file and writes it with energy, forces and, for crystals,
/// stress into another, both extended XYZ.
/// A program that crashes, hangs, or writes rubbish has no answer for that structure, and the reason is told.
/// </summary>
/// <param name="command">The command line; <c>{in}</c> and <c>{out}</c> stand for the files, <c>sh -c</c> runs it.</param>
/// <param name="limit">How long it may take.</param>
internal sealed class ProgramModel(string command, TimeSpan limit) : IEnergyModel
{
    private const int LongestComplaint = 200;

    /// <inheritdoc/>
    public string Name => command;

    /// <inheritdoc/>
    public bool Knows(Element element) => true;

    /// <inheritdoc/>
    public AtomicEnergy? Compute(AtomFrame frame, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(frame);
        string folder = Directory.CreateTempSubdirectory("crystalhpc-").FullName;
        try
        {
            string input = Path.Combine(folder, "in.extxyz"), output = Path.Combine(folder, "out.extxyz");
            using (var text = new StreamWriter(input, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
            {
                AtomFrame bare = frame with { EnergyElectronVolt = null, ForcesElectronVoltPerAngstrom = null,
                    StressElectronVoltPerCubicAngstrom = null };
                StructureFile.CreateWriter(text, StructureFormat.ExtendedXyz, null).Write(bare, new List<Finding>());
            }

            problem = Run(folder, command.Replace("{in}", input, StringComparison.Ordinal)
                .Replace("{out}", output, StringComparison.Ordinal));
            return problem is null ? Read(output, frame, out problem) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or Win32Exception)
        {
            problem = $"{command}: {fault.Message.ReplaceLineEndings(" ")}";
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string? Run(string folder, string line)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line])
        {
            WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, data) => said.AppendLine(data.Data);
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return FormattableString.Invariant($"{command} took longer than {limit.TotalSeconds:0.###} s and was ended");
        }

        process.WaitForExit();
        string complaint = said.ToString().Trim().ReplaceLineEndings(" ");
        return process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{command} ended with exit code "
            + $"{process.ExitCode}{(complaint.Length > 0 ? ": " + complaint[..Math.Min(complaint.Length, LongestComplaint)] : "")}");
    }

    private AtomicEnergy? Read(string path, AtomFrame asked, out string? problem)
    {
        problem = $"{command} wrote no structure";
        if (!File.Exists(path))
            return null;
        using FileStream stream = File.OpenRead(path);
        FrameReading reading = StructureFile.Read(stream, StructureFormat.ExtendedXyz, FrameReaderOptions.Default).First();
        if (reading.Frame is not { } frame)
        {
            problem = $"{command} wrote what is no structure: {reading.Findings[^1].Message}";
            return null;
        }

        bool needsStress = asked.Periodicity == Periodicity.Crystal;
        problem = !frame.Species.AsSpan().SequenceEqual(asked.Species) ? "other atoms came back"
            : frame.EnergyElectronVolt is not { } energy || !double.IsFinite(energy) ? "no energy came back"
            : frame.ForcesElectronVoltPerAngstrom is not { } forces || !forces.All(double.IsFinite) ? "no forces came back"
            : needsStress && frame.StressElectronVoltPerCubicAngstrom is null ? "no stress came back"
            : null;
        if (problem is not null)
        {
            problem = $"{command}: {problem}";
            return null;
        }

        double volume = asked.Cell is { } cell ? Math.Abs(cell.Volume) : 0;
        return new AtomicEnergy(
            frame.EnergyElectronVolt!.Value, frame.ForcesElectronVoltPerAngstrom!,
            [.. (frame.StressElectronVoltPerCubicAngstrom ?? new double[6]).Select(stress => volume * stress)]);
    }
}
