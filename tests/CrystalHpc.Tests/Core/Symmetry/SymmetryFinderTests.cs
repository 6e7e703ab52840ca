using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.Symmetry;

/// <summary>The group of a made structure comes back, however it is given.</summary>
public sealed class SymmetryFinderTests
{
    private readonly SymmetryFinder _finder = new();

    private static IEnumerable<SpaceGroup> StandardSettings => SpaceGroup.Tabulated.DistinctBy(group => group.Number);

    [Test]
    public void The_group_comes_back_from_any_cell_origin_order_and_orientation()
    {
        var random = new Random(230);
        foreach (SpaceGroup group in StandardSettings)
        {
            AtomicCell made = MadeCrystal.Of(group, random);
            for (int i = 0; i < 3; i++)
            {
                CrystalSymmetry? found = _finder.Find(MadeCrystal.Disguised(made, random), SymmetryTolerance.Default);
                Assert.That(found?.Number, Is.EqualTo(group.Number), group.ToString());
                Assert.That(found!.Tolerance, Is.EqualTo(SymmetryTolerance.Default), group.ToString());
            }
        }
    }

    [Test]
    public void A_change_of_cell_has_a_text_and_a_way_back()
    {
        var change = new CellChange(new(0, 1, 0), new(0, 0, 1), new(1, 0, 0), new(0.25, 0, 0.5));
        Assert.That(change.ToString(), Does.Contain("0.25"));
        Assert.That(change.Inverse().Apply(change.Apply(new(0.125, 0.25, 0.375))), Is.EqualTo(new Fractional(0.125, 0.25, 0.375)));
    }

    [Test]
    public void Every_setting_of_the_table_is_recognized()
    {
        var random = new Random(530);
        foreach (SpaceGroup setting in SpaceGroup.All)
        {
            CrystalSymmetry? found = _finder.Find(MadeCrystal.Of(setting, random), SymmetryTolerance.Default);
            Assert.That(found?.Number, Is.EqualTo(setting.Number), setting.ToString());
            // Where two settings have the same operations, the first of them.
            Assert.That(found!.GivenSetting, Is.SameAs(SpaceGroup.Identify(setting.Operations)), setting.ToString());
        }
    }

    [Test]
    public void Atoms_on_every_Wyckoff_position_have_its_letter()
    {
        var random = new Random(1731);
        var parameters = new Fractional(0.1237913, 0.0771543, 0.1913311);
        int positions = 0;
        foreach (SpaceGroup group in StandardSettings)
        {
            // The axes of smallest indices, so that no others are nearer to the convention.
            foreach (WyckoffPosition position in WyckoffPosition.Of(group.Number))
            {
                AtomicCell made = MadeCrystal.Of(group, random, position.PointFor(parameters));
                CrystalSymmetry found = _finder.Find(made, SymmetryTolerance.Default)!;
                Assert.That(found.Number, Is.EqualTo(group.Number), $"{group} {position}");
                WyckoffPosition last = found.WyckoffOf(made.Count - 1);
                Assert.That(last.Multiplicity, Is.EqualTo(position.Multiplicity), $"{group} {position}");
                // Other axes of a triclinic, monoclinic or orthorhombic group may be shorter than those of the made cell: other letters are
                // right there.
                if (group.Number > 74)
                    Assert.That(last, Is.SameAs(position), $"{group} {position}");
                positions++;
            }
        }

        Assert.That(positions, Is.EqualTo(1731));
    }

    [Test]
    public void Letters_differ_by_a_permutation_of_the_normalizer_when_axes_and_origin_do()
    {
        var random = new Random(27);
        var parameters = new Fractional(0.1237913, 0.0771543, 0.1913311);
        foreach (int number in (int[])[2, 15, 47, 74, 82, 123, 187, 194, 216, 227, 230])
        {
            SpaceGroup group = StandardSettings.ElementAt(number - 1);
            IReadOnlyList<WyckoffPosition> positions = WyckoffPosition.Of(number);
            AtomicCell made = MadeCrystal.Of(group, random, [.. positions.Select(position => position.PointFor(parameters))]);
            string before = _finder.Find(made, SymmetryTolerance.Default)!.WyckoffLetters;
            AtomicCell shifted = new(made.Basis, [.. made.Positions.ToArray().Select(f => f + new Fractional(0.31, 0.47, 0.23))],
                made.Kinds);
            string after = _finder.Find(shifted, SymmetryTolerance.Default)!.WyckoffLetters;
            string letters = string.Concat(positions.Select(position => position.Letter));
            Assert.That(
                NormalizerPermutations.Of(number).Any(map => string.Concat(before.Select(
                letter => map[letters.IndexOf(letter, StringComparison.Ordinal)])) == after),
                $"{group}: {before} {after}");
        }
    }

    [Test]
    public void Noise_below_the_tolerance_does_not_matter()
    {
        var random = new Random(1);
        foreach (SpaceGroup group in StandardSettings)
        {
            AtomicCell shaken = MadeCrystal.Shaken(MadeCrystal.Disguised(MadeCrystal.Of(group, random), random), 0.002, random);
            Assert.That(_finder.Find(shaken, SymmetryTolerance.Default)?.Number, Is.EqualTo(group.Number), group.ToString());
            Assert.That(_finder.Find(shaken, new SymmetryTolerance(1e-4))?.Number, Is.EqualTo(1), group.ToString());
        }
    }

