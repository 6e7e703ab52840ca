namespace CrystalHpc.Core.Numerics;

/// <summary>
/// A vector of sums of doubles whose totals do not depend on the order or grouping of the addends: each sum is a fixed-point integer,
/// so that adding over shards, threads and ranks is integer addition and gives the same bits every time.
/// </summary>
/// <remarks>
/// Range: an addend must be below 2^79 in magnitude; what lies below 2^-80 is cut off (toward zero), nothing else is rounded. A sum takes
/// any number of addends as long as the total stays below 2^100. An addend that is NaN, infinite or too large makes its sum NaN everywhere.
/// The idea of exact accumulation in integer limbs is that of Kulisch (1971); this one keeps four limbs of 40 bits with carries delayed.
/// </remarks>
public sealed class ReproducibleSum
{
    private const int LimbCount = 4;
    private const int LimbBits = 40;
    private const int FractionBits = 80;
    private const long LimbMask = (1L << LimbBits) - 1;

    // Limbs hold 63 bits, an addend fills 40 of them: carries can wait for this many additions.
    private const int AdditionsBeforeCarry = 1 << 22;

    // Per sum: four limbs, least significant first, then the number of addends that could not be represented.
    private const int Stride = LimbCount + 1;
    private readonly long[] _limbs;
    private int _additions;

    /// <summary>A vector of sums, all zero.</summary>
    /// <param name="count">Number of sums.</param>
    public ReproducibleSum(int count) => _limbs = new long[checked(count * Stride)];

    /// <summary>Number of sums.</summary>
    public int Count => _limbs.Length / Stride;

    /// <summary>Sets every sum to zero.</summary>
    public void Clear()
    {
        Array.Clear(_limbs);
        _additions = 0;
    }

    /// <summary>Adds a number to one sum.</summary>
    public void Add(int index, double value)
    {
        Span<long> limbs = _limbs.AsSpan(index * Stride, Stride);
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent - 1023 >= FractionBits - 1)
        {
            limbs[LimbCount]++;
            return;
        }

        // Addends below 2^-80 vanish here; subnormal numbers (exponent 0) are among them.
        ulong mantissa = ((ulong)bits & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000;
        int shift = exponent - 1075 + FractionBits;
        if (shift < 0)
        {
            mantissa = shift > -64 ? mantissa >> -shift : 0;
            shift = 0;
        }

        (int limb, int offset) = Math.DivRem(shift, LimbBits);
        long sign = bits < 0 ? -1 : 1;
        long rest = (long)(mantissa >> (LimbBits - offset));
        limbs[limb] += sign * ((long)(mantissa << offset) & LimbMask);
        limbs[limb + 1] += sign * (rest & LimbMask);

        // 53 bits reach into a third limb only from places that leave room for one.
        if (rest >> LimbBits != 0)
            limbs[limb + 2] += sign * (rest >> LimbBits);

        if (++_additions == AdditionsBeforeCarry)
            Carry();
    }

    /// <summary>Replaces every sum by its total over all processes.</summary>
    public void AllReduce(GlobalSum globalSum)
    {
        ArgumentNullException.ThrowIfNull(globalSum);
        Carry();
        globalSum(_limbs);
        Carry();
    }

    /// <summary>Adds the sums of another vector of the same length, exactly.</summary>
    public void Add(ReproducibleSum other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._limbs.Length != _limbs.Length)
            throw new ArgumentException("the two vectors differ in length", nameof(other));
        Carry();
        other.Carry();
        for (int i = 0; i < _limbs.Length; i++)
            _limbs[i] += other._limbs[i];
        Carry();
    }

    /// <summary>One sum, correctly rounded to the nearest double; NaN when an addend could not be represented.</summary>
    public double Read(int index)
    {
        Span<long> limbs = stackalloc long[Stride];
        _limbs.AsSpan(index * Stride, Stride).CopyTo(limbs);
        if (limbs[LimbCount] != 0)
            return double.NaN;
        Carry(limbs);
        bool negative = limbs[LimbCount - 1] < 0;
        if (negative)
        {
            for (int i = 0; i < LimbCount; i++)
                limbs[i] = -limbs[i];
            Carry(limbs);
        }

        int top = LimbCount - 1;
        while (top > 0 && limbs[top] == 0)
            top--;

        // The leading bits go into 128, the rest into one sticky bit; then to 62 bits, again sticky, which convert with one rounding.
        UInt128 leading = ((UInt128)(ulong)limbs[top] << 64) | ((UInt128)(ulong)At(limbs, top - 1) << 24) | (ulong)(
            At(limbs, top - 2) >> 16);
        if ((At(limbs, top - 2) & 0xFFFF) != 0 || At(limbs, top - 3) != 0)
            leading |= 1;
        int drop = Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(leading) - 62);
        UInt128 kept = leading >> drop;
        if (kept << drop != leading)
            kept |= 1;
        double magnitude = Math.ScaleB((double)(long)kept, drop - 64 + LimbBits * top - FractionBits);
        return negative ? -magnitude : magnitude;
    }

    private static long At(ReadOnlySpan<long> limbs, int index) => index >= 0 ? limbs[index] : 0;

    private void Carry()
    {
        for (int start = 0; start < _limbs.Length; start += Stride)
            Carry(_limbs.AsSpan(start, LimbCount));
        _additions = 0;
    }

    // Brings all limbs but the last into [0, 2^40); the last keeps the sign.
    private static void Carry(Span<long> limbs)
    {
        for (int i = 0; i < LimbCount - 1; i++)
        {
            limbs[i + 1] += limbs[i] >> LimbBits;
            limbs[i] &= LimbMask;
        }
    }
}
