using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>A piece of a row of the output of a convolution, all lanes of a block, and where what it depends on lies.</summary>
/// <param name="rows">For each of the nine rows of the input around it, where it begins in a block: z outer, y inner, -1 first.</param>
/// <param name="start">From there to the first voxel of the piece.</param>
/// <param name="left">From the first voxel to the one before it.</param>
/// <param name="right">From the first voxel to the one behind the last.</param>
/// <param name="output">Where the piece lies in the output.</param>
/// <param name="weights">Where the weights of its block lie.</param>
internal readonly ref struct RowSegment(ReadOnlySpan<int> rows, int start, int left, int right, int output, int weights)
{
    /// <summary>The first of the nine rows.</summary>
    public readonly ref int Rows = ref MemoryMarshal.GetReference(rows);

    /// <summary>From the beginning of a row to the first voxel.</summary>
    public readonly nint Start = start;

    /// <summary>From the first voxel to the one before it.</summary>
    public readonly nint Left = left;

    /// <summary>From the first voxel to the one behind the last.</summary>
    public readonly nint Right = right;

    /// <summary>Where the piece lies in the output.</summary>
    public readonly nint Output = output;

    /// <summary>Where the weights of its block lie.</summary>
    public readonly nint Weights = weights;
}
