using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Tests.Core.Neighbors;

public class VoronoiCellTests
{
    private static VoronoiCell Around(CrystalStructure crystal, int atom, double cutoff)
    {
        var cell = new VoronoiCell();
        cell.Compute(NeighborSearch.Find(crystal, [atom], cutoff), 0);
        return cell;
    }

    [Test]
    public void A_simple_cubic_atom_has_a_cube()
    {
        VoronoiCell cell = Around(TestCrystals.Polonium, 0, 7);
        Assert.That(cell.IsClosed);
        Assert.That(cell.Facets.Length, Is.EqualTo(6));
        foreach (VoronoiFacet facet in cell.Facets)
        {
            Assert.That(facet.SolidAngle, Is.EqualTo(2 * Math.PI / 3).Within(1e-12));
            Assert.That(facet.AreaSquareAngstrom, Is.EqualTo(3.359 * 3.359).Within(1e-11));
            Assert.That(facet.Corners, Is.EqualTo(4));
        }
    }

    [Test]
    public void A_face_centered_cubic_atom_has_a_rhombic_dodecahedron_whose_touching_planes_add_no_facets()
    {
        VoronoiCell cell = Around(TestCrystals.Copper, 0, 9);
        Assert.That(cell.Facets.Length, Is.EqualTo(12));
        Assert.That(cell.FarthestCornerAngstrom, Is.EqualTo(3.615 / 2).Within(1e-12));
        foreach (VoronoiFacet facet in cell.Facets)
        {
            Assert.That(facet.SolidAngle, Is.EqualTo(Math.PI / 3).Within(1e-12));
            Assert.That(facet.AreaSquareAngstrom, Is.EqualTo(3.615 * 3.615 * Math.Sqrt(2) / 8).Within(1e-12));
        }
    }

    [Test]
    public void A_body_centered_cubic_atom_has_a_truncated_octahedron()
    {
        VoronoiCell cell = Around(TestCrystals.Iron, 0, 9);
        double edge = 2.866 * Math.Sqrt(2) / 4;
        Assert.That(cell.Facets.Length, Is.EqualTo(14));
        for (int i = 0; i < 14; i++)
        {
            Assert.That(cell.Facets[i].Corners, Is.EqualTo(i < 8 ? 6 : 4));
            Assert.That(cell.Facets[i].AreaSquareAngstrom, Is.EqualTo(edge * edge * (i < 8 ? 1.5 * Math.Sqrt(3) : 1)).Within(1e-11));
        }
    }

