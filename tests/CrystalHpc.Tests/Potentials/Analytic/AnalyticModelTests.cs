using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;

namespace CrystalHpc.Tests.Potentials.Analytic;

/// <summary>The built-in potentials against published values, differences and what every potential has to keep.</summary>
public sealed class AnalyticModelTests
{
    // Minima with all neighbors within 9 A and no switch.
    [TestCase("Cu", 3.6111, -3.551026)]
    [TestCase("Ag", 4.0587, -2.993114)]
    [TestCase("Pd", 3.8870, -3.936467)]
    public void Gupta_has_its_known_minima(string element, double edge, double energyPerAtom)
    {
        var model = new EmbeddedAtomModel(new Gupta(), switchAngstrom: 1e-9);
        Assert.That(EnergyOf(model, MadeFrames.FaceCentered(edge, element)) / 4, Is.EqualTo(energyPerAtom).Within(1e-6));
        foreach (double step in (double[])[-2e-3, 2e-3])
            Assert.That(EnergyOf(model, MadeFrames.FaceCentered(edge + step, element)) / 4, Is.GreaterThan(energyPerAtom));
    }

    // c is what makes the published edge the minimum (Sutton and Chen 1990): the pressure vanishes there but for rounding of c to five
    // digits and the cutoff.
    [TestCase("Ni", 3.52)]
    [TestCase("Cu", 3.61)]
    [TestCase("Rh", 3.80)]
    [TestCase("Pd", 3.89)]
    [TestCase("Ag", 4.09)]
    [TestCase("Ir", 3.84)]
    [TestCase("Pt", 3.92)]
    [TestCase("Au", 4.08)]
    [TestCase("Al", 4.05)]
    [TestCase("Pb", 4.95)]
    public void Sutton_and_Chen_has_its_minimum_at_the_published_edge(string element, double edge)
    {
        var model = new EmbeddedAtomModel(new SuttonChen());
        double best = Enumerable.Range(-40, 81).Select(k => edge * (1 + 2.5e-4 * k))
            .MinBy(a => EnergyOf(model, MadeFrames.FaceCentered(a, element)));
        Assert.That(best, Is.EqualTo(edge).Within(0.004 * edge));
    }

    [Test]
    public void Two_atoms_of_Lennard_Jones_are_deepest_at_the_sixth_root_of_two()
    {
        var model = new EmbeddedAtomModel(new LennardJones());
        AtomicEnergy pair = Compute(model, Cluster("Ar", [0, 0, 0], [Math.Pow(2, 1.0 / 6), 0, 0]));
        Assert.That(pair.EnergyElectronVolt, Is.EqualTo(-1).Within(1e-14));
        Assert.That(pair.ForcesElectronVoltPerAngstrom, Is.All.EqualTo(0).Within(1e-13));
    }

