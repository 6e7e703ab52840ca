using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Tests.Generation;

/// <summary>Symmetries of maps that noise hides.</summary>
public sealed class MapSymmetryTests
{
    private static readonly VoxelGrid Grid = new();

    [Test]
    public void Operations_are_one_to_one_and_their_products_do_one_after_the_other()
    {
        const int Size = 4;
        int[] first = new int[64], second = new int[64], product = new int[64];
        var seen = new HashSet<string>();
        for (int i = 0; i < GridOperations.Count; i++)
        {
            GridOperations.FillImages(i, Size, first);
            Assert.That(first.Distinct().Count(), Is.EqualTo(64));
            Assert.That(seen.Add(string.Join(',', first)), "all differ");
            for (int j = i % 7; j < GridOperations.Count; j += 7)
            {
                GridOperations.FillImages(j, Size, second);
                GridOperations.FillImages(GridOperations.Product(i, j), Size, product);
                Assert.That(product, Is.EqualTo(second.Select(voxel => first[voxel])));
            }
        }

        GridOperations.FillImages(0, Size, first);
        Assert.That(first, Is.EqualTo(Enumerable.Range(0, 64)));
    }

    // 48 of Pm-3m; 192 of Fm-3m; a perovskite with two oxygen atoms and a nitrogen atom is tetragonal.
    [TestCase("Sr 0 0 0; Ti .5 .5 .5; O .5 .5 0; O .5 0 .5; O 0 .5 .5", 48)]
    [TestCase("Sr 0 0 0; Ti .5 .5 .5; O .5 .5 0; O .5 0 .5; N 0 .5 .5", 16)]
    [TestCase("Sr 0 0 0; Ti .55 .5 .5; O .5 .5 0; O .5 0 .5; N 0 .5 .3", 2)]
    [TestCase("Sr 0.03 0.11 0.2; Ti .55 .42 .67; O .5 .9 .3", 1)]
    public void The_symmetry_of_true_maps_is_found_in_spite_of_noise(string sites, int operations)
    {
        CubicCell cell = Cells.Of(3.905, sites);
        (VoxelMaps maps, bool[] isInside) = Noisy(cell, 0.02f);
        Assert.That(new MapSymmetry(Grid.Size).Impose(maps, isInside, 0.05, 0.05), Is.EqualTo(operations));
    }

    [Test]
    public void Imposed_symmetry_brings_maps_nearer_to_the_truth()
    {
        VoxelMaps truth = True(Cells.Heusler);
        (VoxelMaps maps, bool[] isInside) = Noisy(Cells.Heusler, 0.02f);
        double before = Distance(maps.Density, truth.Density);
        Assert.That(new MapSymmetry(Grid.Size).Impose(maps, isInside, 0.05, 0.05), Is.EqualTo(192));
        Assert.That(Distance(maps.Density, truth.Density), Is.LessThan(before / 5));
        Assert.That(new CellDecoder(new Voxelizer(Grid)).Decode(maps)!.Count, Is.EqualTo(16));
    }

    private static double Distance(float[] first, float[] second)
        => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (double)(a - b)).Sum());

    private static VoxelMaps True(CubicCell cell)
    {
        var maps = new VoxelMaps(Grid, new SpeciesList(cell.Elements));
        maps.FillTrue(cell, new Voxelizer(Grid), new byte[Grid.Voxels]);
        return maps;
    }

    private static (VoxelMaps Maps, bool[] IsInside) Noisy(CubicCell cell, float share)
    {
        VoxelMaps maps = True(cell);
        var random = new CounterRandom(5, 1);
        double mean = maps.Density.Average(), spread = Math.Sqrt(maps.Density.Average(value => (value - mean) * (value - mean)));
        foreach (ref float value in maps.Density.AsSpan())
            value += share * (float)(spread * random.NextNormal());
        return (maps, [.. maps.Occupancy.Select(value => value > 0.5f)]);
    }
}
