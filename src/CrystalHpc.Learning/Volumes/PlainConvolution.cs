using System.Numerics;

namespace CrystalHpc.Learning.Volumes;

/// <summary>
/// A convolution by cubes of 3 x 3 x 3 as its formula says, number by number: what the kernels are compared with, and what serves grids
/// that they do not fit.
/// </summary>
public static class PlainConvolution
{
    /// <summary>Adds the convolution of a volume to another.</summary>
    /// <param name="input">The volume.</param>
    /// <param name="weights">[input][z][y][x][output].</param>
    /// <param name="padding">What lies beyond the faces.</param>
    /// <param name="output">The sums.</param>
    public static void Add<T>(Volume<T> input, ReadOnlySpan<T> weights, VolumePadding padding, Volume<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        int lanes = VolumeLanes.Of<T>();
        for (int sample = 0; sample < output.Samples; sample++)
        {
            for (int channel = 0; channel < output.Channels; channel++)
            {
                for (int voxel = 0; voxel < output.Voxels; voxel++)
                {
                    ref T sum = ref output.Block(sample, channel / lanes)[voxel * lanes + channel % lanes];
                    sum = Sum(input, sample, weights[channel..], padding, output.Channels, voxel, sum);
                }
            }
        }
    }

    /// <summary>Adds the gradient with respect to the input.</summary>
    public static void AddInputGradient<T>(Volume<T> outputGradient, ReadOnlySpan<T> weights, VolumePadding padding,
        Volume<T> inputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(inputGradient);
        int inputs = inputGradient.Channels, outputs = outputGradient.Channels;
        var mirrored = new T[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            int output = i % outputs, tap = i / outputs % 27, input = i / outputs / 27;
            mirrored[(output * 27 + 26 - tap) * inputs + input] = weights[i];
        }

        Add(outputGradient, mirrored, padding, inputGradient);
    }

    /// <summary>Adds the gradient with respect to the weights.</summary>
    public static void AddWeightGradient<T>(Volume<T> input, Volume<T> outputGradient, VolumePadding padding, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        int lanes = VolumeLanes.Of<T>(), outputs = outputGradient.Channels;
        for (int i = 0; i < gradient.Length; i++)
        {
            int output = i % outputs, tap = i / outputs % 27, channel = i / outputs / 27;
            T sum = T.Zero;
            for (int sample = 0; sample < input.Samples; sample++)
            {
                for (int voxel = 0; voxel < input.Voxels; voxel++)
                {
                    int neighbor = Neighbor(voxel, tap, input.Size, padding);
                    if (neighbor >= 0)
                    {
                        T x = input.Block(sample, channel / lanes)[neighbor * lanes + channel % lanes];
                        sum = T.FusedMultiplyAdd(x, outputGradient.Block(sample, output / lanes)[voxel * lanes + output % lanes], sum);
                    }
                }
            }

            gradient[i] += sum;
        }
    }

    // In the order of the kernels: blocks of channels, z, y, channels, x.
    private static T Sum<T>(Volume<T> input, int sample, ReadOnlySpan<T> weights, VolumePadding padding, int stride, int voxel, T sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = VolumeLanes.Of<T>();
        for (int block = 0; block < input.Blocks; block++)
        {
            ReadOnlySpan<T> values = input.Block(sample, block);
            int channels = Math.Min(lanes, input.Channels - block * lanes);
            for (int row = 0; row < 9; row++)
            {
                for (int lane = 0; lane < channels; lane++)
                {
                    for (int x = 0; x < 3; x++)
                    {
                        int tap = row * 3 + x, neighbor = Neighbor(voxel, tap, input.Size, padding);
                        if (neighbor >= 0)
                            sum = T.FusedMultiplyAdd(values[neighbor * lanes + lane], weights[((block * lanes + lane) * 27 + tap) * stride],
                                sum);
                    }
                }
            }
        }

        return sum;
    }

    // The voxel that a tap reaches from another; -1 where it lies outside.
    private static int Neighbor(int voxel, int tap, int size, VolumePadding padding)
    {
        int z = voxel / (size * size) + tap / 9 - 1, y = voxel / size % size + tap / 3 % 3 - 1, x = voxel % size + tap % 3 - 1;
        if (padding == VolumePadding.Periodic)
            (z, y, x) = ((z + size) % size, (y + size) % size, (x + size) % size);
        return z < 0 || y < 0 || x < 0 || z >= size || y >= size || x >= size ? -1 : (z * size + y) * size + x;
    }
}
