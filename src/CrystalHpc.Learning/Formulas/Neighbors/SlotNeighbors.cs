using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>
/// The nearest formulas of other amounts, compared slot by slot: with f the fraction of a slot and p the point of its element (<see
/// cref="ElementSpace"/>; both 0 without one), the squared distance is the sum over slots of |root(f) p - root(f') p'|^2 + 16 (f - f')^2,
/// plus 0.09 of the squared differences of ln of the atoms and of the number of elements.
/// </summary>
/// <remarks>
/// Sixteen queries are compared with a formula side by side; families of amounts that are too far from all of them are passed over.
/// </remarks>
internal sealed class SlotNeighbors
{
    /// <summary>Queries that are compared side by side.</summary>
    public const int Lanes = MixtureNeighbors.Lanes;

    private const int Slots = Composition.Slots, Elements = Composition.KnownElements, Amounts = Slots + 2;
    private const float FractionWeight = 16, SizeWeight = 0.09f;

    private static readonly float[] Dots = MakeDots();

    private readonly AmountFamily[] _families;
    private readonly float[] _amounts;

    // For each member the sum of f' |p'|^2, and its elements slot by slot; families one behind another.
    private readonly float[] _squares;
    private readonly byte[] _elements;

    /// <summary>Takes families of formulas.</summary>
    public SlotNeighbors(AmountFamilies families)
    {
        // The large ones first: they hold most neighbors, so that small ones are soon too far.
        _families = [.. families.All.OrderByDescending(family => family.Members.Length)];
        _amounts = new float[_families.Length * Amounts];
        for (int i = 0; i < _families.Length; i++)
            Describe(_families[i].First, _amounts.AsSpan(i * Amounts, Amounts));
        _elements = [.. _families.SelectMany(family => Enumerable.Range(0, family.Members.Length)
            .SelectMany(i => Enumerable.Range(0, family.SlotCount).Select(slot => family.ElementsOf(slot)[i])))];
        _squares = [.. _families.SelectMany(family => Enumerable.Range(0, family.Members.Length).Select(i =>
            Enumerable.Range(0, family.SlotCount).Sum(slot => (float)family.First.Fraction(slot) * Square(family.ElementsOf(slot)[i]))))];
    }

    /// <summary>Finds the nearest formulas of other amounts of several formulas.</summary>
    /// <param name="queries">The formulas, at most <see cref="Lanes"/>.</param>
    /// <param name="nearest">A list for each, which receives its neighbors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ReadOnlySpan<Composition> queries, ReadOnlySpan<NearestList> nearest)
    {
        Span<float> lanes = stackalloc float[Amounts * Lanes];
        Span<Vector512<float>> amounts = stackalloc Vector512<float>[Amounts], products = stackalloc Vector512<float>[Slots * Elements];
        Prepare(queries, amounts, products, lanes, out Vector512<float> constant);
        foreach (NearestList list in nearest[..queries.Length])
            list.Clear();
        Vector512<float> limits = NearestList.Limits(nearest[..queries.Length]);
        (int member, int place) = (0, 0);
        for (int i = 0; i < _families.Length; i++)
        {
            AmountFamily family = _families[i];
            ReadOnlySpan<float> squares = _squares.AsSpan(member, family.Members.Length);
            ReadOnlySpan<byte> elements = _elements.AsSpan(place, family.Members.Length * family.SlotCount);
            (member, place) = (member + squares.Length, place + elements.Length);
            ReadOnlySpan<float> theirs = _amounts.AsSpan(i * Amounts, Amounts);
            Vector512<float> bound = Vector512<float>.Zero;
            for (int k = 0; k < Amounts; k++)
            {
                Vector512<float> difference = amounts[k] - Vector512.Create(theirs[k]);
                bound = Vector512.FusedMultiplyAdd(Vector512.Create(k < Slots ? FractionWeight : SizeWeight), difference * difference,
                    bound);
            }

            if (!Vector512.LessThanOrEqualAny(bound, limits))
                continue;
            bound += constant;
            for (int lane = 0; lane < queries.Length; lane++)
            {
                if (family.First.Amounts.SequenceEqual(queries[lane].Amounts))
                    bound = bound.WithElement(lane, float.PositiveInfinity);
            }

            limits = Search(family.Members, theirs, squares, elements, products, bound, limits, nearest[..queries.Length]);
        }
    }

