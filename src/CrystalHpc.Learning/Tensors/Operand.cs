using System.Runtime.CompilerServices;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// A factor of a matrix product seen from the kernel: vectors along the index that C keeps (rows of A, columns of B), one for each value of
/// the index that is summed over.
/// </summary>
/// <param name="origin">First element.</param>
/// <param name="keptStride">Distance of neighbors along the kept index.</param>
/// <param name="summedStride">Distance of neighbors along the summed index.</param>
internal readonly ref struct Operand<T>(ref T origin, int keptStride, int summedStride)
{
    private readonly ref T _origin = ref origin;

    /// <summary>Distance of neighbors along the kept index: 1, or the length of a row.</summary>
    public int KeptStride { get; } = keptStride;

    /// <summary>Distance of neighbors along the summed index.</summary>
    public int SummedStride { get; } = summedStride;

    /// <summary>An element.</summary>
    public ref T At(int kept, int summed) => ref Unsafe.Add(ref _origin, (nint)kept * KeptStride + (nint)summed * SummedStride);
}
