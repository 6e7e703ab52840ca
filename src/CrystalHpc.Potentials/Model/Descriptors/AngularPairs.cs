using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// Sums over the neighbors k of an atom for one neighbor j, one angular function a lane, without what depends on j alone.
/// </summary>
/// <param name="Value">Of the functions.</param>
/// <param name="Along">Of the derivatives along the direction of j, from the angle.</param>
/// <param name="Radial">The same from the third side, divided by the distance of j.</param>
/// <param name="X">Of the derivatives along the directions of all k.</param>
/// <param name="Y">The same.</param>
/// <param name="Z">The same.</param>
internal readonly record struct PairSums(
    Vector512<double> Value, Vector512<double> Along, Vector512<double> Radial, Vector512<double> X, Vector512<double> Y,
        Vector512<double> Z);

/// <summary>All pairs of one neighbor j with neighbors k that an angular function sees, by column.</summary>
internal sealed class AngularPairs
{
    private const int Lanes = CenterPlan.Lanes;

    // Directions and distances of k, the cosine, the square of the third side, and the places of k in the neighborhood.
    private double[] _x = [], _y = [], _z = [], _r = [], _cosine = [], _square = [], _places = [];

    // Factors of one exponential: of the value, of the angle, of the third side, and that times the distance of k.
    private double[] _value = [], _angle = [], _side = [], _sideTimesR = [];

    // Powers and their derivatives divided by the distance of j, one vector for each k.
    private Vector512<double>[] _powers = [], _slopes = [];
    private int _count;

    /// <summary>Collects the pairs of a neighbor.</summary>
    /// <returns>False when there are none.</returns>
    public bool Collect(AtomNeighborhood near, AngularGroup group, int j, int from, int to)
    {
        Resize(to - from + Lanes);
        double x = near.X[j], y = near.Y[j], z = near.Z[j], r = near.R[j];
        Vector512<double> limit = Vector512.Create(group.Cutoff), limitSquare = limit * limit;
        _count = 0;
        for (int k = from; k < to; k += Lanes)
        {
            Vector512<double> kx = Load(near.X, k), ky = Load(near.Y, k), kz = Load(near.Z, k), kr = Load(near.R, k);
            Vector512<double> cosine = Vector512.FusedMultiplyAdd(kz, Vector512.Create(z),
                Vector512.FusedMultiplyAdd(ky, Vector512.Create(y), kx * x));
            Vector512<double> square = kr * kr + Vector512.Create(r * r) - cosine * kr * (2 * r);
            Vector512<long> places = Vector512.Create((long)k) + Vector512<long>.Indices;
            Vector512<double> isSeen = Vector512.LessThan(kr, limit) & ~Vector512.Equals(places, Vector512.Create((long)j)).AsDouble();
            if (group.IsNarrow)
                isSeen &= Vector512.LessThan(square, limitSquare);
            ulong lanes = isSeen.ExtractMostSignificantBits();
            if (lanes == 0)
                continue;
            if (Avx512F.IsSupported)
            {
                Compress(kx, isSeen, _x);
                Compress(ky, isSeen, _y);
                Compress(kz, isSeen, _z);
                Compress(kr, isSeen, _r);
                Compress(cosine, isSeen, _cosine);
                Compress(square, isSeen, _square);
                Compress(places.AsDouble(), isSeen, _places);
                _count += BitOperations.PopCount(lanes);
                continue;
            }

            for (; lanes != 0; lanes &= lanes - 1, _count++)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                (_x[_count], _y[_count], _z[_count], _r[_count]) = (kx[lane], ky[lane], kz[lane], kr[lane]);
                (_cosine[_count], _square[_count], _places[_count]) = (cosine[lane], square[lane],
                    BitConverter.Int64BitsToDouble(places[lane]));
            }
        }