    // |root(f) p - root(f') p'|^2 = f |p|^2 + f' |p'|^2 - 2 root(f) root(f') p.p': the first is the constant of a query, the products are
    // -2 root(f) p.p'.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Prepare(
        ReadOnlySpan<Composition> queries, Span<Vector512<float>> amounts, Span<Vector512<float>> products, Span<float> lanes,
        out Vector512<float> constant)
    {
        Span<float> own = stackalloc float[Amounts], squares = stackalloc float[Lanes];
        lanes.Clear();
        squares.Clear();
        for (int lane = 0; lane < queries.Length; lane++)
        {
            Describe(queries[lane], own);
            for (int k = 0; k < Amounts; k++)
                lanes[k * Lanes + lane] = own[k];
            for (int slot = 0; slot < queries[lane].SlotCount; slot++)
                squares[lane] += own[slot] * Square(queries[lane].Elements[slot]);
        }

        constant = Vector512.Create<float>(squares);
        for (int k = 0; k < Amounts; k++)
            amounts[k] = Vector512.Create<float>(lanes.Slice(k * Lanes, Lanes));
        for (int slot = 0; slot < Slots; slot++)
        {
            for (int element = 0; element < Elements; element++)
            {
                squares.Clear();
                for (int lane = 0; lane < queries.Length; lane++)
                {
                    if (slot < queries[lane].SlotCount)
                        squares[lane] = -2 * MathF.Sqrt(lanes[slot * Lanes + lane])
                            * Dots[queries[lane].Elements[slot] * Elements + element];
                }

                products[slot * Elements + element] = Vector512.Create<float>(squares);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Search(
        ReadOnlySpan<int> members, ReadOnlySpan<float> theirs, ReadOnlySpan<float> squares, ReadOnlySpan<byte> elements,
        ReadOnlySpan<Vector512<float>> products,
        Vector512<float> bound, Vector512<float> limits, ReadOnlySpan<NearestList> nearest)
    {
        int slots = elements.Length / members.Length;
        Span<Vector512<float>> roots = stackalloc Vector512<float>[Slots];
        for (int slot = 0; slot < slots; slot++)
            roots[slot] = Vector512.Create(MathF.Sqrt(theirs[slot]));
        for (int i = 0; i < members.Length; i++)
        {
            Vector512<float> distances = bound + Vector512.Create(squares[i]);
            for (int slot = 0; slot < slots; slot++)
                distances = Vector512.FusedMultiplyAdd(roots[slot], products[slot * Elements + elements[i * slots + slot]], distances);
            ulong near = Vector512.LessThanOrEqual(distances, limits).ExtractMostSignificantBits();
            if (near == 0)
                continue;
            for (; near != 0; near &= near - 1)
            {
                int lane = BitOperations.TrailingZeroCount(near);
                if (!float.IsPositiveInfinity(distances[lane]))
                    nearest[lane].Add(members[i], Math.Max(0, distances[lane]));
            }

            limits = NearestList.Limits(nearest);
        }

        return limits;
    }

    private static void Describe(Composition composition, Span<float> amounts)
    {
        amounts.Clear();
        for (int slot = 0; slot < composition.SlotCount; slot++)
            amounts[slot] = (float)composition.Fraction(slot);
        (amounts[Slots], amounts[Slots + 1]) = ((float)PortableMath.Log(composition.Atoms), composition.Count);
    }

    private static float Square(int element) => Dots[element * (Elements + 1)];

    private static float[] MakeDots()
    {
        var dots = new float[Elements * Elements];
        for (int i = 0; i < Elements; i++)
        {
            for (int j = 0; j < Elements; j++)
            {
                ReadOnlySpan<double> x = ElementSpace.Of(i), y = ElementSpace.Of(j);
                double sum = 0;
                for (int axis = 0; axis < x.Length; axis++)
                    sum += x[axis] * y[axis];
                dots[i * Elements + j] = (float)sum;
            }
        }

        return dots;
    }
}
