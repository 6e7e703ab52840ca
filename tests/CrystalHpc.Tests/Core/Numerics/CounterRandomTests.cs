using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.Core.Numerics;

/// <summary>Random numbers from a counter.</summary>
public sealed class CounterRandomTests
{
    // Known answers that the authors of Philox publish with their Random123 library 1.14 (kat_vectors, philox4x32 10).
    [TestCase(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u,
        0x6d5451fdu)]
    [TestCase(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u,
        0x24126ea1u)]
    public void Blocks_are_those_of_the_authors(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3)
    {
        uint[] words = new uint[4];
        CounterRandom.Philox(c0, c1, c2, c3, k0, k1, words);
        Assert.That(words, Is.EqualTo(new[] { w0, w1, w2, w3 }));
    }

    [Test]
    public void An_item_draws_the_same_whatever_others_drew()
    {
        var first = new CounterRandom(5, 9);
        double[] expected = [first.NextUniform(), first.NextNormal(), first.NextExponential()];
        new CounterRandom(5, 8).NextNormal();
        var again = new CounterRandom(5, 9);
        Assert.That((double[])[again.NextUniform(), again.NextNormal(), again.NextExponential()], Is.EqualTo(expected));
        Assert.That(new CounterRandom(6, 9).NextUniform(), Is.Not.EqualTo(expected[0]));
        Assert.That(new CounterRandom(5, 9, 1).NextUniform(), Is.Not.EqualTo(expected[0]));
    }

    [Test]
    public void Normals_have_the_moments_of_a_normal()
    {
        const int Count = 200_000;
        var random = new CounterRandom(1, 2);
        double[] values = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormal())];

        // Four standard errors of each moment: 1/sqrt(n), sqrt(2/n), sqrt(96/n).
        Assert.That(values.Average(), Is.Zero.Within(4 / Math.Sqrt(Count)));
        Assert.That(values.Average(x => x * x), Is.EqualTo(1).Within(4 * Math.Sqrt(2.0 / Count)));
        Assert.That(values.Average(x => x * x * x * x), Is.EqualTo(3).Within(4 * Math.Sqrt(96.0 / Count)));
    }
}
