using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// How the samples of an epoch are dealt: an order from the seed and the epoch, cut into batches, each cut into virtual shards of a fixed size. None of it knows
/// the number of ranks; ranks and threads take shards of a batch, whichever they like.
/// </summary>
public sealed class VirtualShards
{
    private readonly int[] _order;
    private readonly int _batch, _shard;

    /// <summary>Room for epochs over a number of samples.</summary>
    /// <param name="samples">Number of samples.</param>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="shard">Samples of a virtual shard.</param>
    public VirtualShards(int samples, int batch, int shard)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shard, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, shard);
        (_order, _batch, _shard) = (new int[samples], batch, shard);
        Shuffle(0, 0);
    }

    /// <summary>Number of batches of an epoch; the last may be smaller.</summary>
    public int Batches => (_order.Length + _batch - 1) / _batch;

    /// <summary>Largest number of shards of a batch.</summary>
    public int MostShards => (_batch + _shard - 1) / _shard;

    /// <summary>Shuffles the samples for an epoch (Fisher and Yates), from their natural order: an epoch does not depend on those before.</summary>
    public void Shuffle(ulong seed, int epoch)
    {
        var random = new CounterRandom(seed, (ulong)epoch, stream: 1);
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = random.NextIndex(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    /// <summary>Number of shards of a batch.</summary>
    public int ShardsOf(int batch) => (LengthOf(batch) + _shard - 1) / _shard;

    /// <summary>The samples of a shard of a batch.</summary>
    public ReadOnlyMemory<int> Samples(int batch, int shard)
    {
        int start = shard * _shard;
        return _order.AsMemory(batch * _batch + start, Math.Min(_shard, LengthOf(batch) - start));
    }

    private int LengthOf(int batch) => Math.Min(_batch, _order.Length - batch * _batch);
}
