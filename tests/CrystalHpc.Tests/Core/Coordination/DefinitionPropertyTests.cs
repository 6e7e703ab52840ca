using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Tests.Core.Crystals;
using CrystalHpc.Tests.Core.Neighbors;

namespace CrystalHpc.Tests.Core.Coordination;

/// <summary>What holds for every definition, whatever it counts as a neighbor.</summary>
public sealed class DefinitionPropertyTests
{
    private static readonly ICoordinationOptions[] All =
    [
        CrystalNNOptions.Default with { OppositeChargesOnly = true },
        MinimumDistanceOptions.Default,
        MinimumDistanceOptions.Default with { OppositeChargesOnly = true },
        LargestGapOptions.Default,
        LargestGapOptions.Default with { Measure = GapMeasure.Ratio, OppositeChargesOnly = true },
        LargestGapOptions.Default with { Measure = GapMeasure.Difference },
        EffectiveCoordinationOptions.Default,
        EffectiveCoordinationOptions.Default with { FictiveRadii = true, OppositeChargesOnly = true },
        ValenceWindowOptions.Default,
        RadiusSumOptions.Default,
        RadiusSumOptions.Jmol with { OppositeChargesOnly = true },
        RadiusSumOptions.Default with { Radii = RadiusTable.Ionic, SharedFacet = false },
        DistanceCutoffOptions.Default,
        DistanceCutoffOptions.Default with { OppositeChargesOnly = true },
    ];

    private static readonly ICoordinationOptions[] Mutual = [.. All.Where(options => options is DistanceCutoffOptions or RadiusSumOptions)];

    [Test]
    public void Copies_of_a_site_have_the_same_shell([ValueSource(nameof(All))] ICoordinationOptions options)
    {
        const int LargestCell = 100;
        ICoordinationDefinition definition = options.Create();
        int atoms = 0;
        foreach (string path in Samples())
        {
            if (RealCorpus.FirstStructure(File.ReadAllBytes(path), []) is not { AtomCount: <= LargestCell } crystal)
                continue;
            if (!CrystalNNRealCrystalsTests.IsExactlySymmetric(crystal))
                continue;
            for (int site = 0; site < crystal.Sites.Count; site++)
            {
                int first = crystal.FirstAtom(site);
                string[] expected = Shell(crystal, definition.Find(crystal, first));
                for (int atom = first + 1; atom < first + crystal.Multiplicity(site); atom++, atoms++)
                    Assert.That(Shell(crystal, definition.Find(crystal, atom)), Is.EqualTo(expected),
                        $"{path} {crystal.Sites[site].Label}");
            }
        }

        Assert.That(atoms, Is.GreaterThan(2000));
    }

    [Test]
    public void Shells_do_not_depend_on_how_the_crystal_is_written_down([ValueSource(nameof(All))] ICoordinationOptions options)
    {
        var random = new Random(11);
        CrystalStructure[] crystals =
        [
            TestCrystals.Perovskite, TestCrystals.Rutile, TestCrystals.Wurtzite, TestCrystals.Graphite, TestCrystals.Iron,
            .. Enumerable.Range(0, 12).Select(_ => TestCrystals.Random(random, 8, 4, 7)),
        ];
        foreach (CrystalStructure crystal in crystals)
        {
            string[][] expected = Shells(crystal, options);
            Fractional shift = new(random.NextDouble(), random.NextDouble(), random.NextDouble());
            Assert.That(Shells(TestCrystals.Rebuilt(crystal, p => p + shift), options), Is.EqualTo(expected), "origin");
            Assert.That(Shells(TestCrystals.Permuted(crystal), options), Is.EqualTo(expected), "axes");
            Assert.That(Shells(TestCrystals.OtherBasis(crystal), options), Is.EqualTo(expected),
                "cell vectors, and with them the orientation");
            Assert.That(Shells(TestCrystals.Supercell(crystal, 2, 1, 3), options)[..expected.Length], Is.EqualTo(expected), "supercell");
        }
    }

