using CrystalHpc.Learning.Training;

namespace CrystalHpc.Tests.Learning.Training;

/// <summary>How samples are dealt.</summary>
public sealed class VirtualShardsTests
{
    [Test]
    public void Every_sample_comes_once_an_epoch([Values(1, 5, 64, 100, 130)] int samples)
    {
        var deal = new VirtualShards(Numbers(samples), 64, 16);
        deal.Shuffle(3, 7);
        Assert.That(All(deal).Order(), Is.EqualTo(Enumerable.Range(0, samples)));
    }

    [Test]
    public void Batches_and_shards_are_of_equal_size_but_for_one_sample()
    {
        var deal = new VirtualShards(Numbers(130), 64, 24);
        Assert.That(deal.Batches, Is.EqualTo(3));
        for (int batch = 0; batch < deal.Batches; batch++)
        {
            Assert.That(deal.SamplesOf(batch), Is.InRange(43, 44));
            Assert.That(deal.ShardsOf(batch), Is.EqualTo(2));
            for (int shard = 0; shard < deal.ShardsOf(batch); shard++)
                Assert.That(deal.Samples(batch, shard).Length, Is.InRange(21, 22));
        }
    }

    [Test]
    public void An_epoch_has_an_order_of_its_own_that_does_not_depend_on_those_before()
    {
        VirtualShards straight = new(Numbers(50), 50, 50), jumped = new(Numbers(50), 50, 50);
        straight.Shuffle(3, 0);
        int[] first = [.. All(straight)];
        straight.Shuffle(3, 1);
        jumped.Shuffle(3, 1);
        Assert.That(All(jumped), Is.EqualTo(All(straight)));
        Assert.That(All(straight), Is.Not.EqualTo(first));
    }

    private static int[] Numbers(int samples) => [.. Enumerable.Range(0, samples)];

    private static IEnumerable<int> All(VirtualShards deal) =>
        from batch in Enumerable.Range(0, deal.Batches)
        from shard in Enumerable.Range(0, deal.ShardsOf(batch))
        from sample in deal.Samples(batch, shard).ToArray()
        select sample;
}
