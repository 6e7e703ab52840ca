using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation.Defects;
using CrystalHpc.Potentials.Simulation.Relaxation;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>Vacancies of copper by Gupta's potential, and of sites that differ.</summary>
public sealed class VacancyTests
{
    private const double Edge = 3.6111, Cutoff = 9;

    // Each neighbor of the missing atom loses its share of the root; in 500 atoms none is a neighbor of two of them.
    [Test]
    public void Before_atoms_move_the_energy_is_a_sum_over_the_lattice()
    {
        double[] lengths = [.. Neighbors()];
        double repulsion = lengths.Sum(r => 0.0855 * Math.Exp(-10.96 * (r / 2.556 - 1))), density = lengths.Sum(Density);
        double expected = -repulsion + lengths.Sum(r => Math.Sqrt(density) - Math.Sqrt(density - Density(r)));
        Vacancy found = Find(MadeFrames.FaceCentered(Edge, "Cu"), 5, new RelaxationOptions { MostSteps = 0 })[0];
        Assert.That(found.Unrelaxed, Is.EqualTo(expected).Within(1e-8));
        Assert.That(found.Position, Is.EqualTo("4a"));
    }

    [Test]
    public void Relaxed_energies_are_lower_and_the_same_in_larger_cells()
    {
        double[] energies = [.. new[] { 3, 4 }.Select(n =>
        {
            Vacancy found = Find(MadeFrames.FaceCentered(Edge, "Cu"), n, new RelaxationOptions())[0];
            Assert.That(found.Relaxed.IsDone);
            Assert.That(found.Formation, Is.LessThan(found.Unrelaxed - 0.005));
            return found.Formation;
        })];
        Assert.That(energies[1], Is.EqualTo(energies[0]).Within(0.02));
    }

    [Test]
    public void Each_kind_of_site_has_its_vacancy()
    {
        var potentials = new Dictionary<Element, double> { [Element.Of("Cu")] = -3.5, [Element.Of("Ag")] = -3 };
        List<Vacancy> found = Find(MadeFrames.FaceCentered(3.9, "Cu", "Ag"), 2, new RelaxationOptions { MostSteps = 0 }, potentials);
        Assert.That(found.Select(vacancy => vacancy.Element.Symbol), Is.EqualTo(new[] { "Cu", "Ag" }));
        Assert.That(found.Select(vacancy => vacancy.ChemicalPotential), Is.EqualTo(new[] { -3.5, -3 }));
    }

    private static List<Vacancy> Find(AtomFrame cell, int n, RelaxationOptions options, Dictionary<Element, double>? potentials = null)
    {
        IEnergyModel model = new EmbeddedAtomModel(new Gupta(), switchAngstrom: 1e-9);
        List<Vacancy>? found = Vacancy.Find(model, cell, [n, n, n], potentials ?? [], options, out string? problem);
        Assert.That(problem, Is.Null);
        return found!;
    }

    private static double Density(double r) => 1.224 * 1.224 * Math.Exp(-2 * 2.278 * (r / 2.556 - 1));

    private static IEnumerable<double> Neighbors()
    {
        int[] range = [.. Enumerable.Range(-6, 13)];
        return from x in range from y in range from z in range
               let r = 0.5 * Edge * Math.Sqrt(x * x + y * y + z * z)
               where (x + y + z) % 2 == 0 && r > 0 && r < Cutoff
               select r;
    }
}
