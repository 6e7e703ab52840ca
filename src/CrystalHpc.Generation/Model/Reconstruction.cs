using System.Numerics;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>What is known of crystals that an autoencoder makes.</summary>
internal static class Reconstruction
{
    /// <summary>No density is negative.</summary>
    public static void ClampDensity<T>(Volume<T> made) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int sample = 0; sample < made.Samples; sample++)
        {
            Span<T> block = made.Block(sample, 0);
            for (int start = 0; start < block.Length; start += VolumeLanes.Of<T>())
                block[start] = T.Max(block[start], T.Zero);
        }
    }

    /// <summary>The edge of a made crystal, A: the mean of three lengths that its last voxels tell.</summary>
    public static double EdgeAngstrom<T>(Volume<T> made, int sample) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> last = made.Block(sample, 0).Slice((made.Voxels - 1) * VolumeLanes.Of<T>(), VolumeLanes.Of<T>());
        double sum = 0;
        for (int axis = 0; axis < VoxelAxes.Count; axis++)
            sum += double.CreateChecked(last[1 + axis] / Decoder<T>.Ramp(made.Size - 1, made.Size));
        return sum / VoxelAxes.Count * NetworkSizes.CoordinateUnitAngstrom;
    }
}