        // What fills the last vector must be harmless.
        for (int k = _count; k < _count + Lanes; k++)
            (_cosine[k], _square[k], _r[k], _places[k]) = (0, 0, 0, 0);
        return _count > 0;
    }

    /// <summary>Computes the powers of 1 + lambda cos theta of all pairs.</summary>
    public void Raise(AngularBlock block, double r)
    {
        Vector512<double> lambda = block.Lambda, scale = block.Scale, slope = block.Slope * (1 / r);
        Vector512<double>[] bits = block.Bits;
        for (int k = 0; k < _count; k++)
        {
            Vector512<double> p = Vector512.Max(Vector512.FusedMultiplyAdd(lambda, Vector512.Create(_cosine[k]), Vector512<double>.One),
                Vector512<double>.Zero);
            Vector512<double> power = Vector512<double>.One, square = p;
            for (int bit = 0; bit < bits.Length; bit++)
            {
                power = Vector512.ConditionalSelect(bits[bit], power * square, power);
                square *= square;
            }

            _powers[k] = power * p * scale;
            _slopes[k] = power * slope;
        }
    }

    /// <summary>Multiplies the powers by an exponential of both other sides, and sums.</summary>
    /// <param name="shell">The exponential.</param>
    /// <param name="ofNeighbors">Its values at the distances of all neighbors.</param>
    /// <param name="isNarrow">The third side counts.</param>
    /// <param name="derivatives">Derivatives are wanted.</param>
    public PairSums Sum(Shell shell, ReadOnlySpan<double> ofNeighbors, bool isNarrow, bool derivatives)
    {
        Multiply(shell, ofNeighbors, isNarrow);
        return derivatives ? (isNarrow ? SumAll() : SumAngles()) : new PairSums(SumValues(), default, default, default, default, default);
    }

    private void Multiply(Shell shell, ReadOnlySpan<double> ofNeighbors, bool isNarrow)
    {
        double inverseSquare = 1 / (shell.Cutoff * shell.Cutoff);
        Span<double> own = stackalloc double[Lanes];
        for (int k = 0; k < _count; k += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
                own[lane] = ofNeighbors[(int)BitConverter.DoubleToInt64Bits(_places[k + lane])];
            Vector512<double> weight = Vector512.Create<double>(own), cosine = Load(_cosine, k);
            if (!isNarrow)
            {
                Store(weight, _value, k);
                Store(cosine * weight, _angle, k);
                continue;
            }

            Vector512<double> square = Load(_square, k);
            (Vector512<double> cutoff, Vector512<double> slope) = CosineCutoff.Of(square, inverseSquare);
            Vector512<double> exponential, stretch;
            if (shell.Shift == 0)
            {
                exponential = Exp(square * -shell.Eta) * weight;
                stretch = Vector512.Create(2 * shell.Eta);
            }
            else
            {
                Vector512<double> side = Vector512.Sqrt(square), distance = side - Vector512.Create(shell.Shift);
                exponential = Exp(distance * distance * -shell.Eta) * weight;
                stretch = distance / Vector512.Max(side, Vector512.Create(1e-30)) * (2 * shell.Eta);
            }

            Vector512<double> value = exponential * cutoff, ofSide = exponential * (slope - cutoff * stretch);
            Store(value, _value, k);
            Store(cosine * value, _angle, k);
            Store(ofSide, _side, k);
            Store(ofSide * Load(_r, k), _sideTimesR, k);
        }
    }

    private Vector512<double> SumValues()
    {
        Vector512<double> even = default, odd = default;
        int k = 0;
        for (; k + 1 < _count; k += 2)
        {
            even = Vector512.FusedMultiplyAdd(_powers[k], Vector512.Create(_value[k]), even);
            odd = Vector512.FusedMultiplyAdd(_powers[k + 1], Vector512.Create(_value[k + 1]), odd);
        }

        return k < _count ? Vector512.FusedMultiplyAdd(_powers[k], Vector512.Create(_value[k]), even) + odd : even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private PairSums SumAll()
    {
        Vector512<double> sum = default, along = default, radial = default, x = default, y = default, z = default;
        ref double values = ref MemoryMarshal.GetArrayDataReference(_value), angles = ref MemoryMarshal.GetArrayDataReference(_angle);
        ref double sides = ref MemoryMarshal.GetArrayDataReference(_side),
            sidesTimesR = ref MemoryMarshal.GetArrayDataReference(_sideTimesR);
        ref double xs = ref MemoryMarshal.GetArrayDataReference(_x), ys = ref MemoryMarshal.GetArrayDataReference(_y),
            zs = ref MemoryMarshal.GetArrayDataReference(_z);
        ref Vector512<double> powers = ref MemoryMarshal.GetArrayDataReference(_powers),
            slopes = ref MemoryMarshal.GetArrayDataReference(_slopes);
        int count = _count;
        for (nint k = 0; k < count; k++)
        {
            Vector512<double> power = Unsafe.Add(ref powers, k), slope = Unsafe.Add(ref slopes, k),
                value = Vector512.Create(Unsafe.Add(ref values, k));
            Vector512<double> across = Vector512.FusedMultiplyAdd(power, Vector512.Create(-Unsafe.Add(ref sidesTimesR, k)), slope * value);
            sum = Vector512.FusedMultiplyAdd(power, value, sum);
            along = Vector512.FusedMultiplyAdd(slope, Vector512.Create(Unsafe.Add(ref angles, k)), along);
            radial = Vector512.FusedMultiplyAdd(power, Vector512.Create(Unsafe.Add(ref sides, k)), radial);
            x = Vector512.FusedMultiplyAdd(across, Vector512.Create(Unsafe.Add(ref xs, k)), x);
            y = Vector512.FusedMultiplyAdd(across, Vector512.Create(Unsafe.Add(ref ys, k)), y);
            z = Vector512.FusedMultiplyAdd(across, Vector512.Create(Unsafe.Add(ref zs, k)), z);
        }

        return new PairSums(sum, -along, radial, x, y, z);
    }

    private PairSums SumAngles()
    {
        Vector512<double> sum = default, along = default, x = default, y = default, z = default;
        for (int k = 0; k < _count; k++)
        {
            Vector512<double> across = _slopes[k] * _value[k];
            sum = Vector512.FusedMultiplyAdd(_powers[k], Vector512.Create(_value[k]), sum);
            along = Vector512.FusedMultiplyAdd(_slopes[k], Vector512.Create(_angle[k]), along);
            x = Vector512.FusedMultiplyAdd(across, Vector512.Create(_x[k]), x);
            y = Vector512.FusedMultiplyAdd(across, Vector512.Create(_y[k]), y);
            z = Vector512.FusedMultiplyAdd(across, Vector512.Create(_z[k]), z);
        }

        return new PairSums(sum, -along, default, x, y, z);
    }

    /// <summary>e^x of numbers that may be far below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) =>
        PortableMath.ExpInRange(Vector512.Max(x, Vector512.Create(-PortableMath.MaximumExponent)));

    private void Resize(int size)
    {
        if (_x.Length >= size)
            return;
        size += size / 4;
        (_x, _y, _z, _r) = (new double[size], new double[size], new double[size], new double[size]);
        (_cosine, _square, _places) = (new double[size], new double[size], new double[size]);
        (_value, _angle, _side, _sideTimesR) = (new double[size], new double[size], new double[size], new double[size]);
        (_powers, _slopes) = (new Vector512<double>[size], new Vector512<double>[size]);
    }

    private void Compress(Vector512<double> vector, Vector512<double> isSeen, double[] target) =>
        Avx512F.Compress(Vector512<double>.Zero, isSeen, vector)
            .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)_count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(double[] source, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(source), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> vector, double[] target, int index) =>
        vector.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)index);
}
