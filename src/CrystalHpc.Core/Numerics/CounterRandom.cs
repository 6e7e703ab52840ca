namespace CrystalHpc.Core.Numerics;

/// <summary>
/// Random numbers from a counter: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, doi 10.1145/2063384.2063405). What an item draws
/// depends on the seed and the item's number alone, not on what was drawn before, elsewhere or by how many processes.
/// </summary>
public sealed class CounterRandom
{
    private readonly (uint Low, uint High) _key;
    private readonly ulong _item;
    private readonly uint _stream;
    private readonly uint[] _block = new uint[4];
    private uint _blocks;
    private int _used = 4;
    private double _spareNormal = double.NaN;

    /// <summary>Starts the numbers of one item.</summary>
    /// <param name="seed">Seed of everything.</param>
    /// <param name="item">Number of the item.</param>
    /// <param name="stream">Tells apart what one item draws for different purposes.</param>
    public CounterRandom(ulong seed, ulong item, uint stream = 0)
        => (_key, _item, _stream) = (((uint)seed, (uint)(seed >> 32)), item, stream);

    /// <summary>32 random bits.</summary>
    public uint NextBits()
    {
        if (_used == 4)
        {
            Philox((uint)_item, (uint)(_item >> 32), _stream, _blocks++, _key.Low, _key.High, _block);
            _used = 0;
        }

        return _block[_used++];
    }

    /// <summary>Uniform in the open interval (0, 1).</summary>
    public double NextUniform()
    {
        ulong bits = ((ulong)NextBits() << 32) | NextBits();
        return ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));
    }

    /// <summary>Uniform between two numbers.</summary>
    public double NextUniform(double low, double high) => low + (high - low) * NextUniform();

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1; the bias is below count/2^32.</summary>
    public int NextIndex(int count) => (int)(((ulong)NextBits() * (ulong)count) >> 32);

    /// <summary>One of a list.</summary>
    public T Pick<T>(IReadOnlyList<T> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list[NextIndex(list.Count)];
    }

    /// <summary>Standard normal, by Marsaglia's polar method: no trigonometric function of the platform enters.</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        while (true)
        {
            double x = NextUniform(-1, 1), y = NextUniform(-1, 1);
            double square = x * x + y * y;
            if (square is >= 1 or < 1e-300)
                continue;
            double factor = Math.Sqrt(-2 * PortableMath.Log(square) / square);
            _spareNormal = y * factor;
            return x * factor;
        }
    }

    /// <summary>Standard exponential.</summary>
    public double NextExponential() => -PortableMath.Log(NextUniform());

    /// <summary>The block of four words with a number among those of an item and a stream.</summary>
    public static void Block(ulong seed, ulong item, uint stream, uint number, Span<uint> words) =>
        Philox((uint)item, (uint)(item >> 32), stream, number, (uint)seed, (uint)(seed >> 32), words);

    /// <summary>One block of four words from a counter of four words and a key of two.</summary>
    internal static void Philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, Span<uint> output)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            (k0, k1) = (k0 + 0x9E3779B9, k1 + 0xBB67AE85);
        }

        (output[0], output[1], output[2], output[3]) = (c0, c1, c2, c3);
    }
}
