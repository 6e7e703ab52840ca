using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>
/// The nearest formulas with the same amounts (ABC3 beside ABC3): the squared distance is the sum over slots of squared distances of
/// elements (<see cref="ElementSpace"/>), the least over assignments of elements of equal amount.
/// </summary>
public sealed class AnonymousNeighbors
{
    // Assignments out of order must be nearer by this much, so that equal ones stay in order.
    private const float PermutationCost = 1e-4f;
    private const int Block = 128;

    // Families with fewer members are searched as a whole.
    private const int ManyMembers = 128;

    private readonly AmountFamilies _families;

    /// <summary>Sorts formulas by their amounts.</summary>
    public AnonymousNeighbors(IReadOnlyList<Composition> memory) => _families = new AmountFamilies(memory);

    internal AnonymousNeighbors(AmountFamilies families) => _families = families;

    /// <summary>Finds the nearest; the tag of each is its permutation, see <see cref="Align"/>.</summary>
    /// <param name="query">The formula.</param>
    /// <param name="isExcluded">True for the numbers of formulas that are not to be found.</param>
    /// <param name="nearest">Receives the neighbors.</param>
    public void Find(Composition query, Func<int, bool> isExcluded, NearestList nearest)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(isExcluded);
        ArgumentNullException.ThrowIfNull(nearest);
        nearest.Clear();
        if (_families.Find(query) is not { } family)
            return;
        float[] table = ArrayPool<float>.Shared.Rent(family.SlotCount * family.SlotCount * Block);
        if (family.IsFirstFixed && family.Members.Length >= ManyMembers)
            SearchRuns(family, query, isExcluded, nearest, table);
        else
            Search(family, query, 0, family.Members.Length, isExcluded, nearest, table);
        ArrayPool<float>.Shared.Return(table);
    }

    /// <summary>The elements of a neighbor in the order of the slots of the query that they are compared with.</summary>
    public void Align(Composition neighbor, int permutation, Span<byte> elements)
    {
        ArgumentNullException.ThrowIfNull(neighbor);
        int[] slots = _families.Find(neighbor)!.Permutations[permutation];
        for (int slot = 0; slot < slots.Length; slot++)
            elements[slot] = neighbor.Elements[slots[slot]];
    }

    // The distance of the first slot alone bounds that of a whole run: the nearest runs first, until one is too far.
    private static void SearchRuns(AmountFamily family, Composition query, Func<int, bool> isExcluded, NearestList nearest,
        Span<float> table)
    {
        ReadOnlySpan<float> distances = ElementSpace.SquaredDistances(query.Elements[0]);
        foreach (byte element in ElementSpace.ByDistance(query.Elements[0]))
        {
            if (distances[element] > nearest.Limit)
                return;
            if (family.Find(element) is { } run)
                Search(family, query, run.Start, run.Start + run.Count, isExcluded, nearest, table);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Search(AmountFamily family, Composition query, int first, int end, Func<int, bool> isExcluded, NearestList nearest,
        Span<float> table)
    {
        int slots = family.SlotCount;
        int[][] permutations = family.Permutations;
        ReadOnlySpan<int> members = family.Members;
        Span<float> costs = stackalloc float[Block], best = stackalloc float[Block];
        Span<int> chosen = stackalloc int[Block];
        for (int start = first; start < end; start += Block)
        {
            int count = Math.Min(Block, end - start), width = Math.Min(Block, (count + Vector<float>.Count - 1) / Vector<float>.Count
                * Vector<float>.Count);
            FillTable(family, query, start, count, table);
            for (int number = 0; number < permutations.Length; number++)
            {
                costs[..width].Fill(number * PermutationCost);
                for (int slot = 0; slot < slots; slot++)
                    Add(table.Slice((slot * slots + permutations[number][slot]) * Block, width), costs[..width]);
                if (number == 0)
                {
                    costs[..width].CopyTo(best);
                    chosen[..width].Clear();
                    continue;
                }

                for (int i = 0; i < count; i++)
                {
                    if (costs[i] < best[i])
                        (best[i], chosen[i]) = (costs[i], number);
                }
            }

            for (int i = 0; i < count; i++)
            {
                if (best[i] <= nearest.Limit && !isExcluded(members[start + i]))
                    nearest.Add(members[start + i], best[i], chosen[i]);
            }
        }
    }

    // Squared distances of each slot of the query from each slot that a permutation compares it with.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillTable(AmountFamily family, Composition query, int start, int count, Span<float> table)
    {
        int slots = family.SlotCount;
        for (int slot = 0; slot < slots; slot++)
        {
            ReadOnlySpan<float> distances = ElementSpace.SquaredDistances(query.Elements[slot]);
            for (int other = 0; other < slots; other++)
            {
                if (query.Amounts[other] != query.Amounts[slot])
                    continue;
                ReadOnlySpan<byte> elements = family.ElementsOf(other).Slice(start, count);
                Span<float> target = table.Slice((slot * slots + other) * Block, count);
                for (int i = 0; i < elements.Length; i++)
                    target[i] = distances[elements[i]];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> addend, Span<float> sum)
    {
        ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (int i = 0; i < sums.Length; i++)
            sums[i] += addends[i];
    }
}
