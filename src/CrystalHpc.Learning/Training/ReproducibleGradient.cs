using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// The sum of the gradients and losses of virtual shards, with the same bits for any number of ranks and any order of shards: a scale for
/// each tensor is agreed from the largest exponent of all shards, each shard is rounded to 64-bit integers at that scale, and integers are
/// added.
/// </summary>
/// <remarks>
/// Rounding a shard costs at most 2^-50 of the largest value of the tensor as long as there are fewer than 4,096 shards. Values that are no
/// numbers are found when scales are agreed.
/// </remarks>
public sealed class ReproducibleGradient
{
    // Tensors of smaller values are summed as if they held one of this size, so that scales stay within the range of doubles.
    private const int LowestExponent = -900;

    // Sums of so many values stay in the first cache while all shards are added.
    private const int Block = 2048;

    private const int NotFinite = int.MaxValue, Nothing = int.MinValue;

    private readonly int[] _ends;
    private readonly int[] _exponents;
    private readonly long[] _sums;
    private readonly int _shardBits;

    /// <summary>Room for a sum.</summary>
    /// <param name="lengths">Number of values of each tensor; the tensors lie end to end. The loss is a tensor of one value behind
    /// them.</param>
    /// <param name="shards">Number of virtual shards of a batch, over all ranks.</param>
    public ReproducibleGradient(IReadOnlyList<int> lengths, int shards)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        _ends = new int[lengths.Count];
        int end = 0;
        for (int i = 0; i < lengths.Count; i++)
            _ends[i] = end += lengths[i];
        _exponents = new int[lengths.Count + 1];
        _sums = new long[end + 1];
        _shardBits = BitOperations.Log2((uint)shards) + 1;
        Clear();
    }

    /// <summary>The sum of the losses of all shards, once ranks have been added.</summary>
    public double Loss => _exponents[^1] == Nothing ? 0 : _sums[^1] * Math.ScaleB(1, -ShiftOf(_ends.Length));

    /// <summary>Begins a new sum.</summary>
    public void Clear()
    {
        Array.Fill(_exponents, Nothing);
        Array.Clear(_sums);
    }

    /// <summary>
    /// Looks at the gradient and the loss of a shard; all shards of the rank are looked at before scales are agreed. Safe for several
    /// threads at once.
    /// </summary>
    public void Observe<T>(ReadOnlySpan<T> gradient, double loss) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tensor = 0, start = 0; tensor < _ends.Length; start = _ends[tensor++])
            Observe(tensor, double.CreateChecked(LargestMagnitude(gradient[start.._ends[tensor]])));
        Observe(_ends.Length, Math.Abs(loss));
    }

    /// <summary>Agrees on the scales with all ranks.</summary>
    /// <returns>The number of a tensor that holds NaN or infinity in some shard, one too many for the loss; null where all is
    /// well.</returns>
    public int? AgreeOnScales(ICommunicator world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.AllreduceInPlace<int>(_exponents, ReduceOperation.Max);
        int broken = Array.IndexOf(_exponents, NotFinite);
        return broken < 0 ? null : broken;
    }

    /// <summary>Adds the gradients and the losses of shards that were looked at; none of the gradients where losses alone count.</summary>
    public void Add<T>(ReadOnlySpan<T[]> gradients, ReadOnlySpan<double> losses) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tensor = 0, start = 0; tensor < _ends.Length; start = _ends[tensor++])
        {
            double scale = _exponents[tensor] == Nothing ? 0 : Math.ScaleB(1, ShiftOf(tensor));
            for (int first = start; first < _ends[tensor] && scale > 0; first += Block)
            {
                Span<long> sums = _sums.AsSpan(first, Math.Min(Block, _ends[tensor] - first));
                foreach (T[] gradient in gradients)
                    AddRounded(gradient.AsSpan(first, sums.Length), scale, sums);
            }
        }

        foreach (double loss in _exponents[^1] == Nothing ? [] : losses)
            _sums[^1] += (long)Math.Round(Math.ScaleB(1, ShiftOf(_ends.Length)) * loss);
    }

    /// <summary>Adds the sums of all ranks.</summary>
    public void AddRanks(ICommunicator world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.AllreduceInPlace<long>(_sums, ReduceOperation.Sum);
    }

    /// <summary>Writes the sums of the gradients, each tensor times a factor of its own.</summary>
    public void Read<T>(Span<T> total, ReadOnlySpan<double> factors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tensor = 0, start = 0; tensor < _ends.Length; start = _ends[tensor++])
        {
            double unit = _exponents[tensor] == Nothing ? 0 : Math.ScaleB(1, -ShiftOf(tensor));
            ReadUnits(_sums.AsSpan(start, _ends[tensor] - start), unit, factors[tensor], total[start..]);
        }
    }

    // A value below 2^(exponent + 1) becomes one below 2^(62 - bits of the number of shards), so that no sum of all shards reaches 2^63.
    private int ShiftOf(int tensor) => 61 - _shardBits - _exponents[tensor];

    private void Observe(int tensor, double largest)
    {
        int exponent = largest == 0 ? Nothing : double.IsFinite(largest) ? Math.Max(Math.ILogB(largest), LowestExponent) : NotFinite;
        lock (_exponents)
            _exponents[tensor] = Math.Max(_exponents[tensor], exponent);
    }

    // Maxima of vectors keep NaN, as those of numbers do.
    private static T LargestMagnitude<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector512<T>> vectors = MemoryMarshal.Cast<T, Vector512<T>>(values);
        Vector512<T> largest = Vector512<T>.Zero;
        foreach (Vector512<T> vector in vectors)
            largest = Vector512.Max(largest, Vector512.Abs(vector));
        T result = T.Zero;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
            result = T.Max(result, largest[lane]);
        foreach (T value in values[(vectors.Length * Vector512<T>.Count)..])
            result = T.Max(result, T.Abs(value));
        return result;
    }

    private static void ReadUnits<T>(ReadOnlySpan<long> sums, double unit, double factor, Span<T> total)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0, width = Vector512<double>.Count;
        for (; typeof(T) == typeof(float) && i + width <= sums.Length; i += width)
        {
            Vector512<double> values = Vector512.ConvertToDouble(Vector512.Create(sums[i..])) * unit * factor;
            Vector256.Narrow(values.GetLower(), values.GetUpper()).As<float, T>().CopyTo(total[i..]);
        }

        for (; i < sums.Length; i++)
            total[i] = T.CreateChecked(sums[i] * unit * factor);
    }

    private static void AddRounded<T>(ReadOnlySpan<T> values, double scale, Span<long> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector512<long>> targets = MemoryMarshal.Cast<long, Vector512<long>>(sums);
        Vector512<double> scales = Vector512.Create(scale);
        for (int i = 0; i < targets.Length; i++)
            targets[i] += Vector512.ConvertToInt64Native(Vector512.Round(
                scales * VectorSpan.Widened(values[(i * Vector512<double>.Count)..])));
        for (int i = targets.Length * Vector512<double>.Count; i < values.Length; i++)
            sums[i] += (long)Math.Round(scale * double.CreateChecked(values[i]));
    }
}
