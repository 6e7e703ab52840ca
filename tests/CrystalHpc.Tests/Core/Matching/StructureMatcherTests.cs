using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.Matching;

/// <summary>What makes structures the same, and what does not, on made structures of low symmetry.</summary>
public sealed class StructureMatcherTests
{
    private static readonly StructureMatcher Matcher = new(MatchTolerance.Default);

    [Test]
    public void Cell_origin_order_orientation_and_hand_do_not_matter([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        AtomicCell cell = Made(random, 8);
        StructureMatch? match = Compare(cell, Disguised(cell, random));
        Assert.That(match!.Value.IsSame, Is.True);
        Assert.That(match.Value.MaxDisplacement, Is.LessThan(1e-7));
        // The mirror image: a left-handed basis of the same lengths and angles.
        Basis b = cell.Basis;
        var mirrored = new AtomicCell(new Basis(Mirror(b.A), Mirror(b.B), Mirror(b.C)), cell.Positions, cell.Kinds);
        Assert.That(Compare(cell, mirrored)!.Value.MaxDisplacement, Is.LessThan(1e-7));

        static Cartesian Mirror(Cartesian v) => new(-v.X, v.Y, v.Z);
    }

    [Test]
    public void A_supercell_is_the_same_structure([Range(1, 6)] int seed)
    {
        AtomicCell cell = Made(new Random(seed), 5);
        Basis b = cell.Basis;
        Fractional[] positions = [.. cell.Positions.ToArray().SelectMany(f
            => (Fractional[])[new(f.X / 2, f.Y, f.Z), new(f.X / 2 + 0.5, f.Y, f.Z)])];
        int[] kinds = [.. cell.Kinds.ToArray().SelectMany(kind => (int[])[kind, kind])];
        StructureMatch match = Compare(cell, new AtomicCell(new Basis(2 * b.A, b.B, b.C), positions, kinds))!.Value;
        Assert.That((match.IsSame, match.MaxDisplacement), Is.EqualTo((true, 0.0)).Within(1e-7));
    }

    [Test]
    public void Displacements_are_measured_without_their_mean_in_units_of_the_room_of_an_atom()
    {
        // One of four atoms moves by d: the mean takes d/4 from all. Far from the edge of the tolerance for another pairing.
        const double D = 0.2;
        var basis = new Basis(new(4, 0, 0), new(0, 5, 0), new(0, 0, 6));
        Fractional[] positions = [new(0, 0, 0), new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5)];
        Fractional[] moved = [.. positions];
        moved[3] = new Fractional(D / 4, 0.5, 0.5);
        StructureMatch match = Compare(new AtomicCell(basis, positions, [1, 2, 3, 4]), new AtomicCell(basis, moved, [1, 2, 3, 4]))!.Value;
        double unit = Math.Cbrt(120.0 / 4);
        Assert.That(match.RmsDisplacement, Is.EqualTo(Math.Sqrt((3 * D * D / 16 + 9 * D * D / 16) / 4) / unit).Within(1e-9));
        Assert.That(match.MaxDisplacement, Is.EqualTo(0.75 * D / unit).Within(1e-9));
    }

    [Test]
    public void Volume_matters_only_when_it_is_not_scaled()
    {
        AtomicCell cell = Made(new Random(3), 6);
        Basis b = cell.Basis;
        var larger = new AtomicCell(new Basis(1.3 * b.A, 1.3 * b.B, 1.3 * b.C), cell.Positions, cell.Kinds);
        MatchableStructure first = MatchableStructure.Of(cell)!, second = MatchableStructure.Of(larger)!;
        Assert.That(Matcher.AreSame(first, second), Is.True);
        Assert.That(new StructureMatcher(MatchTolerance.Default with { ScalesVolume = false }).AreSame(first, second), Is.False);
    }

    [Test]
    public void Another_composition_has_no_alignment_and_renamed_kinds_are_of_one_type()
    {
        AtomicCell cell = Made(new Random(4), 6);
        MatchableStructure first = MatchableStructure.Of(cell)!;
        MatchableStructure renamed = MatchableStructure.Of(new AtomicCell(
            cell.Basis, cell.Positions, [.. cell.Kinds.ToArray().Select(kind => 9 - kind)]))!;
        Assert.That(Matcher.Compare(first, renamed), Is.Null);
        Assert.That(Matcher.AreSameAnonymous(first, renamed), Is.True);
        MatchableStructure other = MatchableStructure.Of(Made(new Random(5), 6))!;
        Assert.That(Matcher.AreSameAnonymous(first, other), Is.False);
        Assert.That(MatchableStructure.Of(new AtomicCell(cell.Basis, [], [])), Is.Null);
    }

