using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Core.Neighbors;

namespace CrystalHpc.Tests.Core.Coordination;

/// <summary>What each definition of neighbors is made of: textbook coordination numbers, its own formula, its limits.</summary>
public sealed class DefinitionTests
{
    private static readonly ICoordinationOptions[] FirstShell =
    [
        CrystalNNOptions.Default,
        MinimumDistanceOptions.Default,
        LargestGapOptions.Default,
        LargestGapOptions.Default with { Measure = GapMeasure.Ratio },
        EffectiveCoordinationOptions.Default,
        EffectiveCoordinationOptions.Default with { FictiveRadii = true },
        ValenceWindowOptions.Default,
        RadiusSumOptions.Default,
        RadiusSumOptions.Default with { Radii = RadiusTable.Ionic },
    ];

    private static readonly ICoordinationOptions[] AsForValenceSums =
    [
        CrystalNNOptions.Default with { OppositeChargesOnly = true },
        MinimumDistanceOptions.Default with { OppositeChargesOnly = true },
        LargestGapOptions.Default with { OppositeChargesOnly = true },
        LargestGapOptions.Default with { Measure = GapMeasure.Ratio, OppositeChargesOnly = true },
        EffectiveCoordinationOptions.Default with { OppositeChargesOnly = true },
        EffectiveCoordinationOptions.Default with { FictiveRadii = true, OppositeChargesOnly = true },
        ValenceWindowOptions.Default,
        RadiusSumOptions.Default with { OppositeChargesOnly = true },
        RadiusSumOptions.Default with { Radii = RadiusTable.Ionic, OppositeChargesOnly = true },
    ];

    private static readonly MinimumDistanceOptions MinimumDistance = MinimumDistanceOptions.Default;

    // One center with neighbors on three axes at the given distances, in a cell so large that nothing else is near.
    private static CrystalStructure Star(params (string Element, double? Charge, double Distance)[] neighbors)
    {
        const double Edge = 60;
        var atoms = new List<(string, double?, double, double, double)> { ("Ca", 2, 0.5, 0.5, 0.5) };
        for (int i = 0; i < neighbors.Length; i++)
        {
            double step = (i < 3 ? 1 : -1) * neighbors[i].Distance / Edge;
            atoms.Add((neighbors[i].Element, neighbors[i].Charge, 0.5 + (i % 3 == 0 ? step : 0), 0.5 + (i % 3 == 1 ? step : 0),
                0.5 + (i % 3 == 2 ? step : 0)));
        }

        return TestCrystals.Of(TestCrystals.Cubic(Edge), [.. atoms]);
    }

    private static double[] Distances(CrystalStructure crystal, ICoordinationOptions options) =>
        [.. options.Create().Find(crystal, 0).Bonds.Select(bond => Math.Round(bond.DistanceAngstrom, 6))];

