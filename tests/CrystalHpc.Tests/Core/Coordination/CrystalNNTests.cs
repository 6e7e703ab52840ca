using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Tests.Core.Neighbors;

namespace CrystalHpc.Tests.Core.Coordination;

/// <summary>
/// Textbook coordination numbers; pymatgen 2022.11.7 gives the same for each of these structures, with and without charges.
/// </summary>
public class CrystalNNTests
{
    private static readonly CrystalNNOptions OppositeCharges = CrystalNNOptions.Default with { OppositeChargesOnly = true };

    private static int[] Numbers(CrystalStructure crystal, CrystalNNOptions? options = null)
    {
        var finder = new CrystalNN(options ?? CrystalNNOptions.Default);
        return [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => finder.Find(crystal, atom).Bonds.Count)];
    }

    [Test]
    public void Elements_have_their_textbook_coordination()
    {
        Assert.That(Numbers(TestCrystals.Polonium), Is.All.EqualTo(6));
        Assert.That(Numbers(TestCrystals.Copper), Is.All.EqualTo(12));
        Assert.That(Numbers(TestCrystals.Magnesium), Is.All.EqualTo(12));
        Assert.That(Numbers(TestCrystals.Iron), Is.All.EqualTo(8));
        Assert.That(Numbers(TestCrystals.Diamond), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Graphite), Is.All.EqualTo(3));
    }

    [Test]
    public void Compounds_have_their_textbook_coordination([Values] bool oppositeChargesOnly)
    {
        CrystalNNOptions options = oppositeChargesOnly ? OppositeCharges : CrystalNNOptions.Default;
        Assert.That(Numbers(TestCrystals.RockSalt, options), Is.All.EqualTo(6));
        Assert.That(Numbers(TestCrystals.CesiumChloride, options), Is.All.EqualTo(8));
        Assert.That(Numbers(TestCrystals.Fluorite, options), Is.EqualTo(new[] { 8, 8, 8, 8, 4, 4, 4, 4, 4, 4, 4, 4 }));
        Assert.That(Numbers(TestCrystals.Perovskite, options), Is.EqualTo(new[] { 12, 6, 2, 2, 2 }));
        Assert.That(Numbers(TestCrystals.Wurtzite, options), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Sphalerite, options), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Rutile, options), Is.EqualTo(new[] { 6, 6, 3, 3, 3, 3 }));
    }

    [Test]
    public void Opposite_charges_only_leaves_out_like_charges_and_no_others()
    {
        var random = new Random(3);
        var finder = new CrystalNN(OppositeCharges);
        int likeCharged = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 12, 5, 8);
            var free = new CrystalNN(CrystalNNOptions.Default);
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                double charge = crystal.SiteAt(atom).Charge!.Value;
                Assert.That(finder.Find(crystal, atom).Bonds.Select(b => charge * crystal.SiteAt(b.Atom).Charge), Is.All.LessThan(0));
                likeCharged += free.Find(crystal, atom).Bonds.Count(b => charge * crystal.SiteAt(b.Atom).Charge > 0);
            }
        }

        Assert.That(likeCharged, Is.Positive);
    }

    [Test]
    public void Shells_are_sorted_and_do_not_depend_on_origin_axes_cell_or_order()
    {
        var random = new Random(11);
        CrystalStructure[] crystals =
        [
            TestCrystals.Perovskite, TestCrystals.Rutile, TestCrystals.Wurtzite, TestCrystals.Graphite, TestCrystals.Iron,
            .. Enumerable.Range(0, 25).Select(_ => TestCrystals.Random(random, 8, 4, 7)),
        ];
        foreach (CrystalStructure crystal in crystals)
        {
            string[] expected = Shells(crystal);
            Fractional shift = new(random.NextDouble(), random.NextDouble(), random.NextDouble());
            Assert.That(Shells(Rebuilt(crystal, (p, _) => p + shift)), Is.EqualTo(expected), "origin");
            Assert.That(Shells(Permuted(crystal)), Is.EqualTo(expected), "axes");
            Assert.That(Shells(TestCrystals.Supercell(crystal, 2, 1, 3))[..expected.Length], Is.EqualTo(expected), "supercell");
            Assert.That(Shells(Rebuilt(crystal, (p, _) => p, reversed: true)).Reverse(), Is.EqualTo(expected), "order");
        }
    }

    [Test]
    public void A_neighbor_list_found_before_gives_the_same_shells()
    {
        var random = new Random(19);
        var own = new CrystalNN(CrystalNNOptions.Default);
        var shared = new CrystalNN(CrystalNNOptions.Default);
        foreach (double cutoff in new[] { 2.0, 4.5, 7.0, 9.0 })
        {
            CrystalStructure crystal = TestCrystals.Random(random, 10, 5, 9);
            NeighborList list = NeighborSearch.Find(crystal, [.. Enumerable.Range(0, 10)], cutoff);
            for (int atom = 0; atom < 10; atom++)
                Assert.That(shared.Find(crystal, list, atom).Bonds, Is.EqualTo(own.Find(crystal, atom).Bonds), $"cutoff {cutoff}");
        }
    }

    [Test]
    public void Weighted_coordination_shares_the_likelihood()
    {
        CoordinationShell iron = new CrystalNN(CrystalNNOptions.Default with { WeightedCoordination = true }).Find(TestCrystals.Iron, 0);
        Assert.That(iron.Bonds, Has.Count.EqualTo(14));
        Assert.That(iron.Bonds.Take(8).Select(b => b.Weight), Is.All.EqualTo(1).Within(1e-12));
        Assert.That(iron.Bonds.Skip(8).Select(b => b.Weight), Is.All.InRange(0.01, 0.5));
    }

    [Test]
    public void An_atom_without_anything_near_has_an_empty_shell_and_a_finding()
    {
        var findings = new List<Finding>();
        CrystalStructure gas = TestCrystals.Of(TestCrystals.Cubic(25), ("Ar", null, 0, 0, 0));
        Assert.That(new CrystalNN(CrystalNNOptions.Default).Find(gas, 0, findings).Bonds, Is.Empty);
        Assert.That(findings.Select(f => f.Code), Is.EqualTo(new[] { CoordinationFindings.EmptyShell }));
    }

    [TestCase(1, 1, 30000)]
    [TestCase(1e-5, 1e-5, 1e8)]
    [TestCase(1e-9, 1e9, 1)]
    public void A_cell_too_far_from_any_crystal_to_search_ends_with_an_empty_shell_and_a_finding(double a, double b, double c)
    {
        var findings = new List<Finding>();
        CrystalStructure absurd = TestCrystals.Of(new UnitCell(a, b, c, 90, 100, 90), ("C", null, 0, 0, 0));
        Assert.That(new CrystalNN(CrystalNNOptions.Default).Find(absurd, 0, findings).Bonds, Is.Empty);
        Assert.That(findings.Select(f => f.Code), Is.EqualTo(new[] { CoordinationFindings.OpenCell }));
    }

    [Test]
    public void An_ion_without_a_tabulated_radius_is_reported_and_still_has_neighbors()
    {
        var findings = new List<Finding>();
        CrystalStructure hydride = TestCrystals.Of(TestCrystals.Cubic(4.08),
            TestCrystals.FaceCentered(("Li", 1, 0, 0, 0), ("H", -1, 0.5, 0.5, 0.5)));
        Assert.That(new CrystalNN(CrystalNNOptions.Default).Find(hydride, 4, findings).Bonds, Has.Count.EqualTo(6));
        Assert.That(findings.Select(f => f.Code), Is.EqualTo(new[] { CoordinationFindings.NoIonicRadius }));
    }

    [Test]
    public void Mixed_sites_and_overlapping_atoms_do_not_disturb()
    {
        CrystalStructure mixed = TestCrystals.Of(TestCrystals.Cubic(5.64),
            [.. TestCrystals.FaceCentered(("Na", 1, 0, 0, 0), ("K", 1, 0, 0, 0), ("Cl", -1, 0.5, 0.5, 0.5))]);
        Assert.That(Numbers(mixed), Is.All.EqualTo(6));
        CrystalStructure overlap = TestCrystals.Of(TestCrystals.Cubic(5), ("O", -2, 0, 0, 0), ("O", -2, 0.001, 0, 0), ("Si", 4, 0.3, 0, 0));
        Assert.That(Numbers(overlap), Has.Length.EqualTo(3));
    }

    [Test]
    public void Any_heap_of_atoms_has_shells()
    {
        // Very dense, very thin, and with coinciding or nearly coinciding atoms.
        var random = new Random(31);
        var finder = new CrystalNN(CrystalNNOptions.Default);
        int bonds = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 1 + random.Next(15), 0.5, trial % 4 == 0 ? 60 : 6);
            CrystalStructure doubled = TestCrystals.Of(crystal.Cell, [.. Enumerable.Range(0, 2 * crystal.AtomCount).Select(i =>
            {
                Fractional p = crystal.Positions[i / 2];
                return (crystal.SiteAt(i / 2).Element.Symbol, (double?)null, p.X + i % 2 * Math.Pow(10, -trial % 12), p.Y, p.Z);
            })]);
            for (int atom = 0; atom < doubled.AtomCount; atom++)
                bonds += finder.Find(doubled, atom).Bonds.Count;
        }

        Assert.That(bonds, Is.Positive);
    }

    // Element, distance and weight of every bond, rounded: what must not depend on how the crystal is written down.
    private static string[] Shells(CrystalStructure crystal)
    {
        var finder = new CrystalNN(CrystalNNOptions.Default);
        return [.. Enumerable.Range(0, crystal.AtomCount).Select(atom =>
        {
            IReadOnlyList<CoordinationBond> bonds = finder.Find(crystal, atom).Bonds;
            Assert.That(bonds.Select(b => Math.Round(b.DistanceAngstrom, 7)), Is.Ordered);
            IEnumerable<string> entries = bonds.Select(b => $"{crystal.SiteAt(b.Atom).Element} {b.DistanceAngstrom:F6} {b.Weight:F3}");
            return string.Join(", ", entries.Order(StringComparer.Ordinal));
        })];
    }

    private static CrystalStructure Rebuilt(CrystalStructure crystal, Func<Fractional, AtomSite, Fractional> move, bool reversed = false)
    {
        IEnumerable<(string, double?, double, double, double)> atoms = Enumerable.Range(0, crystal.AtomCount).Select(atom =>
        {
            AtomSite site = crystal.SiteAt(atom);
            Fractional p = move(crystal.Positions[atom], site);
            return (site.Element.Symbol, site.Charge, p.X, p.Y, p.Z);
        });
        return TestCrystals.Of(crystal.Cell, [.. reversed ? atoms.Reverse() : atoms]);
    }

    private static CrystalStructure Permuted(CrystalStructure crystal)
    {
        UnitCell c = crystal.Cell;
        CrystalStructure moved = Rebuilt(crystal, (p, _) => new Fractional(p.Y, p.Z, p.X));
        return CrystalStructure.Expand(new UnitCell(c.B, c.C, c.A, c.Beta, c.Gamma, c.Alpha), [SymmetryOperation.Identity], moved.Sites);
    }
}