    [Test]
    public void Cells_of_all_atoms_fill_the_crystal_and_facets_are_shared()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 60; trial++)
        {
            CrystalStructure crystal = TestCrystals.Random(random, 1 + random.Next(20), 3, 12);
            int[] atoms = [.. Enumerable.Range(0, crystal.AtomCount)];
            NeighborList list = NeighborSearch.Find(crystal, atoms, 30);
            var cell = new VoronoiCell();
            double volume = 0;
            var facets = new Dictionary<(int, int, CellImage), double>();
            foreach (int atom in atoms)
            {
                cell.Compute(list, atom);
                Assert.That(cell.IsClosed && 2 * cell.FarthestCornerAngstrom <= 30, $"trial {trial}");
                volume += cell.VolumeCubicAngstrom;
                double solidAngle = 0;
                foreach (VoronoiFacet facet in cell.Facets)
                {
                    solidAngle += facet.SolidAngle;
                    int entry = list.Offsets[atom] + facet.Entry;
                    facets.Add((atom, list.Atoms[entry], list.Images[entry]), facet.AreaSquareAngstrom);
                }

                Assert.That(solidAngle, Is.EqualTo(4 * Math.PI).Within(1e-9), $"trial {trial}");
            }

            Assert.That(volume, Is.EqualTo(crystal.Cell.Volume).Within(1e-9 * crystal.Cell.Volume), $"trial {trial}");
            foreach (((int from, int to, CellImage image), double area) in facets)
            {
                double back = facets.GetValueOrDefault((to, from, new CellImage(-image.A, -image.B, -image.C)));
                Assert.That(back, Is.EqualTo(area).Within(1e-6), $"trial {trial}");
            }
        }
    }

    [Test]
    public void Cells_of_symmetric_crystals_fill_them_too()
    {
        foreach (CrystalStructure crystal in new[] { TestCrystals.Diamond, TestCrystals.Fluorite, TestCrystals.Perovskite,
            TestCrystals.Magnesium, TestCrystals.Rutile })
        {
            double volume = Enumerable.Range(0, crystal.AtomCount).Sum(atom => Around(crystal, atom, 12).VolumeCubicAngstrom);
            Assert.That(volume, Is.EqualTo(crystal.Cell.Volume).Within(1e-10 * crystal.Cell.Volume));
        }
    }

    [Test]
    public void Atoms_on_grids_have_closed_cells_that_fill_the_crystal()
    {
        // Coordinates in halves, thirds, quarters and sixths of high-symmetry cells: many corners where more than three planes meet.
        UnitCell[] cells = [TestCrystals.Cubic(5), TestCrystals.Hexagonal(4, 6.5), new UnitCell(5, 5, 5, 60, 60, 60),
            new UnitCell(4, 4, 9, 90, 90, 90)];
        var random = new Random(23);
        var cell = new VoronoiCell();
        for (int trial = 0; trial < 120; trial++)
        {
            int grid = new[] { 2, 3, 4, 6 }[trial % 4];
            var places = new HashSet<(int, int, int)>();
            while (places.Count < 1 + trial % 8)
                places.Add((random.Next(grid), random.Next(grid), random.Next(grid)));
            CrystalStructure crystal = TestCrystals.Of(cells[random.Next(cells.Length)], [.. places.Select(p =>
                ("O", (double?)null, p.Item1 / (double)grid, p.Item2 / (double)grid, p.Item3 / (double)grid))]);
            int[] atoms = [.. Enumerable.Range(0, crystal.AtomCount)];
            NeighborList list = NeighborSearch.Find(crystal, atoms, 14);
            double volume = 0;
            foreach (int atom in atoms)
            {
                cell.Compute(list, atom);
                Assert.That(cell.IsClosed, $"trial {trial}");
                volume += cell.VolumeCubicAngstrom;
            }

            Assert.That(volume, Is.EqualTo(crystal.Cell.Volume).Within(1e-8 * crystal.Cell.Volume), $"trial {trial}");
        }
    }

    [Test]
    public void A_search_that_stops_too_early_leaves_the_cell_open()
    {
        CrystalStructure column = TestCrystals.Of(new UnitCell(3, 30, 30, 90, 90, 90), ("O", null, 0, 0, 0));
        Assert.That(Around(column, 0, 20).IsClosed, Is.False);
        VoronoiCell closed = Around(column, 0, 45);
        Assert.That(closed.IsClosed);
        Assert.That(closed.VolumeCubicAngstrom, Is.EqualTo(2700).Within(1e-8));
    }

    [Test]
    public void A_growing_search_finds_the_exact_cells_of_porous_and_layered_crystals()
    {
        CrystalStructure[] crystals =
        [
            TestCrystals.Graphite,
            TestCrystals.Of(TestCrystals.Hexagonal(2.5, 40), ("C", null, 1 / 3.0, 2 / 3.0, 0.5), ("C", null, 2 / 3.0, 1 / 3.0, 0.5)),
            TestCrystals.Of(TestCrystals.Cubic(30), ("Si", null, 0, 0, 0), ("O", null, 0.05, 0, 0), ("O", null, 0, 0.05, 0),
            ("O", null, 0, 0, 0.05)),
        ];
        var search = new VoronoiSearch();
        foreach (CrystalStructure crystal in crystals)
        {
            double volume = 0;
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                Assert.That(search.Compute(crystal, atom, double.PositiveInfinity));
                volume += search.Cell.VolumeCubicAngstrom;
            }

            Assert.That(volume, Is.EqualTo(crystal.Cell.Volume).Within(1e-8 * crystal.Cell.Volume));
        }
    }

    [Test]
    public void An_atom_at_the_same_place_makes_no_facet()
    {
        CrystalStructure mixed = TestCrystals.Of(
            TestCrystals.Cubic(4), ("Fe", 3, 0, 0, 0), ("Al", 3, 0, 0, 0), ("O", -2, 0.5, 0.5, 0.5));
        VoronoiCell cell = Around(mixed, 1, 10);
        Assert.That(cell.IsClosed);
        Assert.That(cell.VolumeCubicAngstrom, Is.EqualTo(32).Within(1e-10));
    }
}
