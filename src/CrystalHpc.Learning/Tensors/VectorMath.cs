using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// Exponentials, and what networks make of them, over many values at a time: the same bits on every processor, because each lane is one
/// chain of additions, products, quotients and fused multiply-adds, and the last values of a span pass through a whole vector as well. Good
/// to a few units in the last place.
/// </summary>
public static class VectorMath
{
    /// <summary>Replaces x by e^x; arguments beyond the range of normal numbers count as its ends.</summary>
    public static void Exp<T>(Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, ExpFunction<T>>(values);

    /// <summary>Replaces x by 1 / (1 + e^-x).</summary>
    public static void Sigmoid<T>(Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Apply<T, SigmoidFunction<T>>(values);

    /// <summary>Replaces x by tanh x.</summary>
    public static void Tanh<T>(Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, TanhFunction<T>>(values);

    /// <summary>Replaces x by ln(1 + e^x).</summary>
    public static void Softplus<T>(Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Apply<T, SoftplusFunction<T>>(values);

    /// <summary>Multiplies each value by a factor where the sign beside it is not positive; signs may be the values themselves.</summary>
    public static void Rectify<T>(T factor, ReadOnlySpan<T> signs, Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (signs.Length != values.Length)
            throw new ArgumentException("the two spans differ in length");
        ReadOnlySpan<Vector512<T>> signVectors = MemoryMarshal.Cast<T, Vector512<T>>(signs);
        Span<Vector512<T>> vectors = MemoryMarshal.Cast<T, Vector512<T>>(values);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Vector512.ConditionalSelect(Vector512.GreaterThan(signVectors[i], Vector512<T>.Zero), vectors[i],
                factor * vectors[i]);
        for (int i = vectors.Length * Vector512<T>.Count; i < values.Length; i++)
            values[i] = signs[i] > T.Zero ? values[i] : factor * values[i];
    }

    private static void Apply<T, TFunction>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : IVectorFunction<T>
    {
        Span<Vector512<T>> vectors = MemoryMarshal.Cast<T, Vector512<T>>(values);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = TFunction.Of(vectors[i]);
        Span<T> rest = values[(vectors.Length * Vector512<T>.Count)..];
        if (rest.IsEmpty)
            return;
        Span<T> whole = stackalloc T[Vector512<T>.Count];
        rest.CopyTo(whole);
        TFunction.Of(Vector512.Create<T>(whole)).CopyTo(whole);
        whole[..rest.Length].CopyTo(rest);
    }

    private interface IVectorFunction<T>
    {
        static abstract Vector512<T> Of(Vector512<T> x);
    }

    private readonly struct ExpFunction<T> : IVectorFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static Vector512<T> Of(Vector512<T> x)
        {
            (Vector512<T> scale, Vector512<T> tail) = ExpParts<T>.Of(x);
            return Fused.MultiplyAdd(scale, tail, scale);
        }
    }

    private readonly struct SigmoidFunction<T> : IVectorFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static Vector512<T> Of(Vector512<T> x) => Vector512<T>.One / (Vector512<T>.One + ExpFunction<T>.Of(-x));
    }

    private readonly struct TanhFunction<T> : IVectorFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // tanh |x| = -m / (2 + m) with m = e^(-2|x|) - 1, which loses no digits near zero.
        public static Vector512<T> Of(Vector512<T> x)
        {
            Vector512<T> magnitude = Vector512.Abs(x);
            (Vector512<T> scale, Vector512<T> tail) = ExpParts<T>.Of(-(magnitude + magnitude));
            Vector512<T> m = Fused.MultiplyAdd(scale, tail, scale - Vector512<T>.One);
            return Vector512.CopySign(-m / (m + Vector512<T>.One + Vector512<T>.One), x);
        }
    }

    private readonly struct SoftplusFunction<T> : IVectorFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // max(x, 0) + ln(1 + e) with e = e^-|x|; ln(1 + e) = 2 artanh f, f = e / (2 + e) <= 1/3.
        public static Vector512<T> Of(Vector512<T> x)
        {
            Vector512<T> e = ExpFunction<T>.Of(-Vector512.Abs(x));
            Vector512<T> f = e / (e + Vector512<T>.One + Vector512<T>.One), square = f * f, series = Vector512<T>.Zero;
            foreach (T coefficient in Series<T>.InverseOddNumbers)
                series = Fused.MultiplyAdd(series, square, Vector512.Create(coefficient));
            return Vector512.Max(x, Vector512<T>.Zero) + (f + f) * series;
        }
    }

