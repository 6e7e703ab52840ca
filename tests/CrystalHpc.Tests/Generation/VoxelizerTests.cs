using CrystalHpc.Core.Crystals;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Tests.Generation;

/// <summary>Voxels are what their formulas say, and move as the crystal moves.</summary>
public sealed class VoxelizerTests
{
    private static readonly CubicCell[] Known = [Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler, Cells.Random(1, 6)];

    [Test]
    public void The_densities_add_up_to_the_electrons([ValueSource(nameof(Known))] CubicCell cell, [Values(16, 32)] int size)
    {
        var grid = new VoxelGrid(size);
        double voxel = cell.EdgeAngstrom / size, smallest = cell.Elements.Min(VoxelRadii.Of);
        Assume.That(smallest, Is.GreaterThan(0.9 * voxel), "a Gaussian that is narrower than voxels is not integrated by them");
        double sum = Density(grid, cell).Sum(value => (double)value) * voxel * voxel * voxel;
        int electrons = cell.Elements.Sum(element => element.AtomicNumber);
        Assert.That(sum, Is.EqualTo(electrons).Within(1e-6 * electrons));
    }

    [TestCase(true, false, 0)]
    [TestCase(false, true, 0)]
    [TestCase(true, false, 0.25)]
    public void Vectors_give_what_the_formulas_give(bool isNormalized, bool hasUnitWidth, double margin)
    {
        var grid = new VoxelGrid(16, isNormalized, hasUnitWidth, margin);
        foreach (CubicCell cell in Known)
        {
            float[] density = Density(grid, cell);
            byte[] species = Species(grid, cell);
            double most = density.Max();
            for (int voxel = 0; voxel < grid.Voxels; voxel += 7)
            {
                (int x, int y, int z) = (voxel % 16, voxel / 16 % 16, voxel / 256);
                Assert.That(density[voxel], Is.EqualTo(PlainVoxelizer.Density(grid, cell, x, y, z)).Within(1e-6 * most));
                Assert.That(species[voxel], Is.EqualTo(PlainVoxelizer.Species(grid, cell, x, y, z)));
            }
        }
    }

    [Test]
    public void The_unnormalized_density_of_an_atom_is_its_number_at_the_atom()
    {
        // The middle of voxel 8 is at 8.5/16.
        CubicCell lonely = Cells.Of(12, "Ba .53125 .53125 .53125");
        Assert.That(Density(new VoxelGrid(16, IsNormalized: false), lonely)[(8 * 16 + 8) * 16 + 8], Is.EqualTo(56).Within(1e-4));
    }

    [Test]
    public void A_crystal_moved_by_whole_voxels_is_the_moved_map([ValueSource(nameof(Known))] CubicCell cell)
    {
        var grid = new VoxelGrid();
        CubicCell moved = cell with { Positions = [.. cell.Positions.Select(
            f => (f + new Fractional(3 / 16.0, 1 / 16.0, 9 / 16.0)).Wrapped())] };
        (float[] density, float[] densityMoved) = (Density(grid, cell), Density(grid, moved));
        (byte[] species, byte[] speciesMoved) = (Species(grid, cell), Species(grid, moved));
        for (int voxel = 0; voxel < grid.Voxels; voxel++)
        {
            int target = ((voxel / 256 + 9) % 16 * 16 + (voxel / 16 % 16 + 1) % 16) * 16 + (voxel % 16 + 3) % 16;
            Assert.That(densityMoved[target], Is.EqualTo(density[voxel]).Within(1e-5));
            Assert.That(speciesMoved[target], Is.EqualTo(species[voxel]));
        }
    }

    [Test]
    public void A_rotated_crystal_is_the_rotated_map()
    {
        var grid = new VoxelGrid();
        CubicCell cell = Known[^1];
        (float[] density, byte[] species) = (Density(grid, cell), Species(grid, cell));
        float[] rotated = new float[grid.Voxels];
        byte[] rotatedSpecies = new byte[grid.Voxels];
        foreach (CubeRotation rotation in CubeRotation.All)
        {
            rotation.Apply<float>(density, rotated, 16);
            rotation.Apply<byte>(species, rotatedSpecies, 16);
            CubicCell turned = rotation.Apply(cell);
            Assert.That(rotated, Is.EqualTo(Density(grid, turned)).Within(1e-5));
            Assert.That(rotatedSpecies, Is.EqualTo(Species(grid, turned)));
        }
    }

    [Test]
    public void There_are_24_rotations_the_identity_first_and_none_mirrors()
    {
        Assert.That(CubeRotation.All, Has.Count.EqualTo(24).And.Unique);
        Assert.That(CubeRotation.All[0], Is.EqualTo(new CubeRotation(0, 1, 2, 0)));
        foreach (CubeRotation rotation in CubeRotation.All)
        {
            Fractional a = Image(rotation, new(0.25, 0, 0)), b = Image(rotation, new(0, 0.25, 0)), c = Image(rotation, new(0, 0, 0.25));
            double determinant = a.X * (b.Y * c.Z - b.Z * c.Y) - a.Y * (b.X * c.Z - b.Z * c.X) + a.Z * (b.X * c.Y - b.Y * c.X);
            Assert.That(determinant, Is.EqualTo(1 / 64.0).Within(1e-12));
        }

        static Fractional Image(CubeRotation rotation, Fractional f) => rotation.Apply(f).Nearest();
    }

    [Test]
    public void Coordinates_are_those_of_the_middles_of_voxels()
    {
        float[] along = new float[16];
        new Voxelizer(new VoxelGrid()).FillCoordinates(Cells.CesiumChloride, along);
        Assert.That(along[0], Is.EqualTo(4.12 / 32).Within(1e-6));
        Assert.That(along[15], Is.EqualTo(4.12 * 15.5 / 16).Within(1e-6));
    }

    private static float[] Density(VoxelGrid grid, CubicCell cell)
    {
        float[] density = new float[grid.Voxels];
        new Voxelizer(grid).FillDensity(cell, density);
        return density;
    }

    private static byte[] Species(VoxelGrid grid, CubicCell cell)
    {
        byte[] species = new byte[grid.Voxels];
        new Voxelizer(grid).FillSpecies(cell, species);
        return species;
    }
}
