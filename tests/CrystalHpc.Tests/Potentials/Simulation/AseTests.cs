using System.Net.Sockets;
using System.Text.Json;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation.Relaxation;
using CrystalHpc.Potentials.Simulation.Sockets;
using CrystalHpc.Tests.Parallel;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>ASE drives our energies over a socket, and finds what we find; ignored where ASE is not installed.</summary>
public sealed class AseTests
{
    // ASE 3.22.1 has hartree and bohr of 2014: 8e-9 of each value.
    private const double Units = 2e-8;

    [Test]
    public void A_sheared_cell_its_relaxation_its_volumes_and_its_motion_are_those_of_our_own()
    {
        using var folder = new TemporaryFolder();
        AtomFrame frame = MadeFrames.Rattle(MadeFrames.Strain(MadeFrames.FaceCentered(3.75, "Cu", "Ag"),
            [0.01, -0.02, 0.015, 0.05, 0.03, -0.04]), 0.05, 8);
        string file = Path.Combine(folder.Path, "start.extxyz"), socket = Path.GetFileName(folder.Path);
        using (var text = new StreamWriter(file) { NewLine = "\n" })
            StructureFile.CreateWriter(text, StructureFormat.ExtendedXyz, null).Write(frame, []);
        Answer ase = Ask(file, socket, frame);

        var model = new EmbeddedAtomModel(new Gupta());
        AtomicEnergy own = model.Compute(frame, out _)!;
        Assert.That(ase.Energy, Is.EqualTo(own.EnergyElectronVolt).Within(Units * Math.Abs(own.EnergyElectronVolt)));
        Assert.That(ase.Forces.SelectMany(row => row), Is.EqualTo(own.ForcesElectronVoltPerAngstrom).Within(1e-7));
        Assert.That(ase.Stress, Is.EqualTo(own.StressOf(frame)).Within(1e-8));

        RelaxedStructure relaxed = StructureRelaxation.Relax(model, frame, new() { LargestForceElectronVoltPerAngstrom = 1e-4 }, out _)!;
        Assert.That(ase.Relaxed, Is.EqualTo(relaxed.Energy.EnergyElectronVolt).Within(1e-5));
        for (int i = 0; i < ase.Scales.Length; i++)
        {
            double scaled = model.Compute(SharedFrames.Transformed(frame, v => ase.Scales[i] * v), out _)!.EnergyElectronVolt;
            Assert.That(ase.Energies[i], Is.EqualTo(scaled).Within(1e-6));
        }

        Assert.That(ase.Drift, Is.Zero.Within(1e-3), "eV an atom in 100 steps of 1 fs");
    }

    private static Answer Ask(string file, string socket, AtomFrame frame)
    {
        var python = Task.Run(() => Python.Run("ase", Script, file, socket));
        while (!python.IsCompleted && !TryServe(socket, frame))
            Thread.Sleep(20);
        ChildResult result = python.GetAwaiter().GetResult();
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        return JsonSerializer.Deserialize<Answer>(result.LastLine, JsonSerializerOptions.Web)!;
    }

    // False where ASE does not listen yet.
    private static bool TryServe(string socket, AtomFrame frame)
    {
        try
        {
            using Socket connection = SocketAddress.OfUnix(socket, out _)!.Connect(TimeSpan.Zero);
            using var stream = new NetworkStream(connection);
            new IpiClient(new EmbeddedAtomModel(new Gupta()), frame, stream, _ => { }).Run();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed record Answer(double Energy, double[][] Forces, double[] Stress, double Relaxed, double[] Scales, double[] Energies,
        double Drift);

    private const string Script = """
        import sys, json
        import numpy as np
        from ase import units
        from ase.io import read
        from ase.calculators.socketio import SocketIOCalculator
        from ase.constraints import UnitCellFilter
        from ase.md.verlet import VelocityVerlet
        from ase.optimize import BFGS
        start = read(sys.argv[1])
        with SocketIOCalculator(unixsocket=sys.argv[2]) as calculator:
            atoms = start.copy()
            atoms.calc = calculator
            answer = dict(energy=atoms.get_potential_energy(), forces=atoms.get_forces().tolist(), stress=atoms.get_stress().tolist())
            BFGS(UnitCellFilter(atoms), logfile=None).run(fmax=1e-3, steps=200)
            answer['relaxed'] = atoms.get_potential_energy()
            answer['scales'], answer['energies'] = [0.98, 1.0, 1.03], []
            for scale in answer['scales']:
                scaled = start.copy()
                scaled.set_cell(scale * start.cell, scale_atoms=True)
                scaled.calc = calculator
                answer['energies'].append(scaled.get_potential_energy())
            atoms.set_velocities(0.02 * np.random.RandomState(1).normal(size=(len(atoms), 3)))
            before = atoms.get_total_energy()
            VelocityVerlet(atoms, 1 * units.fs).run(100)
            answer['drift'] = (atoms.get_total_energy() - before) / len(atoms)
        print(json.dumps(answer))
        """;
}
