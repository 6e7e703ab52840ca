using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.Statistics;

/// <summary>
/// Random bits that are a hash of what they are for (a group of structures and a replicate): the same on any number of ranks and in any
/// order.
/// Sequences of deviates come from <see cref="CounterRandom"/>. The mixing function is the finalizer of SplitMix64 (Steele, Lea and Flood
/// 2014, doi 10.1145/2660193.2660195).
/// </summary>
public static class HashedBits
{
    // Cumulative Poisson distribution of mean 1 in units of 2^-64; what lies beyond the last entry has a probability below 1e-15.
    private static readonly ulong[] Poisson = CumulativePoisson();

    /// <summary>64 random bits for a stream and a place in it.</summary>
    public static ulong Of(ulong stream, ulong counter) => TextHash.Mix(stream + 0x9E3779B97F4A7C15 * (counter + 1));

    /// <summary>A Poisson deviate of mean 1 from 64 random bits.</summary>
    public static int PoissonOfMeanOne(ulong bits)
    {
        int count = 0;
        while (count < Poisson.Length && bits >= Poisson[count])
            count++;
        return count;
    }

    private static ulong[] CumulativePoisson()
    {
        var cumulative = new ulong[18];
        decimal term = 0.3678794411714423215955237702M, sum = 0;
        for (int k = 0; k < cumulative.Length; k++)
        {
            term = k == 0 ? term : term / k;
            sum += term;
            cumulative[k] = (ulong)(sum * 18446744073709551615M);
        }

        return cumulative;
    }
}
