using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Generation.Prediction.Judgment;
using CrystalHpc.Generation.Prediction.Sampling;

namespace CrystalHpc.Tests.Generation;

/// <summary>Draws become candidates, or are counted with the reason why not.</summary>
public sealed class SamplingTests
{
    private static readonly CubicCell Overlapping = Cells.Of(4.1, "Cs 0 0 0; Cl .5 .5 .5; Ti .5 .5 .75");
    private static readonly KnownCellsModel Model = new(Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler, Overlapping);

    [Test]
    public void Every_draw_is_counted_and_the_wish_is_kept()
    {
        SamplingResult result = new Sampler(Model).Draw(LatentSource.Random(1), Wish(50) with { MostAttempts = 60 });
        Assert.That(result.Tally.Counts.Sum(), Is.EqualTo(60).And.EqualTo(result.Attempts));
        Assert.That(result.CountOf(DropReason.Kept), Is.EqualTo(result.Candidates.Count));
        Assert.That(result.CountOf(DropReason.NoCell), Is.GreaterThan(0), "normal numbers below -0.5");
        Assert.That(result.CountOf(DropReason.Duplicate), Is.GreaterThan(0));
        Assert.That(result.Candidates.Select(candidate => candidate.Key), Is.Unique.And.Contains("SrTiO3").And.Contains("CsCl"));
        Assert.That(result.ValidShare, Is.EqualTo(1 - result.CountOf(DropReason.NoCell) / 60.0).Within(1e-12));
    }

    [Test]
    public void A_type_elements_and_their_absence_can_be_asked_for()
    {
        LatentSource line = LatentSource.Between(new("", [0]), new("", [2]), 3);
        SamplingResult typed = new Sampler(Model).Draw(line, Wish(3) with { Type = CellClass.X2YZ });
        Assert.That(typed.Candidates.Select(candidate => candidate.Key), Is.EqualTo(new[] { "MnAlCu2" }));
        Assert.That(typed.CountOf(DropReason.OtherType), Is.EqualTo(2));
        SamplingResult among = new Sampler(Model).Draw(line, Wish(3) with { Elements = Set("Cs Cl Sr Ti O"), Excluded = Set("Cl") });
        Assert.That(among.Candidates.Select(candidate => candidate.Key), Is.EqualTo(new[] { "SrTiO3" }));
        Assert.That(among.CountOf(DropReason.Elements), Is.EqualTo(2));
    }

    [Test]
    public void Atoms_closer_than_any_bond_are_dropped_and_counted()
    {
        CubicCell close = Cells.Of(4.12, "Cs 0 0 0; Cl .3 .3 0");
        SamplingResult result = new Sampler(new KnownCellsModel(close, Cells.Perovskite))
            .Draw(LatentSource.Between(new("", [0]), new("", [1]), 2), Wish(2));
        Assert.That(close.LeastDistance(), Is.InRange(1.7, 1.8), "the published limit of 0.5 A lets it pass");
        Assert.That((result.CountOf(DropReason.BondTooShort), result.CountOf(DropReason.Kept)), Is.EqualTo((1, 1)));
        Assert.That(result.ValidShare, Is.EqualTo(1));
    }

    [Test]
    public void The_smallest_tolerance_that_gives_a_symmetry_counts_and_tells_how_far_atoms_moved()
    {
        // Each atom in a direction of its own, by so much along x, y and z at most.
        CubicCell Moved(double angstrom) => Cells.Perovskite with
        {
            Positions = [.. Cells.Perovskite.Positions.Select((f, i) => new Fractional(
                f.X + angstrom / 3.905 * Math.Cos(1 + 5 * i), f.Y + angstrom / 3.905 * Math.Cos(2 + 7 * i),
                f.Z + angstrom / 3.905 * Math.Cos(3 + 11 * i)))],
        };
        double[] ladder = [0.1, 0.2, 0.3];
        SymmetrizedCrystal Found(double angstrom) => SymmetrizedCrystal.Of(Moved(angstrom).ToAtomicCell(), ladder)!;
        Assert.That((Found(0).Group, Found(0).ToleranceAngstrom, Found(0).MovedAngstrom < 1e-9), Is.EqualTo((221, 0.1, true)));
        Assert.That((Found(0.005).Group, Found(0.005).ToleranceAngstrom), Is.EqualTo((221, 0.1)));
        Assert.That(Found(0.005).MovedAngstrom, Is.InRange(0.001, 0.02));

        // The first displacement for which the least tolerance finds nothing: a larger one does.
        double first = Enumerable.Range(1, 50).Select(i => 0.01 * i)
            .First(angstrom => SymmetrizedCrystal.Of(Moved(angstrom).ToAtomicCell(), [0.1])!.Group == 1);
        Assert.That(Found(first).Group, Is.GreaterThan(1));
        Assert.That(Found(first).ToleranceAngstrom, Is.GreaterThan(0.1));
        Assert.That(Found(first).MovedAngstrom, Is.InRange(0.01, 0.3));
        Assert.That((Found(0.6).Group, Found(0.6).ToleranceAngstrom, Found(0.6).MovedAngstrom < 1e-6), Is.EqualTo((1, 0.1, true)),
            "no symmetry: as it is");
    }

    [Test]
    public void Around_a_crystal_that_is_drawn_again_and_again_the_variance_grows_to_twice()
    {
        var source = LatentSource.Around([new("a", [0])], 0.5);
        for (int draw = 0; draw < 40; draw++)
            source.Learn(DropReason.Kept);
        Assert.That(source.Variance, Is.EqualTo(0.5));
        for (int draw = 0; draw < 2000; draw++)
            source.Learn(DropReason.Duplicate);
        Assert.That(source.Variance, Is.EqualTo(1));
    }

