using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Shards are contiguous ranges of the manifest of about equal size; ids are unique and stable.</summary>
public sealed class ShardPlanTests
{
    [Test]
    public void Shards_are_numbered_without_gaps_in_manifest_order([Values(1, 2, 7, 1000)] int shards)
    {
        ManifestRow[] dealt = Deal(Rows(200, seed: 5), shards);
        int[] numbers = [.. dealt.Select(row => row.Shard)];
        Assert.That(numbers, Is.Ordered);
        Assert.That(numbers.Distinct(), Is.EqualTo(Enumerable.Range(0, numbers[^1] + 1)));
        Assert.That(numbers[^1] + 1, Is.LessThanOrEqualTo(Math.Min(shards, 200)));
    }

    [Test]
    public void Shards_hold_about_the_same_number_of_bytes()
    {
        ManifestRow[] dealt = Deal(Rows(20_000, seed: 7), 16);
        long[] bytes = [.. dealt.GroupBy(row => row.Shard).Select(shard => shard.Sum(row => row.Bytes))];
        Assert.That(bytes, Has.Length.EqualTo(16));
        Assert.That(bytes.Max(), Is.LessThan(1.1 * bytes.Average()));
        Assert.That(bytes.Min(), Is.GreaterThan(0.9 * bytes.Average()));
    }

    [Test]
    public void Files_that_would_share_an_id_keep_their_paths()
    {
        ManifestRow[] rows =
        [
            new("", "a/1000041.cif", 10, "", 0), new("", "b/1000041.cif", 10, "", 0), new("", "x.cif", 10, "", 0),
            new("", "x.mcif", 10, "", 0),
        ];
        Assert.That(Deal(rows, 1).Select(row => row.Id), Is.EqualTo(new[] { "1000041", "b/1000041.cif", "x", "x.mcif" }));
    }

    private static ManifestRow[] Deal(ManifestRow[] rows, int shards)
    {
        var plan = new ShardPlan(rows.Sum(ShardPlan.Weight), shards);
        return [.. rows.Select(plan.Place)];
    }

    private static ManifestRow[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new ManifestRow(
            "", $"f/{i:D6}.cif", (long)(100 * Math.Exp(4 * random.NextDouble())), "", 0))];
    }
}