    // e^x = 2^n e^r with |r| <= ln(2)/2, as scale = 2^n and tail = e^r - 1.
    private static class ExpParts<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<T> Scale, Vector512<T> Tail) Of(Vector512<T> x)
        {
            Vector512<T> limit = Vector512.Create(Series<T>.LargestExponent), rounder = Vector512.Create(Series<T>.Rounder);
            x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, limit), limit, x);
            x = Vector512.ConditionalSelect(Vector512.LessThan(x, -limit), -limit, x);
            Vector512<T> shifted = Fused.MultiplyAdd(x, Vector512.Create(Series<T>.Log2E), rounder);
            Vector512<T> n = shifted - rounder;
            Vector512<T> r = Fused.MultiplyAdd(n, Vector512.Create(-Series<T>.Ln2High), x);
            r = Fused.MultiplyAdd(n, Vector512.Create(-Series<T>.Ln2Low), r);
            Vector512<T> tail = Vector512<T>.Zero;
            foreach (T coefficient in Series<T>.InverseFactorials)
                tail = Fused.MultiplyAdd(tail, r, Vector512.Create(coefficient));
            return (PowerOfTwo(shifted), tail * r);
        }

        // The whole number n stands in the low bits of the shifted value; it becomes the exponent.
        private static Vector512<T> PowerOfTwo(Vector512<T> shifted) => typeof(T) == typeof(float)
            ? (Vector512<float>.One.AsInt32() + (shifted.AsInt32() << 23)).As<int, T>()
            : (Vector512<double>.One.AsInt64() + (shifted.AsInt64() << 52)).As<long, T>();
    }

    private static class Series<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private static bool IsSingle => typeof(T) == typeof(float);

        public static readonly T LargestExponent = T.CreateChecked(IsSingle ? 87.0 : 700.0);
        public static readonly T Log2E = T.CreateChecked(1.4426950408889634);

        // 1.5 times two to the number of fraction bits: adding it rounds to a whole number.
        public static readonly T Rounder = T.CreateChecked(IsSingle ? 12582912.0 : 6755399441055744.0);

        // ln 2 in two parts, the first short enough for exact products with exponents (Cody and Waite 1980).
        public static readonly T Ln2High = T.CreateChecked(IsSingle ? 0.693359375 : 6.93147180369123816490e-01);
        public static readonly T Ln2Low = T.CreateChecked(IsSingle ? -2.12194440e-4 : 1.90821492927058770002e-10);

        // 1/k!, k from the highest to 1: what is left out is below half a unit in the last place.
        public static readonly T[] InverseFactorials = Factorials(IsSingle ? 8 : 13);

        // 1/(2k+1), the highest first; f^2 <= 1/9.
        public static readonly T[] InverseOddNumbers = OddNumbers(IsSingle ? 8 : 17);

        private static T[] Factorials(int highest)
        {
            var values = new T[highest];
            double factorial = 1;
            for (int k = 1; k <= highest; k++)
                values[highest - k] = T.CreateChecked(1 / (factorial *= k));
            return values;
        }

        private static T[] OddNumbers(int count)
        {
            var values = new T[count];
            for (int k = 0; k < count; k++)
                values[count - 1 - k] = T.CreateChecked(1.0 / (2 * k + 1));
            return values;
        }
    }
}
