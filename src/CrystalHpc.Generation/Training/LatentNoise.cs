using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Generation.Training;

/// <summary>The noise of latent vectors: it depends on the seed, the epoch and the crystal alone.</summary>
internal static class LatentNoise
{
    private const uint Stream = 11;

    /// <summary>Draws exp(log variance / 2) times normal numbers.</summary>
    public static void Draw<T>(ForwardPass pass, int sample, ReadOnlySpan<T> logVariance, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(pass.Seed, ((ulong)(uint)pass.Epoch << 32) | (uint)sample, Stream);
        T half = T.CreateChecked(0.5);
        for (int i = 0; i < noise.Length; i++)
            noise[i] = half * logVariance[i];
        VectorMath.Exp(noise);
        for (int i = 0; i < noise.Length; i++)
            noise[i] *= T.CreateChecked(random.NextNormal());
    }
}
