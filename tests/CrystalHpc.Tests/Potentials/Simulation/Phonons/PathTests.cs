using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Phonons;
using CrystalHpc.Potentials.Simulation.Phonons.Paths;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Potentials.Simulation.Phonons;

/// <summary>Band paths are those of pymatgen, which has the same tables, whatever cell a crystal is given in.</summary>
public sealed class PathTests
{
    private const string Script = """
        import sys, warnings
        warnings.simplefilter("ignore")
        import numpy as np
        from pymatgen.core import Lattice, Structure
        from pymatgen.symmetry.kpath import KPathSetyawanCurtarolo
        for case in sys.argv[1].split(";"):
            numbers = [float(x) for x in case.split()]
            positions = np.array(numbers[6:]).reshape(-1, 3)
            k = KPathSetyawanCurtarolo(Structure(Lattice.from_parameters(*numbers[:6]), ["Cu"] * len(positions), positions))
            length = lambda c: np.linalg.norm(k.prim_rec.get_cartesian_coords(c)) / 2 / np.pi
            label = lambda n: n.replace("\\Gamma", "Γ").replace("\\Sigma", "Σ").replace("_", "")
            print(k.name, *sum([[label(n), length(c)] for n, c in k.kpath["kpoints"].items()], []))
        """;

    private static readonly (string Name, double[] Cell, string Centering)[] Cases =
    [
        ("CUB", [3, 3, 3, 90, 90, 90], "P"), ("FCC", [4, 4, 4, 90, 90, 90], "F"), ("BCC", [3.5, 3.5, 3.5, 90, 90, 90], "I"),
        ("TET", [3, 3, 4, 90, 90, 90], "P"), ("BCT1", [4.5, 4.5, 3.6, 90, 90, 90], "I"), ("BCT2", [3, 3, 5, 90, 90, 90], "I"),
        ("ORC", [4, 3, 3.5, 90, 90, 90], "P"), ("ORCF1", [7, 3.5, 5, 90, 90, 90], "F"), ("ORCF2", [5.5, 5, 6, 90, 90, 90], "F"),
        ("ORCI", [5, 4, 6, 90, 90, 90], "I"), ("ORCC", [4, 6, 3.7, 90, 90, 90], "C"), ("HEX", [3, 3, 4.4, 90, 90, 120], "P"),
        ("RHL1", [3.5, 3.5, 9.5, 90, 90, 120], "R"), ("RHL2", [4.6, 4.6, 4.1, 90, 90, 120], "R"), ("MCL", [3.4, 4.3, 5, 90, 103, 90], "P"),
        ("MCLC1", [7, 4.2, 5, 90, 98, 90], "C"), ("MCLC3", [4, 7, 5, 90, 105, 90], "C"), ("MCLC5", [7, 7.5, 5, 90, 105, 90], "C"),
    ];

    [Test]
    public void Points_are_as_long_as_those_of_pymatgen()
    {
        string cases = string.Join(';', Cases.Select(item => string.Join(
            ' ', item.Cell.Concat(Centers(item.Centering).SelectMany(f => (double[])[f.X, f.Y, f.Z]))
                .Select(x => x.ToString("R", CultureInfo.InvariantCulture)))));
        ChildResult result = Python.Run("pymatgen", Script, cases);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach ((int i, (string name, double[] cell, string centering)) in Cases.Index())
        {
            PathLattice found = Find(Frame(cell, centering));
            string[] words = lines[i].Split(' ');
            Assert.That(found.Path.Name, Is.EqualTo(name));
            Assert.That(words[0], Is.EqualTo(name));
            var lengths = words.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
            foreach (string point in found.Path.Lines.SelectMany(line => (string[])[line.From, line.To]).Distinct())
            {
                double length = found.Primitive.Reciprocal.ToCartesian(found.Path.PointOf(point)).Length;
                Assert.That(length, Is.EqualTo(lengths[point]).Within(1e-5), $"{name} {point}");
            }
        }
    }

    [Test]
    public void Primitive_vectors_span_the_lattice([Range(0, 17)] int number)
    {
        AtomFrame frame = PrimitiveCell.Of(Frame(Cases[number].Cell, Cases[number].Centering))!;
        PathLattice found = Find(frame);
        Assert.That(Math.Abs(found.Primitive.Volume), Is.EqualTo(Math.Abs(frame.Cell!.Value.Volume)).Within(1e-8));
        foreach (Cartesian axis in (Cartesian[])[found.Primitive.A, found.Primitive.B, found.Primitive.C])
        {
            Fractional f = frame.Cell.Value.Reciprocal.Project(axis);
            Assert.That(frame.Cell.Value.ToCartesian(f.Nearest()).Length, Is.Zero.Within(1e-8));
        }
    }

    // The path of a triclinic lattice takes a reciprocal cell whose angles are all acute or all obtuse, gamma nearest to 90 degrees.
    [TestCase(3.0, 4.0, 5.0, 80, 75, 70)]
    [TestCase(3.0, 4.0, 5.0, 100, 95, 110)]
    public void A_triclinic_lattice_has_a_reduced_reciprocal_cell(double a, double b, double c, double alpha, double beta, double gamma)
    {
        PathLattice found = Find(Frame([a, b, c, alpha, beta, gamma], "P"));
        double[] angles = found.Primitive.Reciprocal.LengthsAndAngles()[3..];
        Assert.That(found.Path.Name, Is.EqualTo(angles.All(angle => angle < 90) ? "TRI1b" : "TRI1a"));
        Assert.That(angles.All(angle => angle < 90) || angles.All(angle => angle >= 90));
        Assert.That(Math.Abs(angles[2] - 90), Is.EqualTo(angles.Min(angle => Math.Abs(angle - 90))));
    }

    private static PathLattice Find(AtomFrame frame) => PathLattice.Of(FrameSymmetry.Find(frame, 0.01)!.Symmetry, frame.Cell!.Value);

    private static AtomFrame Frame(double[] cell, string centering)
    {
        Basis basis = Basis.Of(new UnitCell(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]));
        Fractional[] places = Centers(centering);
        return new AtomFrame
        {
            Species = [.. places.Select(_ => Element.Of("Cu"))], Cell = basis, Periodicity = Periodicity.Crystal,
            PositionsAngstrom = [.. places.SelectMany(f => basis.ToCartesian(f) is var p ? (double[])[p.X, p.Y, p.Z] : [])],
        };
    }

    private static Fractional[] Centers(string centering) => centering switch
    {
        "F" => [default, new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)],
        "I" => [default, new(0.5, 0.5, 0.5)],
        "C" => [default, new(0.5, 0.5, 0)],
        "R" => [default, new(2.0 / 3, 1.0 / 3, 1.0 / 3), new(1.0 / 3, 2.0 / 3, 2.0 / 3)],
        _ => [default],
    };
}
