using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Volumes;

/// <summary>The largest of each cube of 2 x 2 x 2 voxels; among equal ones the first, in the order of z, y, x, has the gradient.</summary>
public sealed class MaxPooling<T> : IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Volume<T> _output = new(), _inputGradient = new();
    private Volume<T>? _input;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => [];

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Size % 2 != 0)
            throw new ArgumentException("the edge of the grid is odd", nameof(input));
        _input = input;
        _output.Resize(input.Samples, input.Channels, input.Size / 2);
        for (int block = 0; block < input.Samples * input.Blocks; block++)
        {
            ReadOnlySpan<Vector512<T>> x = Vectors(input, block);
            Span<Vector512<T>> y = Vectors(_output, block);
            for (int voxel = 0; voxel < y.Length; voxel++)
            {
                int first = Cubes.First(voxel, _output.Size);
                Vector512<T> largest = x[first];
                for (int corner = 1; corner < Cubes.Corners; corner++)
                {
                    Vector512<T> other = x[first + Cubes.Offset(corner, input.Size)];
                    largest = Vector512.ConditionalSelect(Vector512.GreaterThan(other, largest), other, largest);
                }

                y[voxel] = largest;
            }
        }

        return _output;
    }

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        Volume<T> input = _input ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        _inputGradient.ResizeAs(input);
        for (int block = 0; block < input.Samples * input.Blocks; block++)
        {
            ReadOnlySpan<Vector512<T>> x = Vectors(input, block), y = Vectors(_output, block), g = Vectors(outputGradient, block);
            Span<Vector512<T>> target = Vectors(_inputGradient, block);
            for (int voxel = 0; voxel < y.Length; voxel++)
            {
                int first = Cubes.First(voxel, _output.Size);
                Vector512<T> left = g[voxel];
                for (int corner = 0; corner < Cubes.Corners; corner++)
                {
                    int place = first + Cubes.Offset(corner, input.Size);
                    Vector512<T> isLargest = Vector512.Equals(x[place], y[voxel]);
                    target[place] = isLargest & left;
                    left = Vector512.AndNot(left, isLargest);
                }
            }
        }

        return _inputGradient;
    }

    private static Span<Vector512<T>> Vectors(Volume<T> volume, int block) =>
        MemoryMarshal.Cast<T, Vector512<T>>(volume.Values.Slice(block * volume.BlockLength, volume.BlockLength));
}
