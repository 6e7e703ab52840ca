using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Starts;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Search;

/// <summary>Structures without parents have the atoms of the search and are what they are called.</summary>
public sealed class StartTests
{
    private static readonly Element Cu = Element.Of("Cu"), Ag = Element.Of("Ag");
    private static readonly BondLengths Bonds = new([Cu, Ag], null);
    private static readonly Element[] Species = [Cu, Cu, Cu, Cu, Ag, Ag, Ag, Ag];

    [Test]
    public void Crystals_of_a_space_group_have_symmetry_and_the_atoms_asked_for()
    {
        var groups = new HashSet<int>();
        for (int number = 0; number < 15; number++)
        {
            AtomFrame frame = SpaceGroupStart.Make(Species, Bonds, new SearchRandom(2, number))!;
            Assert.That(frame.Species.Order(), Is.EqualTo(Species.Order()));
            groups.Add(FrameSymmetry.Find(frame, 0.01)!.Symmetry.Number);
        }

        Assert.That(groups, Has.Count.GreaterThan(5).And.Not.Contain(1));
    }

    [Test]
    public void Known_lattices_are_decorated_and_scaled()
    {
        for (int number = 0; number < 15; number++)
        {
            AtomFrame frame = LatticeStart.Crystal(Species, Bonds, new SearchRandom(2, number))!;
            Assert.That(frame.Species.Order(), Is.EqualTo(Species.Order()));
            AtomFrame particle = LatticeStart.Particle(Species, Bonds, new SearchRandom(2, number))!;
            Assert.That(particle.Species.Order(), Is.EqualTo(Species.Order()));
            Assert.That(particle.Cell, Is.Null);
            Assert.That(Enumerable.Range(1, 7).Min(i => (particle.PositionOf(i) - particle.PositionOf(0)).Length),
                Is.EqualTo(Bonds.Longest).Within(0.3 * Bonds.Longest));
        }
    }

    [Test]
    public void A_given_crystal_is_repeated_to_the_atoms_asked_for_or_refused()
    {
        AtomFrame cell = MadeFrames.FaceCentered(3.9, "Cu", "Ag", "Ag", "Cu");
        Assert.That(FileStart.Supercell(cell, Species, Bonds, new SearchRandom(1, 0))!.Species.Order(), Is.EqualTo(Species.Order()));
        Assert.That(FileStart.Supercell(cell, Species[..7], Bonds, new SearchRandom(1, 0)), Is.Null);
    }

    [TestCase(3)]
    [TestCase(8)]
    [TestCase(16)]
    public void Particles_of_other_sizes_are_made_fit(int size)
    {
        AtomFrame given = RandomStart.Particle([.. Enumerable.Repeat(Cu, size)], Bonds, new SearchRandom(1, 0));
        AtomFrame fit = FileStart.Fit(given, Species, Bonds, new SearchRandom(1, 1))!;
        Assert.That(fit.Species.Order(), Is.EqualTo(Species.Order()));
        int kept = Enumerable.Range(0, fit.AtomCount).Count(atom => Enumerable.Range(0, size)
            .Any(other => (fit.PositionOf(atom) - given.PositionOf(other)).Length < 1e-9));
        Assert.That(kept, Is.EqualTo(Math.Min(size, 8)));
    }
}