    [TestCaseSource(nameof(Cases))]
    public void Forces_are_slopes_of_the_energy(IEnergyModel model, AtomFrame frame)
    {
        AtomicEnergy found = Compute(model, frame);
        for (int i = 0; i < Math.Min(12, found.ForcesElectronVoltPerAngstrom.Length); i++)
        {
            double Moved(double step)
            {
                double[] positions = [.. frame.PositionsAngstrom];
                positions[i] += step;
                return EnergyOf(model, frame with { PositionsAngstrom = positions });
            }

            Assert.That(found.ForcesElectronVoltPerAngstrom[i], Is.EqualTo(-Slope(Moved)).Within(1e-8), $"component {i}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Strain_derivatives_are_slopes_of_the_energy(IEnergyModel model, AtomFrame frame)
    {
        AtomicEnergy found = Compute(model, frame);
        for (int i = 0; i < 6; i++)
        {
            double Strained(double step)
            {
                double[] strain = new double[6];
                strain[i] = step;
                return EnergyOf(model, MadeFrames.Strain(frame, strain));
            }

            Assert.That(found.StrainDerivativeElectronVolt[i], Is.EqualTo(Slope(Strained, 3e-4)).Within(1e-7), $"strain {i}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Forces_cancel_and_there_is_no_torque(IEnergyModel model, AtomFrame frame)
    {
        double[] f = Compute(model, frame).ForcesElectronVoltPerAngstrom, p = frame.PositionsAngstrom;
        for (int axis = 0; axis < 3; axis++)
            Assert.That(Enumerable.Range(0, frame.AtomCount).Sum(atom => f[3 * atom + axis]), Is.Zero.Within(1e-11));
        if (!frame.Periodicity.Any)
            Assert.That(Enumerable.Range(0, frame.AtomCount).Sum(i => p[3 * i] * f[3 * i + 1] - p[3 * i + 1] * f[3 * i]),
                Is.Zero.Within(1e-10));
    }

    [Test]
    public void A_supercell_has_as_many_times_the_energy()
    {
        var model = new EmbeddedAtomModel(new Gupta());
        AtomFrame cell = MadeFrames.Rattle(MadeFrames.FaceCentered(3.8, "Cu", "Ag"), 0.1, 3);
        Assert.That(EnergyOf(model, MadeFrames.Repeat(cell, 2)), Is.EqualTo(8 * EnergyOf(model, cell)).Within(1e-10));
    }

    [Test]
    public void A_list_that_was_made_for_a_nearby_structure_gives_the_same_bits()
    {
        AtomFrame frame = MadeFrames.Repeat(MadeFrames.FaceCentered(3.9, "Pd", "Ag"), 2), near = MadeFrames.Rattle(frame, 0.05, 4);
        near = MadeFrames.Strain(near, [0.01, 0, 0, 0.005, 0, 0]);
        var used = new EmbeddedAtomModel(new Gupta());
        Compute(used, frame);
        AtomicEnergy again = Compute(used, near), fresh = Compute(new EmbeddedAtomModel(new Gupta()), near);
        Assert.That(again.EnergyElectronVolt, Is.EqualTo(fresh.EnergyElectronVolt));
        Assert.That(again.ForcesElectronVoltPerAngstrom, Is.EqualTo(fresh.ForcesElectronVoltPerAngstrom));
    }

    [Test]
    public void A_left_handed_cell_is_as_good_as_a_right_handed_one()
    {
        var model = new EmbeddedAtomModel(new Gupta());
        AtomFrame frame = MadeFrames.Rattle(MadeFrames.FaceCentered(3.7, "Cu"), 0.1, 5);
        AtomFrame left = frame with { Cell = new(frame.Cell!.Value.B, frame.Cell.Value.A, frame.Cell.Value.C) };
        (AtomicEnergy one, AtomicEnergy other) = (Compute(model, frame), Compute(new EmbeddedAtomModel(new Gupta()), left));
        Assert.That(other.EnergyElectronVolt, Is.EqualTo(one.EnergyElectronVolt).Within(1e-11));
        Assert.That(other.StressOf(left), Is.EqualTo(one.StressOf(frame)).Within(1e-12));
    }

    [Test]
    public void Atoms_that_have_left_the_cell_count_where_they_stand()
    {
        var model = new EmbeddedAtomModel(new Gupta());
        AtomFrame frame = MadeFrames.Rattle(MadeFrames.FaceCentered(3.7, "Cu"), 0.1, 5);
        double[] positions = [.. frame.PositionsAngstrom];
        positions[3] += 3 * 3.7;
        positions[7] -= 2 * 3.7;
        Assert.That(EnergyOf(model, frame with { PositionsAngstrom = positions }), Is.EqualTo(EnergyOf(model, frame)).Within(1e-11));
    }

    [Test]
    public void What_cannot_be_computed_is_told()
    {
        var model = new EmbeddedAtomModel(new Gupta());
        Assert.That(model.Compute(Cluster("O", [0, 0, 0]), out string? unknown), Is.Null);
        Assert.That(unknown, Is.EqualTo("atom 1 is O, which gupta does not know"));
        Assert.That(model.Compute(Cluster("Cu", [1, 1, 1], [1, 1, 1]), out string? same), Is.Null);
        Assert.That(same, Is.EqualTo("atoms 1 and 2 coincide"));
    }

    [Test]
    public void An_atom_alone_has_no_energy()
        => Assert.That(EnergyOf(new EmbeddedAtomModel(new Gupta()), Cluster("Cu", [0, 0, 0])), Is.Zero);

    private static IEnumerable<object[]> Cases()
    {
        AtomFrame alloy = MadeFrames.Rattle(MadeFrames.FaceCentered(3.9, "Cu", "Pd", "Ag"), 0.15, 1);
        AtomFrame sheared = MadeFrames.Strain(alloy, [0.02, -0.01, 0.03, 0.1, -0.2, 0.15]);
        yield return [new EmbeddedAtomModel(new Gupta()), sheared];
        yield return [new EmbeddedAtomModel(new SuttonChen()), sheared];
        yield return [new EmbeddedAtomModel(new LennardJones(0.1, 2.5)), sheared];
        yield return [new EmbeddedAtomModel(new Gupta()), sheared with { Periodicity = new Periodicity(true, false, true) }];
        yield return [new EmbeddedAtomModel(new Gupta()), sheared with { Periodicity = Periodicity.Cluster, Cell = null }];
    }

    // Fourth order: errors below 1e-9 for these potentials.
    private static double Slope(Func<double, double> energy, double step = 1e-3)
    {
        return (8 * (energy(step) - energy(-step)) - (energy(2 * step) - energy(-2 * step))) / (12 * step);
    }

    private static AtomFrame Cluster(string element, params double[][] positions) => new()
    {
        Species = [.. positions.Select(_ => Element.Of(element))], PositionsAngstrom = [.. positions.SelectMany(p => p)],
    };

    private static AtomicEnergy Compute(IEnergyModel model, AtomFrame frame)
    {
        AtomicEnergy? found = model.Compute(frame, out string? problem);
        Assert.That(problem, Is.Null);
        return found!;
    }

    private static double EnergyOf(IEnergyModel model, AtomFrame frame) => Compute(model, frame).EnergyElectronVolt;
}
