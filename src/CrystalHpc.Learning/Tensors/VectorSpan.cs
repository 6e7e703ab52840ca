using System.Numerics;
using System.Runtime.InteropServices;

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

    /// <summary>target *= factor.</summary>
    public static void Scale<T>(T factor, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(target);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] *= factor;
        for (int i = vectors.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] *= factor;
    }

    private static void Require(int first, int second)
    {
        if (first != second)
            throw new ArgumentException("the two spans differ in length");
    }
}
