using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Relaxation;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>Relaxations end where published minima are, keep what they have to, and say when they fail.</summary>
public sealed class RelaxationTests
{
    private static readonly IEnergyModel Gupta = new EmbeddedAtomModel(new Gupta());

    // The icosahedron of 13 atoms: D. J. Wales and J. P. K. Doye, J. Phys. Chem. A 101 (1997) 5111.
    [TestCase(false)]
    [TestCase(true)]
    public void An_icosahedron_of_Lennard_Jones_relaxes_to_the_published_energy(bool withFire)
    {
        double golden = (1 + Math.Sqrt(5)) / 2;
        List<double> positions = [0, 0, 0];
        foreach (int s in (int[])[-1, 1])
        {
            foreach (double t in (double[])[-golden, golden])
                positions.AddRange([0, s, t, s, t, 0, t, 0, s]);
        }

        var frame = new AtomFrame
        {
            Species = [.. Enumerable.Repeat(Element.Of("Ar"), 13)], PositionsAngstrom = [.. positions.Select(x => 0.55 * x)],
        };
        RelaxedStructure found = Relax(
            new EmbeddedAtomModel(new LennardJones()), MadeFrames.Rattle(frame, 0.05, 1),
            new() { WithFire = withFire, LargestForceElectronVoltPerAngstrom = 1e-5 });
        Assert.That(found.Energy.EnergyElectronVolt, Is.EqualTo(-44.326801).Within(1e-6));
    }

    [Test]
    public void A_strained_cell_comes_back_to_the_edge_of_the_lattice()
    {
        AtomFrame start = MadeFrames.Rattle(MadeFrames.Strain(MadeFrames.FaceCentered(3.6, "Cu"), [0.04, -0.03, 0.02, 0.05, 0.03, -0.06]),
            0.05, 2);
        RelaxedStructure found = Relax(Gupta, start, new());
        double volume = found.Frame.Cell!.Value.Volume;

        // The known minimum is that with neighbors up to 9 A; those of the next angstrom add 8e-5 eV.
        Assert.That(Math.Cbrt(volume), Is.EqualTo(3.6111).Within(1e-3));
        Assert.That(found.Energy.EnergyElectronVolt / 4, Is.EqualTo(-3.551026).Within(1e-4));
        Assert.That(found.Frame.StressElectronVoltPerCubicAngstrom, Is.All.EqualTo(0).Within(1e-4));
    }

    [Test]
    public void Under_pressure_the_stress_is_minus_the_pressure()
    {
        const double Pressure = 0.1;
        RelaxedStructure found = Relax(Gupta, MadeFrames.FaceCentered(3.9, "Cu", "Ag"),
            new() { PressureElectronVoltPerCubicAngstrom = Pressure });
        Assert.That(found.Frame.StressElectronVoltPerCubicAngstrom![..3], Is.All.EqualTo(-Pressure).Within(1e-4));
    }

    [Test]
    public void Symmetry_is_kept_on_request()
    {
        AtomFrame start = MadeFrames.FaceCentered(3.8, "Cu", "Ag");
        int group = FrameSymmetry.Find(start, 0.01)!.Symmetry.Number;
        RelaxedStructure found = Relax(Gupta, start, new() { SymmetryToleranceAngstrom = 0.01 });
        Assert.That(FrameSymmetry.Find(found.Frame, 1e-4)!.Symmetry.Number, Is.EqualTo(group).And.EqualTo(123));
    }

    [Test]
    public void The_gradient_of_the_enthalpy_is_its_slope()
    {
        AtomFrame frame = MadeFrames.Rattle(MadeFrames.FaceCentered(3.8, "Cu", "Ag"), 0.1, 3);
        var objective = new EnthalpyObjective(Gupta, frame, new() { PressureElectronVoltPerCubicAngstrom = 0.05 });
        double[] x = objective.Start(), gradient = new double[x.Length], ignored = new double[x.Length];
        for (int i = 12; i < 18; i++)
            x[i] = 0.1 * (i - 14);
        objective.Evaluate(x, gradient);
        const double step = 1e-4;
        for (int i = 0; i < x.Length; i++)
        {
            double At(double by)
            {
                double[] moved = [.. x];
                moved[i] += by;
                return objective.Evaluate(moved, ignored);
            }

            Assert.That(gradient[i], Is.EqualTo((8 * (At(step) - At(-step)) - At(2 * step) + At(-2 * step)) / (12 * step)).Within(1e-7),
                $"parameter {i}");
        }
    }

    [Test]
    public void Operations_carry_atoms_onto_atoms_and_form_the_group_of_a_supercell()
    {
        FrameSymmetry found = FrameSymmetry.Find(MadeFrames.Repeat(MadeFrames.FaceCentered(3.6, "Cu"), 2), 0.01)!;
        Assert.That(found.Symmetry.Number, Is.EqualTo(225));
        Assert.That(found.Operations, Has.Count.EqualTo(48 * 32));
        Assert.That(found.Operations.All(operation => operation.Images.Distinct().Count() == 32));
    }

    [Test]
    public void A_structure_that_cannot_be_computed_is_refused()
    {
        RelaxedStructure? found = StructureRelaxation.Relax(Gupta, MadeFrames.FaceCentered(4, "O"), new(), out string? problem);
        Assert.That(found, Is.Null);
        Assert.That(problem, Does.Contain("which gupta does not know"));
    }

    [Test]
    public void Too_few_steps_are_told()
    {
        RelaxedStructure? found = StructureRelaxation.Relax(Gupta, MadeFrames.Rattle(MadeFrames.FaceCentered(3.9, "Cu"), 0.1, 4), new() {
            MostSteps = 2 }, out _);
        Assert.That(found!.IsDone, Is.False);
        Assert.That(found.Steps, Is.EqualTo(2));
    }

    private static RelaxedStructure Relax(IEnergyModel model, AtomFrame start, RelaxationOptions options)
    {
        RelaxedStructure? found = StructureRelaxation.Relax(model, start, options, out string? problem);
        Assert.That(problem, Is.Null);
        Assert.That(found!.IsDone);
        return found;
    }
}
