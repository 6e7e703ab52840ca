using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// Natural logarithms of many values at a time, with the same bits on every processor (see <see cref="VectorMath"/>). Good to a few units
/// in the last place.
/// </summary>
public static class VectorLogarithm
{
    /// <summary>Replaces x, a normal number above 0, by ln x.</summary>
    public static void Log<T>(Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector512<T>> vectors = MemoryMarshal.Cast<T, Vector512<T>>(values);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Of(vectors[i]);
        Span<T> rest = values[(vectors.Length * Vector512<T>.Count)..];
        if (rest.IsEmpty)
            return;
        Span<T> whole = stackalloc T[Vector512<T>.Count];
        whole.Fill(T.One);
        rest.CopyTo(whole);
        Of(Vector512.Create<T>(whole)).CopyTo(whole);
        whole[..rest.Length].CopyTo(rest);
    }

    // x = 2^n m with m from sqrt(1/2) to sqrt(2); ln x = n ln 2 + 2 artanh f, f = (m - 1) / (m + 1), f^2 < 0.03.
    private static Vector512<T> Of<T>(Vector512<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Vector512<T> n, Vector512<T> m) = Split(x);
        Vector512<T> f = (m - Vector512<T>.One) / (m + Vector512<T>.One), square = f * f, series = Vector512<T>.Zero;
        foreach (T coefficient in Series<T>.InverseOddNumbers)
            series = Fused.MultiplyAdd(series, square, Vector512.Create(coefficient));
        Vector512<T> small = Fused.MultiplyAdd(n, Vector512.Create(Series<T>.Ln2Low), (f + f) * series);
        return Fused.MultiplyAdd(n, Vector512.Create(Series<T>.Ln2High), small);
    }

    private static (Vector512<T> Exponent, Vector512<T> Mantissa) Split<T>(Vector512<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<int> bits = x.AsInt32(), n = Vector512.ShiftRightArithmetic(bits - Vector512.Create(0x3F3504F3), 23);
            return (Vector512.ConvertToSingle(n).As<float, T>(), (bits - (n << 23)).As<int, T>());
        }

        Vector512<long> wide = x.AsInt64(), exponent = Vector512.ShiftRightArithmetic(wide - Vector512.Create(0x3FE6A09E667F3BCD), 52);
        return (Vector512.ConvertToDouble(exponent).As<double, T>(), (wide - (exponent << 52)).As<long, T>());
    }

    private static class Series<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private static bool IsSingle => typeof(T) == typeof(float);

        // ln 2 in two parts, the first short enough for exact products with exponents (Cody and Waite 1980).
        public static readonly T Ln2High = T.CreateChecked(IsSingle ? 0.693359375 : 6.93147180369123816490e-01);
        public static readonly T Ln2Low = T.CreateChecked(IsSingle ? -2.12194440e-4 : 1.90821492927058770002e-10);

        // 1/(2k+1), the highest first: what is left out is below half a unit in the last place.
        public static readonly T[] InverseOddNumbers = [.. Enumerable.Range(0, IsSingle ? 5 : 11).Reverse().Select(
            k => T.CreateChecked(1.0 / (2 * k + 1)))];
    }
}