    private static int[] Numbers(CrystalStructure crystal, ICoordinationOptions options)
    {
        ICoordinationDefinition definition = options.Create();
        return [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => definition.Find(crystal, atom).Bonds.Count)];
    }

    [Test]
    public void Salts_have_their_textbook_coordination_by_every_definition(
        [ValueSource(nameof(AsForValenceSums))] ICoordinationOptions options)
    {
        Assert.That(Numbers(TestCrystals.RockSalt, options), Is.All.EqualTo(6));
        Assert.That(Numbers(TestCrystals.CesiumChloride, options), Is.All.EqualTo(8));
        Assert.That(Numbers(TestCrystals.Fluorite, options), Is.EqualTo(new[] { 8, 8, 8, 8, 4, 4, 4, 4, 4, 4, 4, 4 }));
        Assert.That(Numbers(TestCrystals.Wurtzite, options), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Sphalerite, options), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Rutile, options), Is.EqualTo(new[] { 6, 6, 3, 3, 3, 3 }));
        Assert.That(Numbers(TestCrystals.Perovskite, options)[..2], Is.EqualTo(new[] { 12, 6 }));
    }

    [Test]
    public void Close_packed_metal_has_twelve_neighbors_and_diamond_four([ValueSource(nameof(FirstShell))] ICoordinationOptions options)
    {
        Assert.That(Numbers(TestCrystals.Copper, options), Is.All.EqualTo(12));
        Assert.That(Numbers(TestCrystals.Diamond, options), Is.All.EqualTo(4));
    }

    [Test]
    public void The_two_shells_of_body_centered_cubic_part_the_definitions()
    {
        // The second shell is 15 % farther than the first: 8 or 8 + 6.
        Assert.That(Numbers(TestCrystals.Iron, MinimumDistance), Is.All.EqualTo(8));
        Assert.That(Numbers(TestCrystals.Iron, MinimumDistance with { Tolerance = 0.16 }), Is.All.EqualTo(14));
        Assert.That(Numbers(TestCrystals.Iron, EffectiveCoordinationOptions.Default), Is.All.EqualTo(14));
        Assert.That(Numbers(TestCrystals.Iron, LargestGapOptions.Default), Is.All.EqualTo(14));
    }

    [Test]
    public void Minimum_distance_includes_its_limit_and_weighs_by_closeness()
    {
        CrystalStructure star = Star(("O", -2, 2.0), ("O", -2, 2.2), ("O", -2, 2.201));
        Assert.That(Distances(star, MinimumDistance), Is.EqualTo(new[] { 2.0, 2.2 }));
        Assert.That(MinimumDistance.Create().Find(star, 0).Bonds[1].Weight, Is.EqualTo(2.0 / 2.2).Within(1e-12));
    }

    [Test]
    public void Gaps_are_measured_as_asked()
    {
        // Reciprocal: 0.0455, 0.0606, 0.0571; ratio: 1.100, 1.154, 1.167; difference: 0.2, 0.333, 0.42.
        CrystalStructure star = Star(("O", -2, 2.0), ("O", -2, 2.2), ("O", -2, 2.5385), ("O", -2, 2.96));
        Assert.That(Distances(star, LargestGapOptions.Default), Has.Length.EqualTo(2));
        Assert.That(Distances(star, LargestGapOptions.Default with { Measure = GapMeasure.Ratio }), Has.Length.EqualTo(3));
        Assert.That(Distances(star, LargestGapOptions.Default with { Measure = GapMeasure.Difference }), Has.Length.EqualTo(3));
    }

    [Test]
    public void Of_equal_gaps_the_first_counts()
    {
        CrystalStructure star = Star(("O", -2, 2.0), ("O", -2, 2.5), ("O", -2, 3.0), ("O", -2, 3.5));
        Assert.That(Distances(star, LargestGapOptions.Default with { Measure = GapMeasure.Difference }), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_effective_coordination_number_is_the_known_one()
    {
        // Equal distances weigh 1 each; of unequal ones the mean is the one that the weights themselves give.
        EffectiveCoordinationOptions opposite = EffectiveCoordinationOptions.Default with { OppositeChargesOnly = true };
        CoordinationShell salt = opposite.Create().Find(TestCrystals.RockSalt, 0);
        Assert.That(salt.Bonds.Select(bond => bond.Weight), Is.All.EqualTo(1).Within(1e-6));

        CrystalStructure star = Star(("O", -2, 2.0), ("O", -2, 2.0), ("O", -2, 2.3), ("O", -2, 2.0), ("O", -2, 2.0), ("O", -2, 2.3));
        double[] weights = [.. EffectiveCoordinationOptions.Default.Create().Find(star, 0).Bonds.Select(bond => bond.Weight)];
        double mean = weights.Zip([2.0, 2.0, 2.0, 2.0, 2.3, 2.3], (w, r) => w * r).Sum() / weights.Sum();
        Assert.That(weights, Has.Length.EqualTo(6));
        Assert.That(weights[0], Is.EqualTo(Math.Exp(1 - Math.Pow(2.0 / mean, 6))).Within(1e-5));
        Assert.That(weights[5], Is.EqualTo(Math.Exp(1 - Math.Pow(2.3 / mean, 6))).Within(1e-5));
    }

    [Test]
    public void Fictive_radii_let_large_and_small_anions_coordinate_alike()
    {
        // Ca 1.14, O 1.26, Cl 1.67 Å: both distances are the sums of the radii.
        CrystalStructure star = Star(("O", -2, 2.40), ("O", -2, 2.40), ("Cl", -1, 2.81));
        EffectiveCoordinationOptions options = EffectiveCoordinationOptions.Default with { FictiveRadii = true };
        Assert.That(options.Create().Find(star, 0).Bonds.Select(bond => bond.Weight), Is.All.EqualTo(1).Within(1e-6).And.Exactly(3).Items);
        Assert.That(EffectiveCoordinationOptions.Default.Create().Find(star, 0).Bonds[2].Weight, Is.LessThan(0.5));
    }

    [Test]
    public void The_weights_of_the_valence_window_are_shares_of_the_valence()
    {
        CrystalStructure star = Star(("O", -2, 2.0), ("O", -2, 2.0), ("O", -2, 2.3));
        double far = Math.Exp(-0.3 / 0.37);
        Assert.That(
            ValenceWindowOptions.Default.Create().Find(star, 0).Bonds.Select(bond => bond.Weight),
            Is.EqualTo(new[] { 1 / (2 + far), 1 / (2 + far), far / (2 + far) }).Within(1e-12));
        ValenceWindowOptions narrow = ValenceWindowOptions.Default with { MinimumShare = far / (2 + far) + 1e-6 };
        Assert.That(Distances(star, narrow), Is.EqualTo(new[] { 2.0, 2.0 }));
        Assert.That(Distances(star, narrow with { MinimumShare = far / (2 + far) }), Has.Length.EqualTo(3), "the limit is inside");
    }

    [Test]
    public void The_valence_window_compares_different_anions_by_their_size()
    {
        // A chloride 0.41 Å farther than an oxide carries as much valence: their radii differ by that.
        CrystalStructure star = Star(("O", -2, 2.40), ("Cl", -1, 2.81));
        Assert.That(ValenceWindowOptions.Default.Create().Find(star, 0).Bonds.Select(bond => bond.Weight), Is.EqualTo(new[] { 0.5, 0.5 })
            .Within(1e-9));
    }

    [Test]
    public void Radii_add_up_with_the_tolerance_and_a_facet_in_between()
    {
        // Ca 1.76 and O 0.66 Å: 2.67 Å with the tolerance.
        CrystalStructure near = Star(("O", -2, 2.66), ("O", -2, 2.68));
        Assert.That(Distances(near, RadiusSumOptions.Default with { SharedFacet = false }), Is.EqualTo(new[] { 2.66 }));
        // The far oxygen stands behind the near one.
        CrystalStructure hidden = TestCrystals.Of(
            TestCrystals.Cubic(9), ("Ca", 2, 0, 0, 0), ("O", -2, 0.12, 0, 0), ("O", -2, 0.29, 0, 0));
        Assert.That(Distances(hidden, RadiusSumOptions.Default with { SharedFacet = false }), Has.Length.EqualTo(2));
        Assert.That(Distances(hidden, RadiusSumOptions.Default), Has.Length.EqualTo(1));
    }

    [Test]
    public void Jmol_draws_no_bonds_in_rock_salt_and_none_between_overlapping_atoms()
    {
        Assert.That(Numbers(TestCrystals.RockSalt, RadiusSumOptions.Jmol), Is.All.Zero);
        CrystalStructure split = Star(("O", -2, 0.39), ("O", -2, 0.41), ("O", -2, 2.11), ("O", -2, 2.13));
        Assert.That(Distances(split, RadiusSumOptions.Jmol), Is.EqualTo(new[] { 0.41, 2.11 }), "Ca 0.99, O 0.68 Å and 0.45 Å");
    }

    [Test]
    public void A_cutoff_includes_its_limit()
    {
        CrystalStructure star = Star(("O", -2, 2.0), ("Ca", 2, 3.0), ("O", -2, 3.5), ("O", -2, 3.51));
        Assert.That(Distances(star, DistanceCutoffOptions.Default), Is.EqualTo(new[] { 2.0, 3.0, 3.5 }));
        Assert.That(Distances(star, DistanceCutoffOptions.Default with { OppositeChargesOnly = true }), Is.EqualTo(new[] { 2.0, 3.5 }));
    }

    [Test]
    public void An_atom_without_anything_near_has_an_empty_shell_and_a_finding(
        [ValueSource(nameof(FirstShell))] ICoordinationOptions options)
    {
        var findings = new List<Finding>();
        CrystalStructure gas = TestCrystals.Of(TestCrystals.Cubic(25), ("Ar", null, 0, 0, 0));
        Assert.That(options.Create().Find(gas, 0, findings).Bonds, Is.Empty);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { CoordinationFindings.EmptyShell }));
    }

    [Test]
    public void A_single_neighbor_is_one([ValueSource(nameof(FirstShell))] ICoordinationOptions options)
    {
        CrystalStructure pair = Star(("O", -2, 2.0));
        if (options is not RadiusSumOptions)
            Assert.That(Distances(pair, options), Is.EqualTo(new[] { 2.0 }));
    }

    [Test]
    public void A_shared_place_counts_once_and_is_no_neighbor_of_itself(
        [ValueSource(nameof(AsForValenceSums))] ICoordinationOptions options)
    {
        CrystalStructure mixed = TestCrystals.Of(
            TestCrystals.Cubic(5.64), TestCrystals.FaceCentered(("Na", 1, 0, 0, 0), ("K", 1, 0, 0, 0), ("Cl", -1, 0.5, 0.5, 0.5)));
        Assert.That(Numbers(mixed, options), Is.All.EqualTo(6));
    }

    [Test]
    public void Cells_that_are_no_crystal_end_with_an_empty_shell_and_a_finding(
        [ValueSource(nameof(FirstShell))] ICoordinationOptions options)
    {
        var findings = new List<Finding>();
        CrystalStructure absurd = TestCrystals.Of(new UnitCell(1e-5, 1e-5, 1e8, 90, 100, 90), ("C", null, 0, 0, 0));
        Assert.That(options.Create().Find(absurd, 0, findings).Bonds, Is.Empty);
        Assert.That(findings.Select(finding => finding.Code), Has.Some.AnyOf(CoordinationFindings.TooCrowded,
            CoordinationFindings.OpenCell));
    }
}
