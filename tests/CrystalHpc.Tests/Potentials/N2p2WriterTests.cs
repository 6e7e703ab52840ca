using System.Globalization;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.N2p2;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Potentials;

/// <summary>A potential that is written as n2p2 has it gives the same energies, read back and by a calculation of its own.</summary>
public sealed class N2p2WriterTests
{
    [Test]
    public void What_is_written_is_read_back_as_the_same_potential()
    {
        using var folder = new TemporaryFolder();
        PotentialModel model = PredictionTests.Draw(repels: false);
        N2p2FolderWriter.Write(folder.Path, model, 0);
        PotentialModel again = PotentialFile.Read(folder.Path, null);
        PotentialPrediction expected = Predict(model), found = Predict(again);
        Assert.That(found.EnergyElectronVolt, Is.EqualTo(expected.EnergyElectronVolt).Within(1e-9));
        Assert.That(found.ForcesElectronVoltPerAngstrom, Is.EqualTo(expected.ForcesElectronVoltPerAngstrom).Within(1e-9));
    }

    [Test]
    public void Files_of_others_are_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "input.nn"), "elements O\n");
        Assert.Throws<CrystalHpc.Engine.Jobs.UserException>(() => N2p2FolderWriter.Write(folder.Path, PredictionTests.Draw(), 0));
        Assert.That(File.ReadAllText(Path.Combine(folder.Path, "input.nn")), Is.EqualTo("elements O\n"));
    }

    [Test]
    public void NumPy_finds_the_same_energy_in_the_files()
    {
        using var folder = new TemporaryFolder();
        PotentialModel model = PredictionTests.Draw(repels: false);
        AtomFrame frame = SharedFrames.SmallCell();
        N2p2FolderWriter.Write(folder.Path, model, 0);
        using (var text = new StreamWriter(Path.Combine(folder.Path, "frame.xyz")) { NewLine = "\n" })
            StructureFile.CreateWriter(text, StructureFormat.ExtendedXyz, null).Write(frame, []);
        ChildResult result = Python.Run("numpy", Script, folder.Path);
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        double energy = double.Parse(result.Output, CultureInfo.InvariantCulture);
        Assert.That(energy, Is.EqualTo(Predict(model).EnergyElectronVolt).Within(1e-8));
    }

    private static PotentialPrediction Predict(PotentialModel model)
    {
        PotentialPrediction? found = new PotentialEvaluator(model).Predict(SharedFrames.SmallCell(), true, out string? problem);
        Assert.That(problem, Is.Null);
        return found!;
    }

    // Formulas of J. Behler, J. Chem. Phys. 134 (2011) 074106, pair by pair, from what the files say alone.
    private const string Script = """
        import sys, re, itertools
        import numpy as np
        folder = sys.argv[1]
        bohr, hartree = 0.529177210903, 27.211386245988
        lines = open(folder + '/frame.xyz').read().split('\n')
        cell = np.array(re.search('Lattice="([^"]*)"', lines[1]).group(1).split(), float).reshape(3, 3) / bohr
        atoms = [line.split() for line in lines[2:] if line.strip()]
        species, places = [a[0] for a in atoms], np.array([a[1:4] for a in atoms], float) / bohr
        words = [line.split('#')[0].split() for line in open(folder + '/input.nn')]
        words = [w for w in words if w]
        one = {w[0]: w[1:] for w in words}
        elements, nodes = one['elements'], [int(n) for n in one['global_nodes_short']]
        references = {w[1]: float(w[2]) for w in words if w[0] == 'atom_energy'}
        functions = {e: [w[2:] for w in words if w[0] == 'symfunction_short' and w[1] == e] for e in elements}
        number = {'O': 8, 'Ti': 22}
        scaling = np.loadtxt(folder + '/scaling.data')
        cut = lambda r, rc: 0.5 * (1 + np.cos(np.pi * r / rc)) if r < rc else 0.0
        images = [np.array(n) @ cell for n in itertools.product(range(-3, 4), repeat=3)]

        def value(i, f):
            kind = int(f[0])
            rc = float(f[4]) if kind == 2 else float(f[6])
            near = []
            for j in range(len(species)):
                for image in images:
                    d = places[j] + image - places[i]
                    r = np.linalg.norm(d)
                    if 1e-9 < r < rc:
                        near.append((species[j], d, r))
            if kind == 2:
                eta, shift = float(f[2]), float(f[3])
                return sum(np.exp(-eta * (r - shift) ** 2) * cut(r, rc) for s, d, r in near if s == f[1])
            eta, lam, zeta, shift = float(f[3]), float(f[4]), float(f[5]), float(f[7])
            total = 0.0
            for (s, d, r), (t, e, q) in itertools.combinations(near, 2):
                if sorted((s, t)) != sorted((f[1], f[2])):
                    continue
                third = np.linalg.norm(d - e)
                cosine = d @ e / (r * q)
                exponent = (r - shift) ** 2 + (q - shift) ** 2
                term = (1 + lam * cosine) ** zeta * cut(r, rc) * cut(q, rc)
                if kind == 3:
                    if third >= rc:
                        continue
                    exponent += (third - shift) ** 2
                    term *= cut(third, rc)
                total += term * np.exp(-eta * exponent)
            return 2 ** (1 - zeta) * total

        energy = 0.0
        for i, s in enumerate(species):
            g = np.array([value(i, f) for f in functions[s]])
            rows = scaling[scaling[:, 0] == elements.index(s) + 1]
            x = float(one['scale_min_short'][0]) + (float(one['scale_max_short'][0]) - float(one['scale_min_short'][0])) * (g - rows[:, 4]) / (rows[:, 3] - rows[:, 2])
            widths = [len(g)] + nodes + [1]
            weights = [np.zeros((widths[l], widths[l + 1])) for l in range(len(widths) - 1)]
            biases = [np.zeros(widths[l + 1]) for l in range(len(widths) - 1)]
            for line in open(folder + '/weights.%03d.data' % number[s]):
                w = line.split('#')[0].split()
                if w and w[1] == 'a':
                    weights[int(w[3])][int(w[4]) - 1, int(w[6]) - 1] = float(w[0])
                elif w:
                    biases[int(w[3]) - 1][int(w[4]) - 1] = float(w[0])
            for l in range(len(weights)):
                x = x @ weights[l] + biases[l]
                if l < len(weights) - 1:
                    x = np.tanh(x)
            energy += x[0] + references[s]
        print(repr(float(energy * hartree)))
        """;
}
