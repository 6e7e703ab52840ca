using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Jobs;

/// <summary>Rows sorted over ranks.</summary>
public sealed class RankSortTests
{
    [Test]
    public void The_ranks_have_all_rows_in_order_and_none_has_many_more_than_its_share([Values(1, 2, 3, 4, 9)] int ranks,
        [Values(0, 3, 20000)] int rows)
    {
        var random = new Random(3);
        long[] all = [.. Enumerable.Range(0, rows).Select(i => (long)random.Next() << 20 | (uint)i)];
        var shares = new List<long>[ranks];
        ThreadCommunicator.Run(ranks, world => shares[world.Rank] = RankSort.Sort(
            world, [.. all.Where((_, i) => i % 7 % ranks == world.Rank)], Comparer<long>.Default, (writer, row) =>
                writer.Write(row), reader => reader.ReadInt64()));
        Assert.That(shares.SelectMany(share => share), Is.EqualTo(all.Order()));
        if (rows > 1000)
            Assert.That(shares.Max(share => share.Count), Is.LessThan(1.4 * rows / ranks));
    }

    [Test]
    public void Bytes_of_any_length_get_to_every_rank([Values(1, 2, 3, 4, 5, 8, 13)] int ranks) => ThreadCommunicator.Run(ranks, world =>
    {
        static byte[] Message(int from, int to) => [.. Enumerable.Repeat((byte)(16 * from + to), (from * 7 + to * 5) % 11 * 100)];
        for (int time = 0; time < 3; time++)
            Assert.That(world.ExchangeBytes(rank => Message(world.Rank, rank)),
                Is.EqualTo(Enumerable.Range(0, ranks).Select(rank => Message(rank, world.Rank))));
    });

    [Test]
    public void Everyone_asked_answers_in_the_order_of_the_question([Values(1, 2, 5)] int ranks) => ThreadCommunicator.Run(ranks, world =>
    {
        byte[][] answers = world.Ask(rank => [(byte)world.Rank, (byte)rank], question => [.. question, (byte)(100 + world.Rank)]);
        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, ranks)
            .Select(rank => new[] { (byte)world.Rank, (byte)rank, (byte)(100 + rank) })));
    });
}
