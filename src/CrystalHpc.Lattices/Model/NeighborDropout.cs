using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Lattices.Model;

/// <summary>
/// Noise of a training: forgotten neighbors and blurred features, so that the network relies on no single one. It follows from seed, epoch
/// and sample alone.
/// </summary>
internal static class NeighborDropout
{
    // A formula forgets each neighbor with a probability drawn between 0 and this, once for each of the two kinds.
    private const double LargestRate = 0.4;

    // Standard deviation of the noise of features, in units of their own.
    private const double FeatureNoise = 0.4;

    private const uint NeighborStream = 0x4E45_0001, FeatureStream = 0x4E45_0002;

    /// <summary>Marks the neighbors that are forgotten.</summary>
    public static void Draw(ForwardPass pass, int sample, Span<bool> kept)
    {
        Span<uint> bits = stackalloc uint[4];
        ulong item = ItemOf(pass, sample);
        CounterRandom.Block(pass.Seed, item, NeighborStream, 0, bits);
        uint alike = LimitOf(bits[0]), others = LimitOf(bits[1]);
        for (int i = 0; i < kept.Length; i++)
        {
            if (i % 8 == 0)
                CounterRandom.Block(pass.Seed, item, NeighborStream, (uint)(1 + i / 8), bits);
            uint part = (bits[i % 8 / 2] >> (16 * (i % 2))) & 0xFFFF;
            kept[i] = part >= (i < Learning.Formulas.Neighbors.NeighborTable.Alike ? alike : others);
        }
    }

    /// <summary>Writes noise of mean 0 that is nearly normal: the sum of four uniform numbers (Irwin and Hall 1927), scaled.</summary>
    public static void Draw(ForwardPass pass, int sample, Span<float> noise)
    {
        // Four numbers of 16 bits have the variance 4 / 12 in units of their range.
        const float Scale = (float)(FeatureNoise * 1.7320508075688772 / 65536);
        Span<uint> bits = stackalloc uint[4];
        ulong item = ItemOf(pass, sample);
        for (int i = 0; i < noise.Length; i++)
        {
            if (i % 2 == 0)
                CounterRandom.Block(pass.Seed, item, FeatureStream, (uint)(i / 2), bits);
            uint first = bits[i % 2 * 2], second = bits[i % 2 * 2 + 1];
            long sum = (first & 0xFFFF) + (first >> 16) + (second & 0xFFFF) + (second >> 16);
            noise[i] = Scale * (sum - 2 * 65535);
        }
    }

    private static ulong ItemOf(ForwardPass pass, int sample) => ((ulong)(uint)pass.Epoch << 32) | (uint)sample;

    private static uint LimitOf(uint bits) => (uint)(LargestRate * (bits >> 16));
}
