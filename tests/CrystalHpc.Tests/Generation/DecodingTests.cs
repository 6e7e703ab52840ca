using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Generation.Prediction.Judgment;

namespace CrystalHpc.Tests.Generation;

/// <summary>Crystals come back from their voxels, and noise never does harm.</summary>
public sealed class DecodingTests
{
    private static readonly CubicCell[] Known = [Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler, Cells.Random(2, 5)];

    [Test]
    public void True_maps_come_back_as_the_crystal([ValueSource(nameof(Known))] CubicCell cell, [Values(16, 32)] int size)
    {
        CellComparison comparison = Decode(cell, size, new DecoderOptions());
        Assert.That(comparison.Fault, Is.EqualTo(CellFault.None));
        Assert.That(comparison.LargestDistance, Is.LessThan(0.01));
    }

    [Test]
    public void Maxima_of_the_density_alone_lose_light_atoms_beside_heavy_ones() =>
        Assert.That(Decode(Cells.Of(4.0, "Pb 0 0 0; W .5 .5 .5; O .5 .5 0; O .5 0 .5; O 0 .5 .5"), 16, DecoderOptions.OfDensity).Fault,
            Is.Not.EqualTo(CellFault.None));

    [Test]
    public void Refinement_moves_atoms_to_where_the_density_has_them()
    {
        var voxelizer = new Voxelizer(new VoxelGrid());
        CubicCell cell = Cells.Random(3, 5);
        float[] density = new float[voxelizer.Grid.Voxels];
        voxelizer.FillDensity(cell, density);
        CubicCell displaced = cell with { Positions = [.. cell.Positions.Select(
            (f, i) => (f + new Fractional(0.01, -0.008 * (i % 2), 0.012)).Wrapped())] };
        CubicCell refined = new PositionRefinement(voxelizer).Refine(displaced, density, 6);
        Assert.That(CellComparison.Of(cell, displaced, 1).MeanDistance, Is.GreaterThan(0.05));
        Assert.That(CellComparison.Of(cell, refined, 1).LargestDistance, Is.LessThan(1e-4));
    }

    [Test]
    public void Random_voxels_never_fail_and_what_they_give_is_a_cell([Values(16, 32)] int size)
    {
        var grid = new VoxelGrid(size);
        var species = new SpeciesList([.. Cells.Perovskite.Elements, .. Cells.Heusler.Elements]);
        var decoder = new CellDecoder(new Voxelizer(grid));
        var maps = new VoxelMaps(grid, species);
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -1, float.MaxValue];
        for (ulong round = 0; round < 12; round++)
        {
            var random = new CounterRandom(7, round);
            double share = random.NextUniform();
            maps.EdgeAngstrom = round % 5 == 4 ? double.NaN : random.NextUniform(1, 22);
            foreach (float[] map in new[] { maps.Density, maps.Occupancy, maps.Probabilities })
            {
                for (int i = 0; i < map.Length; i++)
                    map[i] = random.NextUniform() < 0.01 * (round % 3) ? random.Pick(special) : (float)(
                        random.NextUniform() * (random.NextUniform() < share ? 1 : 0.1));
            }

            CubicCell? cell = decoder.Decode(maps);
            if (cell is null)
                continue;
            Assert.That(cell.EdgeAngstrom, Is.InRange(DecoderOptions.LeastEdgeAngstrom, DecoderOptions.MostEdgeAngstrom));
            Assert.That(cell.Count, Is.InRange(1, DecoderOptions.MostSites));
            Assert.That(cell.Positions, Is.All.Matches<Fractional>(f => f.X is >= 0 and < 1 && f.Y is >= 0 and < 1 && f.Z is >= 0 and < 1));
        }
    }

    [Test]
    public void Empty_maps_and_grids_with_a_margin_have_no_cell()
    {
        var grid = new VoxelGrid();
        var maps = new VoxelMaps(grid, new SpeciesList(Cells.Perovskite.Elements)) { EdgeAngstrom = 4 };
        Assert.That(new CellDecoder(new Voxelizer(grid)).Decode(maps), Is.Null);
        Assert.That(() => new CellDecoder(new Voxelizer(grid with { Margin = 0.25 })), Throws.ArgumentException);
    }

    [TestCase(0.4)]
    [TestCase(3.7)]
    [TestCase(7.3)]
    public void Sums_over_balls_are_those_voxel_by_voxel(double radius)
    {
        const int Size = 16;
        var random = new CounterRandom(5, 0);
        float[] map = [.. Enumerable.Range(0, Size * Size * Size).Select(_ => (float)random.NextUniform())];
        double[] sums = new double[map.Length];
        new BallFilter(Size).Sum(map, radius, sums);
        foreach (int voxel in new[] { 0, 17, 1234, 4095 })
        {
            double sum = 0;
            for (int other = 0; other < map.Length; other++)
            {
                int x = Off(voxel % 16, other % 16), y = Off(voxel / 16 % 16, other / 16 % 16), z = Off(voxel / 256, other / 256);
                sum += x * x + y * y + z * z <= radius * radius ? map[other] : 0;
            }

            Assert.That(sums[voxel], Is.EqualTo(sum).Within(1e-9));
        }

        static int Off(int first, int second) => Math.Min(Math.Abs(first - second), Size - Math.Abs(first - second));
    }

    [Test]
    public void Basins_are_those_of_the_maxima_and_ties_are_one_maximum()
    {
        const int Size = 16;
        float[] heights = new float[Size * Size * Size];
        bool[] inside = new bool[heights.Length];
        // Two plateaus of two voxels along x with a valley between, and one alone across the face of the cell.
        foreach ((int x, float height) in new[] { (2, 5f), (3, 5f), (4, 1f), (5, 4f), (6, 4f), (15, 3f), (0, 3f) })
            (heights[x], inside[x]) = (height, true);
        var watershed = new Watershed(Size);
        float[] colors = new float[heights.Length];
        Array.Fill(colors, 1f);
        Assert.That(watershed.Flood(heights, inside, colors, 1, 0.2, 0.95), Is.EqualTo(3));
        Assert.That(watershed.Basins[2], Is.EqualTo(watershed.Basins[4]).And.EqualTo(watershed.Basins[3]));
        Assert.That(watershed.Basins[15], Is.EqualTo(watershed.Basins[0]));
        Assert.That(watershed.Flood(heights, inside, colors, 1, 0.2, 0.2), Is.EqualTo(2), "a saddle of 1 is more than a fifth of 4");
    }

    [Test]
    public void Tables_are_read_back_completely_from_their_own_voxels()
    {
        string path = TestPaths.SharedOrIgnore("datasets/mp20-biternary/mp20_biternary.csv.gz");
        GenerationSample[] samples = [.. GenerationTable.Read([path]).Samples.Where((_, i) => i % 10 == 0)];
        Assert.That(new OracleStudy(samples, new VoxelGrid()).Run(new DecoderOptions()).Select(comparison => comparison.Fault),
            Is.All.EqualTo(CellFault.None));
    }

    private static CellComparison Decode(CubicCell cell, int size, DecoderOptions options)
    {
        var grid = new VoxelGrid(size);
        var voxelizer = new Voxelizer(grid);
        var maps = new VoxelMaps(grid, new SpeciesList(cell.Elements));
        maps.FillTrue(cell, voxelizer, new byte[grid.Voxels]);
        return CellComparison.Of(cell, new CellDecoder(voxelizer, options).Decode(maps), cell.EdgeAngstrom / size);
    }
}
