using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>
/// The nearest formulas by their mixture of elements, whatever the stoichiometry is called: with k(e, e') = exp(-(d / 0.35)^2), d the
/// distance of two elements (<see cref="ElementSpace"/>), the squared distance of two formulas with fractions f and g is sum f f k + sum g
/// g k - 2 sum f g k.
/// </summary>
/// <remarks>
/// Sixteen queries are compared with all formulas side by side: with u_e = sum f k(., e) of each, the last sum is that of g u, one vector
/// for each element of a formula.
/// A search that leaves out far formulas looks at a sixth of them and more: this is faster.
/// </remarks>
internal sealed class MixtureNeighbors
{
    /// <summary>Queries that are compared side by side.</summary>
    public const int Lanes = 16;

    // How far elements count as alike, in units of the mean distance of a pair.
    private const double KernelWidth = 0.35;

    private const int Elements = Composition.KnownElements;

    private static readonly float[] Kernel = MakeKernel();

    // Formulas with equally many elements side by side: numbers, sums g g k, and element by element what they hold.
    private readonly (int Count, int[] Members, float[] Norms, byte[] Elements, float[] Fractions)[] _groups;

    /// <summary>Takes formulas.</summary>
    public MixtureNeighbors(IReadOnlyList<Composition> memory)
        => _groups = [.. Enumerable.Range(0, memory.Count).GroupBy(i => memory[i].Count).Select(group => (
        group.Key, group.ToArray(), group.Select(i => NormOf(memory[i])).ToArray(), group.SelectMany(i => memory[i].Elements.ToArray())
        .ToArray(),
        group.SelectMany(i => Enumerable.Range(0, group.Key).Select(k => (float)memory[i].Fraction(k))).ToArray()))];

    /// <summary>Finds the nearest of several formulas.</summary>
    /// <param name="queries">The formulas, at most <see cref="Lanes"/>.</param>
    /// <param name="selves">For each the number of the formula that is not to be found; -1: none.</param>
    /// <param name="identities">The number of the formula of each member: several may have the same.</param>
    /// <param name="nearest">A list for each, which receives its neighbors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ReadOnlySpan<Composition> queries, ReadOnlySpan<int> selves, ReadOnlySpan<int> identities,
        ReadOnlySpan<NearestList> nearest)
    {
        Span<float> lanes = stackalloc float[Lanes];
        Span<Vector512<float>> profiles = stackalloc Vector512<float>[Elements];
        for (int element = 0; element < Elements; element++)
        {
            for (int lane = 0; lane < queries.Length; lane++)
                lanes[lane] = Profile(queries[lane], element);
            profiles[element] = Vector512.Create<float>(lanes);
        }

        lanes.Clear();
        for (int lane = 0; lane < queries.Length; lane++)
        {
            lanes[lane] = NormOf(queries[lane]);
            nearest[lane].Clear();
        }

        Vector512<float> norms = Vector512.Create<float>(lanes), limits = NearestList.Limits(nearest[..queries.Length]);
        foreach ((int count, int[] members, float[] theirNorms, byte[] elements, float[] fractions) in _groups)
        {
            for (int i = 0; i < members.Length; i++)
            {
                Vector512<float> sum = Vector512<float>.Zero;
                for (int k = i * count; k < (i + 1) * count; k++)
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(fractions[k]), profiles[elements[k]], sum);
                Vector512<float> distances = norms + Vector512.Create(theirNorms[i]) - (sum + sum);
                ulong near = Vector512.LessThanOrEqual(distances, limits).ExtractMostSignificantBits();
                if (near == 0)
                    continue;
                for (; near != 0; near &= near - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(near);
                    if (identities[members[i]] != selves[lane])
                        nearest[lane].Add(members[i], Math.Max(0, distances[lane]));
                }

                limits = NearestList.Limits(nearest[..queries.Length]);
            }
        }
    }

    private static float Profile(Composition composition, int element)
    {
        float sum = 0;
        for (int i = 0; i < composition.Count; i++)
            sum += (float)composition.Fraction(i) * Kernel[composition.Elements[i] * Elements + element];
        return sum;
    }

    private static float NormOf(Composition composition)
    {
        float sum = 0;
        for (int i = 0; i < composition.Count; i++)
            sum += (float)composition.Fraction(i) * Profile(composition, composition.Elements[i]);
        return sum;
    }

    private static float[] MakeKernel()
    {
        var kernel = new float[Elements * Elements];
        for (int i = 0; i < Elements; i++)
        {
            ReadOnlySpan<float> squares = ElementSpace.SquaredDistances(i);
            for (int j = 0; j < Elements; j++)
                kernel[i * Elements + j] = (float)PortableMath.Exp(-squares[j] / (KernelWidth * KernelWidth));
        }

        return kernel;
    }
}