    [Test]
    public void A_symmetrized_structure_has_its_group_exactly()
    {
        var random = new Random(2);
        foreach (SpaceGroup group in StandardSettings)
        {
            AtomicCell shaken = MadeCrystal.Shaken(MadeCrystal.Disguised(MadeCrystal.Of(group, random), random), 0.002, random);
            CrystalSymmetry found = _finder.Find(shaken, SymmetryTolerance.Default)!;
            var exact = new SymmetryTolerance(1e-5);
            Assert.That(_finder.Find(found.Symmetrize(shaken), exact)?.Number, Is.EqualTo(group.Number), group.ToString());
            CrystalSymmetry? again = _finder.Find(found.Standardize(), exact);
            Assert.That(again?.Number, Is.EqualTo(group.Number), group.ToString());
            Assert.That(again!.GivenSetting?.HallSymbol, Is.EqualTo(group.HallSymbol));
        }
    }

    [Test]
    public void Supercells_have_the_group_of_their_primitive_cell()
    {
        var random = new Random(3);
        foreach (int number in (int[])[1, 14, 62, 141, 166, 194, 227])
        {
            SpaceGroup group = StandardSettings.ElementAt(number - 1);
            AtomicCell made = MadeCrystal.Of(group, random);
            var positions = new List<Fractional>();
            var kinds = new List<int>();
            for (int i = 0; i < 6; i++)
            {
                for (int atom = 0; atom < made.Count; atom++)
                {
                    Fractional f = made.Positions[atom];
                    positions.Add(new Fractional((f.X + i % 2) / 2, (f.Y + i / 2) / 3, f.Z));
                    kinds.Add(made.Kinds[atom]);
                }
            }

            var large = new AtomicCell(new Basis(2 * made.Basis.A, 3 * made.Basis.B, made.Basis.C), [.. positions], [.. kinds]);
            CrystalSymmetry found = _finder.Find(MadeCrystal.Disguised(large, random), SymmetryTolerance.Default)!;
            Assert.That((found.Number, found.Primitive.Count), Is.EqualTo((number, 2 * found.Order)));
        }
    }

    [Test]
    public void Equivalent_atoms_are_those_that_operations_exchange()
    {
        // Rutile: Ti on 2a, O on 4f.
        Fractional[] positions = [new(0, 0, 0), new(0.5, 0.5, 0.5), new(0.305, 0.305, 0), new(0.695, 0.695, 0), new(0.195, 0.805, 0.5),
            new(0.805, 0.195, 0.5)];
        CrystalSymmetry found = _finder.Find(
            new AtomicCell(Basis.Of(new UnitCell(4.594, 4.594, 2.959, 90, 90, 90)), positions, [22, 22, 8, 8, 8, 8]),
            SymmetryTolerance.Default)!;
        Assert.That((found.Number, found.Group.ShortSymbol, found.HallNumber, found.PointGroup),
            Is.EqualTo((136, "P42/mnm", 419, "4/mmm")));
        Assert.That(found.WyckoffLetters, Is.EqualTo("aaffff"));
        Assert.That(found.EquivalentAtoms.ToArray(), Is.EqualTo(new[] { 0, 0, 2, 2, 2, 2 }));
        Assert.That(found.WyckoffOf(2).SiteSymmetry, Is.EqualTo("m.2m"));
    }

    [Test]
    public void Atoms_of_one_kind_on_one_place_have_no_symmetry()
    {
        Basis cube = Basis.Of(new UnitCell(4, 4, 4, 90, 90, 90));
        Assert.That(_finder.Find(new AtomicCell(cube, [], []), SymmetryTolerance.Default), Is.Null);
        Assert.That(_finder.Find(new AtomicCell(cube, [new(0, 0, 0), new(1, 0, 0)], [1, 1]), SymmetryTolerance.Default), Is.Null);
        Assert.That(_finder.Find(new AtomicCell(cube, [new(0, 0, 0), new(1, 0, 0)], [1, 2]), SymmetryTolerance.Default)?.Number,
            Is.EqualTo(221));
    }

    [Test]
    public void Atoms_closer_than_the_tolerance_make_it_smaller()
    {
        Basis cube = Basis.Of(new UnitCell(4, 4, 4, 90, 90, 90));
        CrystalSymmetry found = _finder.Find(new AtomicCell(cube, [new(0, 0, 0), new(0.2, 0, 0)], [1, 1]), new SymmetryTolerance(1))!;
        Assert.That(found.Number, Is.EqualTo(123));
        Assert.That(found.Tolerance.Angstrom, Is.LessThan(0.8));
    }

    [Test]
    public void The_next_groups_stand_at_the_tolerance_where_they_begin()
    {
        // A cubic perovskite whose c is longer by 0.03 Å.
        Basis cell = Basis.Of(new UnitCell(3.9, 3.9, 3.93, 90, 90, 90));
        var perovskite = new AtomicCell(
            cell, [new(0, 0, 0), new(0.5, 0.5, 0.5), new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5)], [38, 22, 8, 8, 8]);
        CrystalSymmetry found = _finder.Find(perovskite, SymmetryTolerance.Default)!;
        Assert.That(found.Number, Is.EqualTo(123));
        GroupAtTolerance up = ToleranceScan.Up(_finder, perovskite, found, SymmetryTolerance.Default)!.Value;
        Assert.That(up.Number, Is.EqualTo(221));
        Assert.That(up.ToleranceAngstrom, Is.EqualTo(0.03).Within(0.002));
        Assert.That(ToleranceScan.Down(_finder, perovskite, found, SymmetryTolerance.Default), Is.Null);
    }
}