    [Test]
    public void A_cell_of_extreme_shape_is_compared_with_itself()
    {
        var cell = new AtomicCell(new Basis(new(0.5, 0, 0), new(0, 0.5, 0), new(0, 0, 9000)), [new(0, 0, 0), new(0, 0, 0.3)], [1, 2]);
        Assert.That(Compare(cell, cell)!.Value.IsSame, Is.True);
    }

    [Test]
    public void Fingerprints_do_not_depend_on_the_cell_and_move_with_the_atoms([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        AtomicCell cell = Made(random, 8);
        StructureFingerprint own = Fingerprint(cell);
        Assert.That(own.DistanceTo(Fingerprint(Disguised(cell, random))), Is.LessThan(1e-4));
        double little = own.DistanceTo(Fingerprint(Shaken(cell, random, 0.02))),
            more = own.DistanceTo(Fingerprint(Shaken(cell, random, 0.3)));
        Assert.That(little, Is.GreaterThan(0).And.LessThan(more));
        Assert.That(Fingerprint(Made(new Random(seed + 50), 8)).DistanceTo(own), Is.GreaterThan(little));
    }

    [Test]
    public void Families_hold_the_disguises_of_one_structure()
    {
        var random = new Random(1);
        AtomicCell[] originals = [.. Enumerable.Range(0, 6).Select(_ => Made(random, 8))];
        var families = new StructureFamilies(MatchTolerance.Default);
        int[] first = [.. originals.Select(cell => families.Add(MatchableStructure.Of(cell)!))];
        for (int i = 0; i < originals.Length; i++)
            Assert.That(families.Add(MatchableStructure.Of(Shaken(Disguised(originals[i], random), random, 0.02))!), Is.EqualTo(first[i]));
        Assert.That((families.Count, first.Distinct().Count()), Is.EqualTo((6, 6)));
    }

    private static StructureMatch? Compare(AtomicCell first, AtomicCell second)
        => Matcher.Compare(MatchableStructure.Of(first)!, MatchableStructure.Of(second)!);

    private static StructureFingerprint Fingerprint(AtomicCell cell) => StructureFingerprint.Of(MatchableStructure.Of(cell)!);

    // Atoms of three kinds at random places in a triclinic cell, none closer than 1.6 Å.
    private static AtomicCell Made(Random random, int atoms)
    {
        var basis = new Basis(new(5 + random.NextDouble(), 0, 0), new(random.NextDouble(), 6 + random.NextDouble(), 0),
            new(1 - random.NextDouble(), random.NextDouble(), 7));
        var positions = new List<Fractional>();
        while (positions.Count < atoms)
        {
            var f = new Fractional(random.NextDouble(), random.NextDouble(), random.NextDouble());
            if (positions.TrueForAll(other => basis.ToCartesian((f - other).Nearest()).Length > 1.6))
                positions.Add(f);
        }

        return new AtomicCell(basis, [.. positions], [.. Enumerable.Range(0, atoms)
            .Select(atom => 1 + (atom % 4 == 0 ? 0 : atom % 4 == 1 ? 1 : 2))]);
    }

    // Another basis of the lattice, turned, with another origin and order.
    private static AtomicCell Disguised(AtomicCell cell, Random random)
    {
        Basis b = cell.Basis.Transformed(new IntMatrix(1, 1, 0, 0, 1, 0, 0, -1, 1));
        double angle = 6 * random.NextDouble();
        var turned = new Basis(Turned(b.A, angle), Turned(b.B, angle), Turned(b.C, angle));
        var origin = new Fractional(random.NextDouble(), random.NextDouble(), random.NextDouble());
        int[] order = [.. Enumerable.Range(0, cell.Count).OrderBy(_ => random.Next())];
        AtomicCell source = cell;
        return new AtomicCell(
            turned, [.. order.Select(atom => b.Reciprocal.Project(source.Basis.ToCartesian(source.Positions[atom] + origin)))],
            [.. order.Select(atom => source.Kinds[atom])]);

        static Cartesian Turned(Cartesian v, double angle)
        {
            (double sin, double cos) = Math.SinCos(angle);
            var about = new Cartesian(cos * v.X - sin * v.Y, sin * v.X + cos * v.Y, v.Z);
            return new Cartesian(about.X, cos * about.Y - sin * about.Z, sin * about.Y + cos * about.Z);
        }
    }

    private static AtomicCell Shaken(AtomicCell cell, Random random, double angstrom)
    {
        Basis reciprocal = cell.Basis.Reciprocal;
        return new AtomicCell(cell.Basis, [.. cell.Positions.ToArray()
            .Select(f => f + reciprocal.Project(new Cartesian(Step(), Step(), Step())))], cell.Kinds);

        double Step() => angstrom * (2 * random.NextDouble() - 1);
    }
}
