using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Jobs;

/// <summary>Rows travel between ranks without losing a bit or their order.</summary>
public sealed class RowGatheringTests
{
    private sealed record Row(int Rank, double Value, string Text, IReadOnlyList<double> More);

    [Test]
    public void Rank_zero_gets_the_rows_of_all_ranks_in_the_order_of_the_ranks([Values(1, 2, 5)] int ranks)
        => ThreadCommunicator.Run(ranks, world =>
    {
        IReadOnlyList<Row>? gathered = world.Gather(Enumerable.Range(0, world.Rank)
            .Select(i => new Row(world.Rank, 0.1 * i, $"Å {i}", [i])));
        if (world.Rank > 0)
            Assert.That(gathered, Is.Null);
        else
            Assert.That(gathered!.Select(row => row.Rank), Is.EqualTo(Enumerable.Range(0, ranks)
                .SelectMany(rank => Enumerable.Repeat(rank, rank))));
    });

    [TestCase(0.1)]
    [TestCase(-0.0)]
    [TestCase(double.Epsilon)]
    [TestCase(1.7976931348623157e308)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void Numbers_keep_their_bits(double value) => ThreadCommunicator.Run(2, world =>
    {
        IReadOnlyList<Row> rows = world.GatherToAll([new Row(world.Rank, value, "", [value])], all => all);
        Assert.That(rows.SelectMany(row => row.More.Append(row.Value)).Select(BitConverter.DoubleToInt64Bits),
            Is.All.EqualTo(BitConverter.DoubleToInt64Bits(value)));
    });

    [Test]
    public void Every_rank_gets_the_rows_as_rank_zero_arranges_them() => ThreadCommunicator.Run(3, world =>
    {
        BondKey[] mine = [Key("Si", 4), Key(world.Rank == 1 ? "Al" : "Na", world.Rank + 1)];
        IReadOnlyList<BondKey> all = world.GatherToAll(mine, keys => keys.Distinct().Order());
        Assert.That(all, Is.EqualTo(new[] { Key("Na", 1), Key("Na", 3), Key("Al", 2), Key("Si", 4) }));
    });

    [Test]
    public void Each_owner_gets_its_rows_in_the_order_of_the_ranks([Values(1, 2, 5)] int ranks) => ThreadCommunicator.Run(ranks, world =>
    {
        IReadOnlyList<Row> mine = world.Exchange(Enumerable.Range(0, 7).Select(i => new Row(world.Rank, i, "", [])), row
            => (int)row.Value % world.Size);
        IEnumerable<(int, double)> expected = Enumerable.Range(0, ranks)
            .SelectMany(rank => Enumerable.Range(0, 7).Where(i => i % ranks == world.Rank).Select(i => (rank, (double)i)));
        Assert.That(mine.Select(row => (row.Rank, row.Value)), Is.EqualTo(expected));
    });

    private static BondKey Key(string cation, int charge)
        => new(new Species(Element.Of(cation), (sbyte)charge), new Species(Element.Of("O"), -2));
}
