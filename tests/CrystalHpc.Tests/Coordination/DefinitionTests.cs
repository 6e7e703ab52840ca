using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Neighbors;

namespace CrystalHpc.Tests.Coordination;

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

    private static int[] Numbers(CrystalStructure crystal, ICoordinationOptions options)
    {
        ICoordinationDefinition definition = options.Create();
        return [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => definition.Find(crystal, atom).Bonds.Count)];
    }

    [Test]
    public void Binary_salts_have_their_textbook_coordination_by_every_definition([ValueSource(nameof(OppositeCharges))] ICoordinationOptions options)
    {
        Assert.That(Numbers(TestCrystals.RockSalt, options), Is.All.EqualTo(6));
        Assert.That(Numbers(TestCrystals.CesiumChloride, options), Is.All.EqualTo(8));
        Assert.That(Numbers(TestCrystals.Fluorite, options), Is.EqualTo(new[] { 8, 8, 8, 8, 4, 4, 4, 4, 4, 4, 4, 4 }));
        Assert.That(Numbers(TestCrystals.Wurtzite, options), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Sphalerite, options), Is.All.EqualTo(4));
        Assert.That(Numbers(TestCrystals.Rutile, options), Is.EqualTo(new[] { 6, 6, 3, 3, 3, 3 }));
        Assert.That(Numbers(TestCrystals.Perovskite, options)[..2], Is.EqualTo(new[] { 12, 6 }));
    }

    private static IEnumerable<ICoordinationOptions> OppositeCharges() => FirstShell.Select(Opposite);

    private static ICoordinationOptions Opposite(ICoordinationOptions options) => options switch
    {
        CrystalNNOptions o => o with { OppositeChargesOnly = true },
        MinimumDistanceOptions o => o with { OppositeChargesOnly = true },
        LargestGapOptions o => o with { OppositeChargesOnly = true },
        EffectiveCoordinationOptions o => o with { OppositeChargesOnly = true },
        ValenceWindowOptions o => o with { OppositeChargesOnly = true },
        RadiusSumOptions o => o with { OppositeChargesOnly = true },
        DistanceCutoffOptions o => o with { OppositeChargesOnly = true },
        _ => throw new ArgumentException(options.ToString()),
    };

    [Test]
    public void Close_packed_metals_have_twelve_neighbors()
    {
        foreach (ICoordinationOptions options in FirstShell)
        {
            Assert.That(Numbers(TestCrystals.Copper, options), Is.All.EqualTo(12), options.ToString());
            Assert.That(Numbers(TestCrystals.Diamond, options), Is.All.EqualTo(4), options.ToString());
        }
    }

    [Test]
    public void The_two_shells_of_body_centered_cubic_part_the_definitions()
    {
        // The second shell is 15 % farther than the first: 8 or 8 + 6.
        Assert.That(Numbers(TestCrystals.Iron, MinimumDistanceOptions.Default), Is.All.EqualTo(8));
        Assert.That(Numbers(TestCrystals.Iron, MinimumDistanceOptions.Default with { Tolerance = 0.16 }), Is.All.EqualTo(14));
        Assert.That(Numbers(TestCrystals.Iron, EffectiveCoordinationOptions.Default), Is.All.EqualTo(14));
        Assert.That(Numbers(TestCrystals.Iron, LargestGapOptions.Default), Is.All.EqualTo(14));
    }
}
