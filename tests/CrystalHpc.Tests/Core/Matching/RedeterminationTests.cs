using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Matching;

/// <summary>Which structures are redeterminations of one another.</summary>
public sealed class RedeterminationTests
{
    private const string Halite = CifText.SiteTags + "Na1 0 0 0\nCl1 .5 0 0\n";

    [Test]
    public void The_setting_the_origin_and_the_volume_do_not_matter()
    {
        string centered = CifText.CubicCell + Operations("x,y,z", "x+1/2,y+1/2,z", "x+1/2,y,z+1/2", "x,y+1/2,z+1/2") + Halite;
        string large = centered.Replace("_a 4", "_a 4.4").Replace("_b 4", "_b 4.4").Replace("_c 4", "_c 4.4");
        string shifted = centered.Replace("Na1 0 0 0", "Na1 .25 0 0").Replace("Cl1 .5 0 0", "Cl1 .75 0 0");
        Assert.That(Groups(("a", centered), ("b", large), ("c", shifted)), Is.EqualTo(new[] { "ClNa|a ClNa|b ClNa|c" }));
    }

    [Test]
    public void Other_structures_of_the_formula_are_groups_of_their_own_and_the_order_given_does_not_matter()
    {
        string centered = CifText.CubicCell + Operations("x,y,z", "x+1/2,y+1/2,z", "x+1/2,y,z+1/2", "x,y+1/2,z+1/2") + Halite;
        string primitive = CifText.CubicCell + Operations("x,y,z") + Halite.Replace(".5 0 0", ".5 .5 .5");
        Assert.That(Groups(("b", primitive), ("c", centered), ("a", centered)), Is.EqualTo(new[] { "ClNa|a ClNa|c", "ClNa|b" }));
    }

    [Test]
    public void Elements_that_share_a_place_are_one_kind_whatever_their_shares()
    {
        string Mixed(string magnesium, string aluminum)
            => CifText.CubicCell + CifText.Identity + CifText.SiteTags + "_atom_site_occupancy\n"
            + $"O1 .5 .5 .5 1\nMg1 0 0 0 {magnesium}\nAl1 0 0 0 {aluminum}\n";
        OccupiedPlaces first = OccupiedPlaces.Of(CifText.Read(Mixed(".9", ".1"))),
            second = OccupiedPlaces.Of(CifText.Read(Mixed(".7", ".3")));
        Assert.That(first.Places.Select(place => place.Content), Is.EqualTo(new[] { "O", "Al+Mg" }));
        Assert.That(Redeterminations.Group([("a", first), ("b", second)], MatchTolerance.Default), Has.Count.EqualTo(1));
    }

    private static string Operations(params string[] operations) =>
        "loop_\n_space_group_symop_operation_xyz\n" + string.Concat(operations.Select(operation => $"'{operation}'\n"));

    private static IEnumerable<string> Groups(params (string Id, string Text)[] files)
    {
        IEnumerable<(string, OccupiedPlaces)> structures = files.Select(file =>
        {
            CrystalStructure structure = CifText.Read(file.Text);
            return (Redeterminations.NameOf(structure, file.Id), OccupiedPlaces.Of(structure));
        });
        return Redeterminations.Group(structures, MatchTolerance.Default).Select(group => string.Join(' ', group));
    }
}
