using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation.Phonons;
using CrystalHpc.Tests.Parallel;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation.Phonons;

/// <summary>phonopy, where it is installed, finds the same phonons in the files that are written for it.</summary>
public sealed class PhonopyTests
{
    // phonopy's constants of nature are older, a share of 1e-7: 1e-6 THz. Thermal quantities are given with seven digits.
    private const double FrequencyTerahertz = 1e-5, ShareOfThermal = 1e-5;

    private const string Script = """
        import sys
        import numpy as np
        from phonopy import Phonopy
        from phonopy.interface.vasp import read_vasp
        from phonopy.file_IO import parse_FORCE_SETS
        folder, counts = sys.argv[1], [int(x) for x in sys.argv[2].split()]
        p = Phonopy(read_vasp(folder + "/POSCAR-unitcell"), np.diag(counts), primitive_matrix=np.eye(3))
        p.dataset = parse_FORCE_SETS(filename=folder + "/FORCE_SETS")
        p.produce_force_constants()
        p.symmetrize_force_constants()
        for q in sys.argv[3].split(";"):
            print(*p.get_frequencies([float(x) for x in q.split()]))
        p.run_mesh([4, 4, 4], shift=[0.5, 0.5, 0.5], is_gamma_center=True, is_mesh_symmetry=False)
        p.run_thermal_properties(temperatures=[300])
        t = p.get_thermal_properties_dict()
        print(t["free_energy"][0], t["entropy"][0], t["heat_capacity"][0])
        """;

    private static readonly Fractional[] Vectors =
        [default, new(0.5, 0, 0), new(0.5, 0.5, 0.5), new(0.1, 0.23, -0.37), new(0.375, 0.375, 0.75), new(1.2, 0.4, -0.8)];

    [Test]
    public void Copper() => Compare(MadeFrames.FaceCentered(3.6, "Cu"), new PhononOptions { LengthAngstrom = 7 });

    [Test]
    public void An_ordered_alloy() => Compare(MadeFrames.FaceCentered(3.9, "Cu", "Ag"), new PhononOptions { LengthAngstrom = 7 });

    [Test]
    public void Two_elements_in_a_cell_without_symmetry() => Compare(
        MadeFrames.Strain(MadeFrames.Rattle(MadeFrames.FaceCentered(3.85, "Cu", "Ag"), 0.05, 7), [0.02, -0.01, 0.03, 0.06, -0.05, 0.04]),
        new PhononOptions { Relaxes = false, Counts = [3, 2, 1] });

    private static void Compare(AtomFrame frame, PhononOptions options)
    {
        using var folder = new TemporaryFolder();
        PhononStudy study = PhononStudy.Of(new EmbeddedAtomModel(new Gupta()), frame, options, out _)!;
        PhononFiles.Write(folder.Path, study);
        string vectors = string.Join(';', Vectors.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.X} {q.Y} {q.Z}")));
        ChildResult result = Python.Run("phonopy", Script, folder.Path, string.Join(' ', study.Sets.Supercell.Counts), vectors);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        double[][] rows = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];

        // Square roots of rounding at the three zeros.
        Assert.That(study.Matrix.Frequencies(default)[3..], Is.EqualTo(rows[0][3..]).Within(FrequencyTerahertz));
        Assert.That(rows[0][..3], Is.All.EqualTo(0).Within(1e-3));
        for (int i = 1; i < Vectors.Length; i++)
            Assert.That(study.Matrix.Frequencies(Vectors[i]), Is.EqualTo(rows[i]).Within(FrequencyTerahertz), $"q {Vectors[i]}");

        // kJ/mol and J/(K mol), a cell.
        const double JoulePerMole = 96485.33212;
        Thermodynamics found = Thermodynamics.At(new PhononMesh(study.Matrix, [4, 4, 4]), 1, 0, 300);
        double[] expected = [rows[^1][0] * 1e3 / JoulePerMole, rows[^1][1] / JoulePerMole, rows[^1][2] / JoulePerMole];
        Assert.That(found.FreeEnergy, Is.EqualTo(expected[0]).Within(ShareOfThermal * Math.Abs(expected[0])));
        Assert.That(found.Entropy, Is.EqualTo(expected[1]).Within(ShareOfThermal * expected[1]));
        Assert.That(found.HeatCapacity, Is.EqualTo(expected[2]).Within(ShareOfThermal * expected[2]));
    }
}
