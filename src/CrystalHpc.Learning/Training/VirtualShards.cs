using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// How the samples of an epoch are dealt: an order from the seed and the epoch, cut into batches, each cut into virtual shards. Batches of
/// an epoch, and shards of a batch, are of equal size but for one sample. None of it knows the number of ranks; ranks and threads take
/// shards of a batch, whichever they like.
/// </summary>
public sealed class VirtualShards
{
    private readonly ReadOnlyMemory<int> _samples;
    private readonly int[] _order;
    private readonly int _batch, _shard;

    /// <summary>Deals samples in the order given.</summary>
    /// <param name="samples">Numbers of the samples, one at least.</param>
    /// <param name="batch">Samples of a batch, at most.</param>
    /// <param name="shard">Samples of a virtual shard, at most.</param>
    public VirtualShards(ReadOnlyMemory<int> samples, int batch, int shard)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples.Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shard, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, shard);
        (_samples, _order, _batch, _shard) = (samples, samples.ToArray(), batch, shard);
    }

    /// <summary>Number of samples.</summary>
    public int Count => _order.Length;

    /// <summary>Number of batches of an epoch.</summary>
    public int Batches => (_order.Length + _batch - 1) / _batch;

    /// <summary>Largest number of shards of a batch.</summary>
    public int MostShards => (_batch + _shard - 1) / _shard;

    /// <summary>
    /// Shuffles the samples for an epoch (Fisher and Yates), from the order given: an epoch does not depend on those before.
    /// </summary>
    public void Shuffle(ulong seed, int epoch)
    {
        var random = new CounterRandom(seed, (ulong)epoch, stream: 1);
        _samples.CopyTo(_order);
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = random.NextIndex(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    /// <summary>Number of samples of a batch.</summary>
    public int SamplesOf(int batch) => Start(batch + 1, Batches, Count) - Start(batch, Batches, Count);

    /// <summary>Number of shards of a batch.</summary>
    public int ShardsOf(int batch) => (SamplesOf(batch) + _shard - 1) / _shard;

    /// <summary>The samples of a shard of a batch.</summary>
    public ReadOnlyMemory<int> Samples(int batch, int shard)
    {
        int shards = ShardsOf(batch), samples = SamplesOf(batch), start = Start(shard, shards, samples);
        return _order.AsMemory(Start(batch, Batches, Count) + start, Start(shard + 1, shards, samples) - start);
    }

    // Where a part begins when a number of items is cut into equal parts.
    private static int Start(int part, int parts, int items) => (int)((long)items * part / parts);
}
