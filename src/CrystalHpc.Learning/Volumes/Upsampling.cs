using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Volumes;

/// <summary>Each voxel becomes a cube of 2 x 2 x 2.</summary>
public sealed class Upsampling<T> : IVolumeLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Volume<T> _output = new(), _inputGradient = new();

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => [];

    /// <inheritdoc/>
    public Volume<T> Forward(Volume<T> input, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _output.Resize(input.Samples, input.Channels, 2 * input.Size);
        for (int block = 0; block < input.Samples * input.Blocks; block++)
        {
            ReadOnlySpan<Vector512<T>> x = Vectors(input, block);
            Span<Vector512<T>> y = Vectors(_output, block);
            for (int voxel = 0; voxel < x.Length; voxel++)
            {
                int first = Cubes.First(voxel, input.Size);
                for (int corner = 0; corner < Cubes.Corners; corner++)
                    y[first + Cubes.Offset(corner, _output.Size)] = x[voxel];
            }
        }

        return _output;
    }

    /// <inheritdoc/>
    public Volume<T> Backward(Volume<T> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        _inputGradient.Resize(outputGradient.Samples, outputGradient.Channels, outputGradient.Size / 2);
        for (int block = 0; block < _inputGradient.Samples * _inputGradient.Blocks; block++)
        {
            ReadOnlySpan<Vector512<T>> g = Vectors(outputGradient, block);
            Span<Vector512<T>> target = Vectors(_inputGradient, block);
            for (int voxel = 0; voxel < target.Length; voxel++)
            {
                int first = Cubes.First(voxel, _inputGradient.Size);
                Vector512<T> sum = g[first];
                for (int corner = 1; corner < Cubes.Corners; corner++)
                    sum += g[first + Cubes.Offset(corner, outputGradient.Size)];
                target[voxel] = sum;
            }
        }

        return _inputGradient;
    }

    private static Span<Vector512<T>> Vectors(Volume<T> volume, int block) =>
        MemoryMarshal.Cast<T, Vector512<T>>(volume.Values.Slice(block * volume.BlockLength, volume.BlockLength));
}
