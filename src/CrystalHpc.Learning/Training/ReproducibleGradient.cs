using System.Numerics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// The sum of the gradients of virtual shards, with the same bits for any number of ranks and any order of shards: a scale for each tensor is agreed from the
/// largest exponent of all shards, each shard is rounded to 64-bit integers at that scale, and integers are added.
/// </summary>
/// <remarks>
/// Rounding a shard costs at most 2^-50 of the largest value of the tensor as long as there are fewer than 4,096 shards. Values that are no numbers are found when scales are agreed.
/// </remarks>
public sealed class ReproducibleGradient
{
    // Tensors of smaller values are summed as if they held one of this size, so that scales stay within the range of doubles.
    private const int LowestExponent = -900;

    private const int NotFinite = int.MaxValue, Nothing = int.MinValue;

    private readonly int[] _ends;
    private readonly int[] _exponents;
    private readonly long[] _sums;
    private readonly int _shardBits;

    /// <summary>Room for a sum.</summary>
    /// <param name="lengths">Number of values of each tensor; the tensors lie end to end.</param>
    /// <param name="shards">Number of virtual shards of a batch, over all ranks.</param>
    public ReproducibleGradient(IReadOnlyList<int> lengths, int shards)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        _ends = new int[lengths.Count];
        for (int i = 0, end = 0; i < lengths.Count; i++)
            _ends[i] = end += lengths[i];
        _exponents = new int[lengths.Count];
        _sums = new long[lengths.Count == 0 ? 0 : _ends[^1]];
        _shardBits = BitOperations.Log2((uint)shards) + 1;
        Clear();
    }

    /// <summary>Begins a new sum.</summary>
    public void Clear()
    {
        Array.Fill(_exponents, Nothing);
        Array.Clear(_sums);
    }

    /// <summary>Looks at the gradient of a shard; all shards of the rank are looked at before scales are agreed.</summary>
    public void Observe<T>(ReadOnlySpan<T> gradient) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tensor = 0, start = 0; tensor < _ends.Length; start = _ends[tensor++])
        {
            T largest = T.Zero;
            foreach (T value in gradient[start.._ends[tensor]])
                largest = T.Max(largest, T.Abs(value));
            int exponent = largest == T.Zero ? Nothing : T.IsFinite(largest) ? Math.Max(Math.ILogB(double.CreateChecked(largest)), LowestExponent) : NotFinite;
            _exponents[tensor] = Math.Max(_exponents[tensor], exponent);
        }
    }

    /// <summary>Agrees on the scales with all ranks.</summary>
    /// <returns>The number of a tensor that holds NaN or infinity in some shard; null where all is well.</returns>
    public int? AgreeOnScales(ICommunicator world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.AllreduceInPlace<int>(_exponents, ReduceOperation.Max);
        int broken = Array.IndexOf(_exponents, NotFinite);
        return broken < 0 ? null : broken;
    }

    /// <summary>Adds the gradient of a shard that was looked at.</summary>
    public void Add<T>(ReadOnlySpan<T> gradient) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tensor = 0, start = 0; tensor < _ends.Length; start = _ends[tensor++])
        {
            if (_exponents[tensor] == Nothing)
                continue;
            double scale = Math.ScaleB(1, ShiftOf(tensor));
            ReadOnlySpan<T> values = gradient[start.._ends[tensor]];
            Span<long> sums = _sums.AsSpan(start, values.Length);
            for (int i = 0; i < values.Length; i++)
                sums[i] += (long)Math.Round(scale * double.CreateChecked(values[i]));
        }
    }

    /// <summary>Adds the sums of all ranks.</summary>
    public void AddRanks(ICommunicator world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.AllreduceInPlace<long>(_sums, ReduceOperation.Sum);
    }

    /// <summary>Writes the sums times a factor.</summary>
    public void Read<T>(Span<T> total, double factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tensor = 0, start = 0; tensor < _ends.Length; start = _ends[tensor++])
        {
            double unit = _exponents[tensor] == Nothing ? 0 : Math.ScaleB(1, -ShiftOf(tensor));
            for (int i = start; i < _ends[tensor]; i++)
                total[i] = T.CreateChecked(_sums[i] * unit * factor);
        }
    }

    // A value below 2^(exponent + 1) becomes one below 2^(62 - bits of the number of shards), so that no sum of all shards reaches 2^63.
    private int ShiftOf(int tensor) => 61 - _shardBits - _exponents[tensor];
}
