using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Training;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Tests.Generation;

/// <summary>Which crystals an epoch shows, and how often.</summary>
public sealed class GenerationDataTests
{
    private static readonly GenerationData Data = new(
        new GenerationTable([.. Salts()], [], 0, ""), new VoxelGrid(16));

    [Test]
    public void An_epoch_shows_each_crystal_once_where_no_share_is_asked_for() =>
        Assert.That(Data.Epoch(0), Is.EqualTo(Data.Training));

    [Test]
    public void Crystals_of_a_rare_kind_come_until_their_kind_has_its_share()
    {
        int rare = Data.Training.Count(IsRare), shown = Data.Epoch(0.2).Count(IsRare);
        Assert.That(rare, Is.LessThan(0.2 * Data.Training.Length));
        Assert.That(shown, Is.GreaterThanOrEqualTo(0.2 * Data.Training.Length));
        Assert.That(shown - rare, Is.LessThan(0.2 * Data.Training.Length));
        Assert.That(Data.Epoch(0.2).Where(i => !IsRare(i)), Is.EqualTo(Data.Training.Where(i => !IsRare(i))));
    }

    [Test]
    public void No_crystal_comes_more_than_ten_times() =>
        Assert.That(Data.Epoch(1).GroupBy(i => i).Max(group => group.Count()), Is.LessThanOrEqualTo(10));

    private static bool IsRare(int sample) => Data.Samples[sample].Class == CellClass.Perovskite;

    // 190 crystals of two elements and ten perovskites, whose formulas are dealt to the parts as any.
    private static IEnumerable<GenerationSample> Salts()
    {
        for (int i = 0; i < 200; i++)
        {
            (CellClass kind, CubicCell cell) = i % 20 == 0
                ? (CellClass.Perovskite, Cells.Perovskite) : (CellClass.AB, Cells.CesiumChloride);
            yield return new GenerationSample($"{i}", kind, $"formula {i}", cell, -1);
        }
    }
}
