using System.Diagnostics;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Starts;
using CrystalHpc.Potentials.Simulation.Sockets;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>LAMMPS joins as a client by its <c>fix ipi</c>; ignored where it is not installed.</summary>
public sealed class LammpsTests
{
    private const string Lammps = "/usr/bin/lmp";

    [Test]
    public void LAMMPS_gives_the_energies_that_are_ours()
    {
        if (!File.Exists(Lammps))
            Assert.Ignore("LAMMPS is not installed (Debian: lammps)");
        using var folder = new TemporaryFolder();
        string name = Path.GetFileName(folder.Path);
        AtomFrame[] frames = [.. Enumerable.Range(0, 3).Select(number => RandomStart.Particle(
            [.. Enumerable.Repeat(Element.Of("Ar"), 7)], new BondLengths([Element.Of("Ar")], 1.12), new SearchRandom(4, number)))];
        WriteInput(folder.Path, name, frames[0]);
        using var server = new IpiServerModel(SocketAddress.OfUnix(name, out _)!, TimeSpan.FromSeconds(60));
        using Process lammps = Process.Start(new ProcessStartInfo(Lammps, ["-in", "in.lammps", "-log", "none"])
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        lammps.BeginOutputReadLine();
        lammps.BeginErrorReadLine();
        try
        {
            var own = AnalyticModels.Find("lennard_jones")!;
            foreach (AtomFrame frame in frames)
            {
                AtomicEnergy asked = server.Compute(frame, out string? problem) ?? throw new AssertionException(problem!),
                    known = own.Compute(frame, out _)!;
                Assert.That(asked.EnergyElectronVolt, Is.EqualTo(known.EnergyElectronVolt).Within(1e-5));
                Assert.That(asked.ForcesElectronVoltPerAngstrom, Is.EqualTo(known.ForcesElectronVoltPerAngstrom).Within(1e-4));
            }
        }
        finally
        {
            lammps.Kill();
            lammps.WaitForExit();
        }
    }

    private static void WriteInput(string folder, string name, AtomFrame frame)
    {
        File.WriteAllText(Path.Combine(folder, "in.lammps"), $"""
            units metal
            atom_style atomic
            atom_modify map array sort 0 0
            read_data start.data
            pair_style lj/cut 40
            pair_coeff * * 1 1
            neighbor 5 bin
            neigh_modify delay 0 every 1 check no
            fix 1 all ipi {name} 1 unix
            run 1000000

            """);
        IEnumerable<string> atoms = Enumerable.Range(0, frame.AtomCount)
            .Select(atom => frame.PositionOf(atom) is var p ? FormattableString.Invariant($"{atom + 1} 1 {p.X} {p.Y} {p.Z}") : "");
        File.WriteAllText(Path.Combine(folder, "start.data"), $"""
            atoms

            {frame.AtomCount} atoms
            1 atom types
            -500 500 xlo xhi
            -500 500 ylo yhi
            -500 500 zlo zhi

            Masses

            1 40

            Atoms

            {string.Join('\n', atoms)}

            """);
    }
}
