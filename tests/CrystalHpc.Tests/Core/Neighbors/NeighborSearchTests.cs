using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Tests.Core.Neighbors;

public class NeighborSearchTests
{
    [Test]
    public void Any_cell_gives_the_neighbors_that_trying_all_images_gives()
    {
        var random = new Random(20261121);
        for (int trial = 0; trial < 200; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 1 + random.Next(12));
            double cutoff = 1 + 6 * random.NextDouble();
            int[] centers = [.. Enumerable.Range(0, crystal.AtomCount)];
            NeighborList list = NeighborSearch.Find(crystal, centers, cutoff);
            for (int row = 0; row < centers.Length; row++)
                AssertSame(Row(list, row), BruteForce(crystal, centers[row], cutoff), $"trial {trial}, atom {row}");
        }
    }

    [Test]
    public void Rows_are_those_of_a_plain_search_bit_for_bit()
    {
        var random = new Random(41);
        CrystalStructure[] crystals =
        [
            TestCrystals.RockSalt, TestCrystals.Copper, TestCrystals.Perovskite, TestCrystals.Rutile, TestCrystals.Wurtzite,
            TestCrystals.Graphite,
            TestCrystals.Supercell(TestCrystals.Rutile, 3, 4, 5), TestCrystals.OtherBasis(TestCrystals.Wurtzite),
            TestCrystals.Supercell(TestCrystals.Random(random, 10, 4, 7), 5, 4, 3), TestCrystals.Random(random, 40, 4, 20),
        ];
        foreach (CrystalStructure crystal in crystals)
        {
            foreach (double cutoff in new[] { 2.1, 5, 9.5 })
            {
                int[] centers = [.. Enumerable.Range(0, Math.Min(crystal.AtomCount, 6))
                    .Select(i => i * crystal.AtomCount / 6 % crystal.AtomCount).Distinct()];
                NeighborList list = NeighborSearch.Find(crystal, centers, cutoff);
                for (int row = 0; row < centers.Length; row++)
                {
                    Range range = list.Offsets[row]..list.Offsets[row + 1];
                    Neighbor[] plain = Plain(crystal, centers[row], cutoff);
                    Assert.That(list.Atoms[range].ToArray(), Is.EqualTo(plain.Select(neighbor => neighbor.Atom)));
                    Assert.That(list.Images[range].ToArray(), Is.EqualTo(plain.Select(neighbor => neighbor.Image)));
                    Assert.That(list.Distances[range].ToArray(), Is.EqualTo(plain.Select(neighbor => neighbor.Distance)));
                    Assert.That(list.Vectors[range].ToArray(), Is.EqualTo(plain.Select(neighbor => neighbor.Vector)));
                }
            }
        }
    }

    [Test]
    public void Equally_far_neighbors_are_ordered_by_atom_and_image_and_chains_of_ties_stay_together()
    {
        var random = new Random(43);
        var order = new NeighborOrder();
        for (int trial = 0; trial < 2000; trial++)
        {
            // Steps of some 1e-8 Å, at the border between tie and difference, and of 1e-12 Å.
            double step = trial % 2 == 0 ? 1e-8 : 1e-12, distance = 1 + random.NextDouble();
            var neighbors = new Neighbor[1 + random.Next(60)];
            for (int i = 0; i < neighbors.Length; i++, distance += 1.2 * step * random.NextDouble() + (random.Next(8) == 0 ? 1e-8 : 0))
                neighbors[i] = new Neighbor(random.Next(4), new CellImage(random.Next(3), random.Next(3), i), default, distance);
            random.Shuffle(neighbors);
            order.Sort(neighbors, trial % 3 == 0 ? 1e9 : 3, inOrder: false);
            Assert.That(order.Places.ToArray().Select(place => neighbors[place]), Is.EqualTo(PlainOrder(neighbors)), $"trial {trial}");
        }
    }

    [TestCase(1, 1, 90, 90, 90, 90, TestName = "A needle of a cell")]
    [TestCase(60, 60, 1.2, 90, 90, 90, TestName = "A flat cell")]
    [TestCase(3, 3, 3, 33, 33, 33, TestName = "A sharp rhombohedron")]
    [TestCase(3, 40, 3, 90, 170, 90, TestName = "An edge angle near 180 degrees")]
    [TestCase(0.9, 0.9, 0.9, 90, 90, 90, TestName = "A cell far smaller than the cutoff")]
    public void Extreme_cells_are_searched_completely(double a, double b, double c, double alpha, double beta, double gamma)
    {
        CrystalStructure crystal = TestCrystals.Of(
            new UnitCell(a, b, c, alpha, beta, gamma), ("O", null, 0.1, 0.2, 0.3), ("O", null, 0.6, 0.9, 0.95));
        NeighborList list = NeighborSearch.Find(crystal, [1, 0], 4.5);
        AssertSame(Row(list, 0), BruteForce(crystal, 1, 4.5), "atom 1");
        AssertSame(Row(list, 1), BruteForce(crystal, 0, 4.5), "atom 0");
    }

    [Test]
    public void Rows_are_sorted_by_distance_then_atom_then_image_and_vectors_point_to_the_image()
    {
        CrystalStructure crystal = TestCrystals.RockSalt;
        NeighborList list = NeighborSearch.Find(crystal, [0, 5], 8);
        for (int row = 0; row < 2; row++)
        {
            var entries = Row(list, row).ToArray();
            var sorted = entries.Select((e, i) => (e, d: Math.Round(list.Distances[list.Offsets[row] + i], 6)))
                .OrderBy(x => x.d).ThenBy(x => x.e.Atom).ThenBy(x => x.e.Image.A).ThenBy(x => x.e.Image.B).ThenBy(x => x.e.Image.C)
                    .Select(x => x.e);
            Assert.That(entries, Is.EqualTo(sorted));
        }

        for (int i = 0; i < list.Atoms.Length; i++)
        {
            Fractional from = crystal.Positions[i < list.Offsets[1] ? 0 : 5], to = crystal.Positions[list.Atoms[i]];
            CellImage image = list.Images[i];
            Cartesian expected = crystal.Cell.ToCartesian(to + new Fractional(image.A, image.B, image.C) - from);
            Assert.That((expected - list.Vectors[i]).Length, Is.LessThan(1e-12));
            Assert.That(list.Distances[i], Is.EqualTo(expected.Length).Within(1e-12));
        }
    }

    [Test]
    public void A_distance_equal_to_the_cutoff_is_inside()
    {
        NeighborList list = NeighborSearch.Find(TestCrystals.RockSalt, [0], 5.64 / 2);
        Assert.That(list.Atoms.Length, Is.EqualTo(6));
        Assert.That(NeighborSearch.Find(TestCrystals.RockSalt, [0], 5.64 / 2 - 1e-6).Atoms.Length, Is.Zero);
    }

    [Test]
    public void Rows_do_not_depend_on_origin_axes_basis_or_cell()
    {
        var random = new Random(47);
        for (int trial = 0; trial < 40; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 1 + random.Next(8), 3, 8);
            double[][] expected = Distances(crystal);
            Fractional shift = new(random.NextDouble(), random.NextDouble(), random.NextDouble());
            AssertSameDistances(Distances(TestCrystals.Rebuilt(crystal, p => p + shift)), expected, $"trial {trial}, origin");
            AssertSameDistances(Distances(TestCrystals.Permuted(crystal)), expected, $"trial {trial}, axes");
            AssertSameDistances(Distances(TestCrystals.OtherBasis(crystal)), expected,
                $"trial {trial}, basis of the same lattice, and orientation");
            AssertSameDistances(Distances(TestCrystals.Supercell(crystal, 3, 1, 2))[..expected.Length], expected,
                $"trial {trial}, supercell");
        }

        static double[][] Distances(CrystalStructure crystal)
        {
            NeighborList list = NeighborSearch.Find(crystal, [.. Enumerable.Range(0, crystal.AtomCount)], 6);
            return [.. Enumerable.Range(0, crystal.AtomCount).Select(row
                => list.Distances[list.Offsets[row]..list.Offsets[row + 1]].ToArray())];
        }

        static void AssertSameDistances(double[][] found, double[][] expected, string where)
        {
            Assert.That(found.Length, Is.EqualTo(expected.Length), where);
            for (int row = 0; row < found.Length; row++)
                Assert.That(found[row], Is.EqualTo(expected[row]).Within(1e-9), where);
        }
    }

    [Test]
    public void Neighbors_are_mutual_and_equally_far_both_ways()
    {
        var random = new Random(53);
        for (int trial = 0; trial < 60; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 1 + random.Next(12));
            NeighborList list = NeighborSearch.Find(crystal, [.. Enumerable.Range(0, crystal.AtomCount)], 5);
            var found = new Dictionary<(int From, int To, CellImage Image), double>();
            for (int row = 0; row < crystal.AtomCount; row++)
            {
                for (int i = list.Offsets[row]; i < list.Offsets[row + 1]; i++)
                    found.Add((row, list.Atoms[i], list.Images[i]), list.Distances[i]);
            }

            foreach (((int from, int to, CellImage image), double distance) in found)
            {
                Assert.That(found.TryGetValue((to, from, new CellImage(-image.A, -image.B, -image.C)), out double back), $"trial {trial}");
                Assert.That(back, Is.EqualTo(distance).Within(1e-12), $"trial {trial}");
            }
        }
    }

    [Test]
    public void Nothing_within_the_cutoff_is_an_empty_row()
    {
        NeighborList list = NeighborSearch.Find(TestCrystals.Copper, [0, 1], 0.5);
        Assert.That(list.Offsets.ToArray(), Is.EqualTo(new[] { 0, 0, 0 }));
        Assert.That(list.Distances.Length, Is.Zero);
    }

    [Test]
    public void Shells_of_face_centered_cubic_have_their_textbook_sizes()
    {
        NeighborList list = NeighborSearch.Find(TestCrystals.Copper, [0], 3.615 * Math.Sqrt(2.5) + 1e-9);
        int[] sizes = [.. list.Distances.ToArray().GroupBy(d => Math.Round(d * d * 2 / (3.615 * 3.615))).Select(g => g.Count())];
        Assert.That(sizes, Is.EqualTo(new[] { 12, 6, 24, 12, 24 }));
    }

    [Test]
    public void Two_atoms_at_one_place_are_neighbors_at_distance_zero()
    {
        CrystalStructure crystal = TestCrystals.Of(TestCrystals.Cubic(4), ("Fe", 3, 0.25, 0.25, 0.25), ("Al", 3, 0.25, 0.25, 0.25));
        NeighborList list = NeighborSearch.Find(crystal, [0], 3);
        Assert.That(list.Atoms.ToArray(), Is.EqualTo(new[] { 1 }));
        Assert.That(list.Distances[0], Is.Zero);
    }

    [Test]
    public void Ten_thousand_atoms_have_the_neighbors_of_their_small_cell()
    {
        CrystalStructure small = TestCrystals.Random(new Random(5), 10, 5, 9);
        CrystalStructure large = TestCrystals.Supercell(small, 10, 10, 10);
        NeighborList expected = NeighborSearch.Find(small, [.. Enumerable.Range(0, 10)], 5);
        NeighborList found = NeighborSearch.Find(large, [.. Enumerable.Range(0, large.AtomCount)], 5);
        Assert.That(large.AtomCount, Is.EqualTo(10_000));
        Assert.That(found.Atoms.Length, Is.EqualTo(1000 * expected.Atoms.Length));
        for (int row = 0; row < 10_000; row += 37)
        {
            double[] distances = found.Distances[found.Offsets[row]..found.Offsets[row + 1]].ToArray();
            Assert.That(distances, Is.EqualTo(expected.Distances[expected.Offsets[row % 10]..expected.Offsets[row % 10 + 1]].ToArray())
                .Within(1e-9));
        }
    }

    [Test]
    public void An_atom_that_does_not_exist_and_a_cutoff_that_is_no_length_are_refused()
    {
        Assert.That(() => NeighborSearch.Find(TestCrystals.Copper, [4], 3), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => NeighborSearch.Find(TestCrystals.Copper, [0], double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static IEnumerable<(int Atom, CellImage Image)> Row(NeighborList list, int row)
    {
        for (int i = list.Offsets[row]; i < list.Offsets[row + 1]; i++)
            yield return (list.Atoms[i], list.Images[i]);
    }

    private static void AssertSame(IEnumerable<(int Atom, CellImage Image)> row, HashSet<(int Atom, CellImage Image)> expected,
        string where)
    {
        var found = row.ToArray();
        Assert.That(found.Length, Is.EqualTo(expected.Count), where);
        Assert.That(expected.SetEquals(found), where);
    }

    private static Neighbor[] Plain(CrystalStructure crystal, int center, double cutoff)
        => PlainOrder(BruteForce(crystal, center, cutoff + 1e-8).Select(found =>
    {
        Fractional image = new(found.Image.A, found.Image.B, found.Image.C);
        Cartesian vector = crystal.Cell.ToCartesian(crystal.Positions[found.Atom] - crystal.Positions[center] + image);
        return new Neighbor(found.Atom, found.Image, vector, vector.Length);
    }));

    private static Neighbor[] PlainOrder(IEnumerable<Neighbor> neighbors)
    {
        var groups = new List<List<Neighbor>>();
        foreach (Neighbor neighbor in neighbors.OrderBy(neighbor => neighbor.Distance))
        {
            if (groups.Count == 0 || neighbor.Distance - groups[^1][^1].Distance > 1e-8)
                groups.Add([]);
            groups[^1].Add(neighbor);
        }

        return
        [
            .. groups.SelectMany(group => group
                .OrderBy(neighbor => neighbor.Atom).ThenBy(neighbor => neighbor.Image.A).ThenBy(neighbor => neighbor.Image.B)
                    .ThenBy(neighbor => neighbor.Image.C)),
        ];
    }

    // Every image within the largest number of perpendicular widths of the given cell that the cutoff spans, plus one for the
    // fractions of the two atoms.
    private static HashSet<(int Atom, CellImage Image)> BruteForce(CrystalStructure crystal, int center, double cutoff)
    {
        UnitCell cell = crystal.Cell;
        int na = Reach(cell.AxisB, cell.AxisC), nb = Reach(cell.AxisC, cell.AxisA), nc = Reach(cell.AxisA, cell.AxisB);
        var found = new HashSet<(int, CellImage)>();
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            for (int a = -na; a <= na; a++)
            {
                for (int b = -nb; b <= nb; b++)
                {
                    for (int c = -nc; c <= nc; c++)
                    {
                        Fractional difference = crystal.Positions[atom] - crystal.Positions[center] + new Fractional(a, b, c);
                        if (cell.ToCartesian(difference).Length <= cutoff && (atom != center || (a, b, c) != (0, 0, 0)))
                            found.Add((atom, new CellImage(a, b, c)));
                    }
                }
            }
        }

        return found;

        int Reach(Cartesian u, Cartesian v) => (int)Math.Ceiling(cutoff * Cartesian.Cross(u, v).Length / cell.Volume) + 1;
    }
}
