using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Volumes;

/// <summary>
/// Sums over the voxels of a block, lane by lane: those of every 256 voxels, and then theirs, so that few digits are lost.
/// </summary>
internal static class VoxelSums
{
    private const int Part = 256;

    /// <summary>Writes the same lanes to every voxel.</summary>
    public static void Fill<T>(ReadOnlySpan<T> lanes, Span<T> block) where T : unmanaged =>
        MemoryMarshal.Cast<T, Vector512<T>>(block).Fill(Vector512.Create(lanes));

    /// <summary>sum += sum of x.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> sum) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector512<T>> vectors = MemoryMarshal.Cast<T, Vector512<T>>(x);
        Vector512<T> total = Vector512.Create<T>(sum);
        for (int start = 0; start < vectors.Length; start += Part)
        {
            Vector512<T> part = Vector512<T>.Zero;
            foreach (Vector512<T> vector in vectors.Slice(start, Math.Min(Part, vectors.Length - start)))
                part += vector;
            total += part;
        }

        total.CopyTo(sum);
    }

    /// <summary>sum += sum of (x - center)^2.</summary>
    public static void AddSquares<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> center, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector512<T>> vectors = MemoryMarshal.Cast<T, Vector512<T>>(x);
        Vector512<T> total = Vector512.Create<T>(sum), middle = Vector512.Create(center);
        for (int start = 0; start < vectors.Length; start += Part)
        {
            Vector512<T> part = Vector512<T>.Zero;
            foreach (Vector512<T> vector in vectors.Slice(start, Math.Min(Part, vectors.Length - start)))
            {
                Vector512<T> deviation = vector - middle;
                part += deviation * deviation;
            }

            total += part;
        }

        total.CopyTo(sum);
    }

    /// <summary>product += sum of g (x - center), and sum += sum of g.</summary>
    public static void AddProducts<T>(ReadOnlySpan<T> g, ReadOnlySpan<T> x, ReadOnlySpan<T> center, Span<T> sum, Span<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector512<T>> gradients = MemoryMarshal.Cast<T, Vector512<T>>(g), vectors = MemoryMarshal.Cast<T, Vector512<T>>(x);
        Vector512<T> totalSum = Vector512.Create<T>(sum), totalProduct = Vector512.Create<T>(product), middle = Vector512.Create(center);
        for (int start = 0; start < vectors.Length; start += Part)
        {
            Vector512<T> partSum = Vector512<T>.Zero, partProduct = Vector512<T>.Zero;
            for (int i = start; i < Math.Min(start + Part, vectors.Length); i++)
            {
                partSum += gradients[i];
                partProduct += gradients[i] * (vectors[i] - middle);
            }

            totalSum += partSum;
            totalProduct += partProduct;
        }

        totalSum.CopyTo(sum);
        totalProduct.CopyTo(product);
    }
}