    [Test]
    public void Symmetry_comes_with_the_crystal()
    {
        SamplingResult result = new Sampler(Model).Draw(LatentSource.Between(new("", [0]), new("", [2]), 3), Wish(3));
        Assert.That(result.Candidates.Select(candidate => candidate.Crystal.Group), Is.EqualTo(new[] { 221, 221, 225 }));
        Assert.That(result.Candidates.Select(candidate => candidate.Crystal.Structure.AtomCount), Is.EqualTo(new[] { 2, 5, 16 }));
        Assert.That(result.Candidates.Select(candidate => candidate.Crystal.Structure.Sites.Count), Is.EqualTo(new[] { 2, 3, 3 }));
        Assert.That(result.Candidates[1].Crystal.Structure.Cell.A, Is.EqualTo(3.905).Within(1e-6));
    }

    [Test]
    public void Draws_depend_on_the_seed_and_their_number_alone()
    {
        (float[] first, float[] again, float[] other) = (new float[8], new float[8], new float[8]);
        LatentSource source = LatentSource.Random(8);
        source.Fill(5, 3, first);
        source.Fill(5, 2, again);
        source.Fill(5, 3, again);
        source.Fill(6, 3, other);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
        var around = LatentSource.Around([new("a", [10]), new("b", [-10])], 0.01);
        float[] latent = [0];
        Assert.That(around.Fill(1, 1, latent), Is.EqualTo("b"));
        Assert.That(latent[0], Is.EqualTo(-10).Within(1));
    }

    [Test]
    public void A_model_that_is_right_has_perfect_scores()
    {
        GenerationSample[] samples = [.. new[] { Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler }.Select((cell, i) =>
            new GenerationSample("", (CellClass)i, "", cell, double.NaN))];
        foreach (bool through in new[] { false, true })
        {
            JudgedCrystals judged = new ModelJudge(Model).Judge(samples, through);
            Assert.That(
                new[] { judged.Voxels.Recall, judged.Voxels.F1WithBackground, judged.Voxels.F1WithoutBackground, judged.Cells.Valid,
                judged.Cells.Complete, judged.Cells.Matched },
                Is.All.EqualTo(1));
            Assert.That(judged.Cells.EarthMoversDistance, Is.LessThan(1e-3));
            Assert.That(judged.Cells.EdgeError + judged.Cells.SiteDifference, Is.Zero);
            Assert.That(judged.Lines().Count(), Is.EqualTo(5));
        }
    }

    [Test]
    public void Scores_of_wrong_cells_are_what_they_are_by_hand()
    {
        var scores = new CellScores(16);
        CubicCell moved = Cells.CesiumChloride with { Positions = [new(0.05, 0, 0), new(0.5, 0.5, 0.5)] };
        scores.Add(Cells.CesiumChloride, 4.02, moved);
        scores.Add(Cells.Perovskite, 3.905, null);
        Assert.That(scores.EarthMoversDistance, Is.EqualTo(0.05 * 4.12 / 2).Within(1e-12));
        Assert.That(scores.SiteDifference, Is.EqualTo(2.5));
        Assert.That(scores.EdgeError, Is.EqualTo(0.05).Within(1e-12));
        Assert.That((scores.Valid, scores.Complete, scores.Matched), Is.EqualTo((0.5, 0, 0.5)),
            "0.05 of an edge is more than half a voxel");
    }

    [Test]
    public void A_match_is_decided_by_the_root_mean_square_of_displacements()
    {
        // In units of (V/N)^(1/3) the largest displacement is 0.53, the root mean square 0.26.
        CubicCell one = Cells.Perovskite with { Positions = [.. Cells.Perovskite.Positions.Select(
            (f, i) => i == 2 ? new Fractional(0.884, 0.5, 0) : f)] };
        var scores = new CellScores(16);
        scores.Add(Cells.Perovskite, 3.905, one);
        Assert.That(scores.Matched, Is.EqualTo(1));
        Assert.That(scores.MatchedRms, Is.InRange(0.2, 0.3));
        scores.Add(Cells.Perovskite, 3.905, one with { Elements = Cells.Random(1, 5).Elements });
        Assert.That(scores.Matched, Is.EqualTo(0.5), "other elements");
    }

    [Test]
    public void Recall_and_F1_count_voxels()
    {
        (byte[] species, VoxelMaps maps) = HalfRight();
        var scores = new VoxelScores();
        scores.Add(species, maps);
        // 8 of 4096 voxels are occupied; 4 are found, 2 have another element, 2 are empty, and 4 more are taken for occupied.
        Assert.That(scores.Recall, Is.EqualTo(0.5));
        Assert.That(scores.F1WithoutBackground, Is.EqualTo(2 * 4 / (8.0 + 10)));
        Assert.That(scores.F1WithBackground, Is.EqualTo(1 - 6 / 4096.0));
    }

    private static SamplingWish Wish(int count) => new(count, 1, null, null, new HashSet<Element>(), new HashSet<Element>(), 1000);

    private static HashSet<Element> Set(string symbols) => [.. symbols.Split(' ').Select(Element.Of)];

    private static (byte[] Species, VoxelMaps Maps) HalfRight()
    {
        var maps = new VoxelMaps(new VoxelGrid(), new SpeciesList(Cells.CesiumChloride.Elements));
        byte[] species = new byte[4096];
        for (int voxel = 0; voxel < 12; voxel++)
        {
            species[voxel] = (byte)(voxel < 8 ? 55 : 0);
            maps.Occupancy[voxel] = voxel is 6 or 7 ? 0.1f : 0.9f;
            maps.Probabilities[voxel * 2 + (voxel is 4 or 5 ? 0 : 1)] = 1;
        }

        return (species, maps);
    }
}
