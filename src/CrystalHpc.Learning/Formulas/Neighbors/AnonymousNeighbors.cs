using System.Numerics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>
/// The nearest formulas with the same amounts (ABC3 beside ABC3): the squared distance is the sum over slots of squared distances of elements
/// (<see cref="ElementSpace"/>), the least over assignments of elements of equal amount.
/// </summary>
public sealed class AnonymousNeighbors
{
    // Assignments out of order must be nearer by this much, so that equal ones stay in order.
    private const float PermutationCost = 1e-4f;
    private const int Block = 128;

    private readonly Dictionary<string, Family> _families = [];

    /// <summary>Sorts formulas by their amounts.</summary>
    public AnonymousNeighbors(IReadOnlyList<Composition> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, memory.Count).GroupBy(i => KeyOf(memory[i])))
            _families.Add(group.Key, new Family(memory, [.. group], _families.Count));
    }

    /// <summary>Number of the family of formulas with the same amounts; -1 for one without members.</summary>
    public int FamilyOf(Composition composition) => _families.TryGetValue(KeyOf(composition), out Family? family) ? family.Number : -1;

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
        if (_families.TryGetValue(KeyOf(query), out Family? family))
            family.Find(query, isExcluded, nearest);
    }

    /// <summary>The elements of a neighbor in the order of the slots of the query that they are compared with.</summary>
    public void Align(Composition neighbor, int permutation, Span<byte> elements)
    {
        ArgumentNullException.ThrowIfNull(neighbor);
        int[] slots = _families[KeyOf(neighbor)].Permutations[permutation];
        for (int slot = 0; slot < slots.Length; slot++)
            elements[slot] = neighbor.Elements[slots[slot]];
    }

    private static string KeyOf(Composition composition) => string.Create(composition.Count, composition, static (key, source) =>
    {
        for (int i = 0; i < key.Length; i++)
            key[i] = (char)Math.Min(source.Amounts[i], char.MaxValue);
    });

    private sealed class Family
    {
        private readonly int[] _members;
        private readonly byte[][] _elements;

        public Family(IReadOnlyList<Composition> memory, int[] members, int number)
        {
            (_members, Number) = (members, number);
            Composition first = memory[members[0]];
            Permutations = SlotPermutations.Of(first.Amounts[..first.SlotCount]);
            _elements = [.. Enumerable.Range(0, first.SlotCount).Select(slot => members.Select(member => memory[member].Elements[slot]).ToArray())];
        }

        public int Number { get; }

        public int[][] Permutations { get; }

        public void Find(Composition query, Func<int, bool> isExcluded, NearestList nearest)
        {
            int slots = _elements.Length;
            Span<float> costs = stackalloc float[Block], best = stackalloc float[Block], table = new float[slots * slots * Block];
            Span<int> chosen = stackalloc int[Block];
            for (int start = 0; start < _members.Length; start += Block)
            {
                int count = Math.Min(Block, _members.Length - start);
                FillTable(query, start, count, table);
                for (int number = 0; number < Permutations.Length; number++)
                {
                    costs.Fill(number * PermutationCost);
                    for (int slot = 0; slot < slots; slot++)
                        Add(table.Slice((slot * slots + Permutations[number][slot]) * Block, Block), costs);
                    if (number == 0)
                    {
                        costs.CopyTo(best);
                        chosen.Clear();
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
                    if (best[i] <= nearest.Limit && !isExcluded(_members[start + i]))
                        nearest.Add(_members[start + i], best[i], chosen[i]);
                }
            }
        }

        // Squared distances of each slot of the query from each slot that a permutation compares it with.
        private void FillTable(Composition query, int start, int count, Span<float> table)
        {
            int slots = _elements.Length;
            for (int slot = 0; slot < slots; slot++)
            {
                ReadOnlySpan<float> distances = ElementSpace.SquaredDistances(query.Elements[slot]);
                for (int other = 0; other < slots; other++)
                {
                    if (query.Amounts[other] != query.Amounts[slot])
                        continue;
                    ReadOnlySpan<byte> elements = _elements[other].AsSpan(start, count);
                    Span<float> target = table.Slice((slot * slots + other) * Block, count);
                    for (int i = 0; i < elements.Length; i++)
                        target[i] = distances[elements[i]];
                }
            }
        }

        private static void Add(ReadOnlySpan<float> addend, Span<float> sum)
        {
            ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
            Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += addends[i];
        }
    }
}