    [Test]
    public void Neighbors_by_distance_and_radii_are_mutual([ValueSource(nameof(Mutual))] ICoordinationOptions options)
    {
        var random = new Random(29);
        ICoordinationDefinition definition = options.Create();
        int bonds = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 10, 4, 7);
            var found = new HashSet<(int, int, CellImage)>();
            for (int atom = 0; atom < crystal.AtomCount; atom++)
                found.UnionWith(definition.Find(crystal, atom).Bonds.Select(bond => (atom, bond.Atom, bond.Image)));
            foreach ((int from, int to, CellImage image) in found)
                Assert.That(found, Does.Contain((to, from, new CellImage(-image.A, -image.B, -image.C))), $"trial {trial}");
            bonds += found.Count;
        }

        Assert.That(bonds, Is.GreaterThan(100));
    }

    [Test]
    public void Opposite_charges_only_leaves_out_like_charges_and_keeps_unknown_ones(
        [ValueSource(nameof(All))] ICoordinationOptions options)
    {
        var random = new Random(3);
        ICoordinationDefinition definition = options.Create();
        int likeCharged = 0, neighbors = 0;
        for (int trial = 0; trial < 30; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 12, 5, 8);
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                IReadOnlyList<CoordinationBond> bonds = definition.Find(crystal, atom).Bonds;
                neighbors += bonds.Count;
                likeCharged += bonds.Count(bond => crystal.SiteAt(atom).Charge * crystal.SiteAt(bond.Atom).Charge > 0);
            }
        }

        Assert.That(neighbors, Is.GreaterThan(50));
        Assert.That(likeCharged, options.OppositeChargesOnly ? Is.Zero : Is.Positive);
        CrystalStructure uncharged = TestCrystals.Of(TestCrystals.Cubic(5.64), TestCrystals.FaceCentered(
            ("Na", null, 0, 0, 0), ("Cl", null, 0.5, 0.5, 0.5)));
        CrystalStructure halfCharged = TestCrystals.Of(TestCrystals.Cubic(4), TestCrystals.FaceCentered(
            ("Ca", 2, 0, 0, 0), ("O", null, 0.5, 0.5, 0.5)));
        Assert.That(new[] { uncharged, halfCharged }.Select(crystal => definition.Find(crystal, 0).Bonds.Count),
            Has.Some.GreaterThanOrEqualTo(6));
    }

    [Test]
    public void Shells_are_sorted_by_distance_with_positive_weights([ValueSource(nameof(All))] ICoordinationOptions options)
    {
        ICoordinationDefinition definition = options.Create();
        CrystalStructure crystal = TestCrystals.Random(new Random(5), 14, 5, 8);
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            CoordinationShell shell = definition.Find(crystal, atom);
            Assert.That(shell.Center, Is.EqualTo(atom));
            Assert.That(shell.Bonds.Select(bond => bond.DistanceAngstrom), Is.Ordered);
            Assert.That(shell.Bonds.Select(bond => bond.Weight), Is.All.Positive);
            foreach (CoordinationBond bond in shell.Bonds)
            {
                Fractional to = crystal.Positions[bond.Atom] + new Fractional(bond.Image.A, bond.Image.B, bond.Image.C)
                    - crystal.Positions[atom];
                Assert.That((crystal.Cell.ToCartesian(to) - bond.Vector).Length, Is.LessThan(1e-9));
            }
        }
    }

    [Test]
    public void A_worker_that_served_other_crystals_finds_the_same([ValueSource(nameof(All))] ICoordinationOptions options)
    {
        ICoordinationDefinition used = options.Create();
        used.Find(TestCrystals.Random(new Random(1), 30, 5, 8), 3);
        used.Find(TestCrystals.Rutile, 1);
        foreach (int atom in new[] { 0, 2 })
            Assert.That(used.Find(TestCrystals.Perovskite, atom).Bonds,
                Is.EqualTo(options.Create().Find(TestCrystals.Perovskite, atom).Bonds));
    }

    private static IEnumerable<string> Samples() => Directory
        .EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "*.cif", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal);

    private static string[][] Shells(CrystalStructure crystal, ICoordinationOptions options)
    {
        ICoordinationDefinition definition = options.Create();
        return [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => Shell(crystal, definition.Find(crystal, atom)))];
    }

    // Element, distance and weight of every neighbor, rounded.
    private static string[] Shell(CrystalStructure crystal, CoordinationShell shell) =>
    [
        .. shell.Bonds
            .Select(bond => FormattableString.Invariant(
                $"{crystal.SiteAt(bond.Atom).Element} {bond.DistanceAngstrom + 1e-7:F5} {bond.Weight + 1e-7:F4}"))
            .Order(StringComparer.Ordinal),
    ];
}
