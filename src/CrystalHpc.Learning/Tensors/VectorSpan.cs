using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>Element by element arithmetic of spans; every element on its own, so that the bits do not depend on the vector width.</summary>
public static class VectorSpan
{
    /// <summary>target += addend.</summary>
    public static void Add<T>(ReadOnlySpan<T> addend, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(addend.Length, target.Length);
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> addends = MemoryMarshal.Cast<T, Vector<T>>(addend);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += addends[i];
        for (int i = vectors.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] += addend[i];
    }

    /// <summary>target += factor addend; rounded after the product and after the sum.</summary>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> addend, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(addend.Length, target.Length);
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> addends = MemoryMarshal.Cast<T, Vector<T>>(addend);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += addends[i] * factor;
        for (int i = vectors.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] += addend[i] * factor;
    }

    /// <summary>target += left right; rounded after the product and after the sum.</summary>
    public static void AddProduct<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(left.Length, target.Length);
        Require(right.Length, target.Length);
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left), rights = MemoryMarshal.Cast<T, Vector<T>>(right);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += lefts[i] * rights[i];
        for (int i = vectors.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] += left[i] * right[i];
    }

    /// <summary>difference = left - right.</summary>
    public static void Subtract<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> difference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(left.Length, difference.Length);
        Require(right.Length, difference.Length);
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(difference);
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left), rights = MemoryMarshal.Cast<T, Vector<T>>(right);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = lefts[i] - rights[i];
        for (int i = vectors.Length * Vector<T>.Count; i < difference.Length; i++)
            difference[i] = left[i] - right[i];
    }

    /// <summary>target *= factor.</summary>
    public static void Scale<T>(T factor, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(target);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] *= factor;
        for (int i = vectors.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] *= factor;
    }

    /// <summary>
    /// The sum of the squares of all elements, in double: eight sums of every eighth element, and then theirs, whatever the vectors of the
    /// processor.
    /// </summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<double> sums = Vector512<double>.Zero;
        int i = 0;
        for (; i + Vector512<double>.Count <= values.Length; i += Vector512<double>.Count)
        {
            Vector512<double> eight = Widened(values[i..]);
            sums += eight * eight;
        }

        double sum = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
            sum += sums[lane];
        for (; i < values.Length; i++)
            sum += double.CreateChecked(values[i]) * double.CreateChecked(values[i]);
        return sum;
    }

    /// <summary>The first eight elements as doubles.</summary>
    internal static Vector512<double> Widened<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return MemoryMarshal.Cast<T, Vector512<double>>(values)[0];
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(MemoryMarshal.Cast<T, Vector256<float>>(values)[0]);
        return Vector512.Create(lower, upper);
    }

    private static void Require(int first, int second)
    {
        if (first != second)
            throw new ArgumentException("the two spans differ in length");
    }
}
