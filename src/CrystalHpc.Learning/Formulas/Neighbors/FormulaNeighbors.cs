using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>Finds, for any formula, those formulas of a memory that a chemist would look up.</summary>
public sealed class FormulaNeighbors
{
    private readonly IReadOnlyList<Composition> _memory;
    private readonly AnonymousNeighbors _alike;
    private readonly MixtureNeighbors _mixtures;
    private readonly SlotNeighbors _slots;
    private readonly int[] _identities;
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>Prepares the search.</summary>
    /// <param name="memory">The formulas that may be found, at least one.</param>
    public FormulaNeighbors(IReadOnlyList<Composition> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var families = new AmountFamilies(memory);
        (_memory, _alike, _mixtures, _slots) = (memory, new AnonymousNeighbors(families), new MixtureNeighbors(memory),
            new SlotNeighbors(families));
        foreach (Composition composition in memory)
            _numbers.TryAdd(composition.Text, _numbers.Count);
        _identities = [.. memory.Select(composition => _numbers[composition.Text])];
    }

    /// <summary>The formulas that may be found.</summary>
    public IReadOnlyList<Composition> Memory => _memory;

    /// <summary>Number of a formula among the distinct ones of the memory, in their order; -1 when it is none of them.</summary>
    public int NumberOf(Composition composition)
    {
        ArgumentNullException.ThrowIfNull(composition);
        return _numbers.GetValueOrDefault(composition.Text, -1);
    }

    /// <summary>The neighbors of many formulas, by all cores. A formula is never its own neighbor.</summary>
    public NeighborTable Find(IReadOnlyList<Composition> queries)
    {
        ArgumentNullException.ThrowIfNull(queries);
        const int Chunk = MixtureNeighbors.Lanes;
        var table = new NeighborTable(queries.Count);

        // Formulas of alike amounts go together: most of the others are too far from all of them.
        int[] rows = [.. Enumerable.Range(0, queries.Count).OrderBy(row => queries[row].Count).ThenBy(row => queries[row].Fraction(0))
            .ThenBy(row => queries[row].Atoms)];
        System.Threading.Tasks.Parallel.For(0, (queries.Count + Chunk - 1) / Chunk, () => new Lists(), (chunk, _, lists) =>
        {
            int[] part = rows[(chunk * Chunk)..Math.Min(rows.Length, (chunk + 1) * Chunk)];
            Find([.. part.Select(row => queries[row])], table, part, lists);
            return lists;
        }, _ => { });
        return table;
    }

    private void Find(ReadOnlySpan<Composition> queries, NeighborTable table, ReadOnlySpan<int> rows, Lists lists)
    {
        Span<int> selves = stackalloc int[queries.Length];
        for (int i = 0; i < queries.Length; i++)
        {
            selves[i] = NumberOf(queries[i]);
            FindAlike(queries[i], selves[i], table, rows[i], lists.Alike);
            table.OthersOf(rows[i]).Fill(-1);
        }

        _mixtures.Find(queries, selves, _identities, lists.Mixed);
        for (int i = 0; i < queries.Length; i++)
            Describe(queries[i], lists.Mixed[i], table, rows[i], 0);
        _slots.Find(queries, lists.Mixed);
        for (int i = 0; i < queries.Length; i++)
            Describe(queries[i], lists.Mixed[i], table, rows[i], NeighborTable.Mixed);
    }

    private void FindAlike(Composition query, int self, NeighborTable table, int row, NearestList nearest)
    {
        _alike.Find(query, member => _identities[member] == self, nearest);
        Span<int> alike = table.AlikeOf(row);
        alike.Fill(-1);
        nearest.Indices.CopyTo(alike);
        for (int k = 0; k < nearest.Count; k++)
            _alike.Align(_memory[alike[k]], nearest.Tags[k], table.AlignedOf(row).Slice(k * Composition.Slots, Composition.Slots));
    }

    private void Describe(Composition query, NearestList nearest, NeighborTable table, int row, int first)
    {
        nearest.Indices.CopyTo(table.OthersOf(row)[first..]);
        for (int k = 0; k < nearest.Count; k++)
        {
            Span<float> target = table.DescriptorsOf(row).Slice((first + k) * NeighborTable.Descriptors, NeighborTable.Descriptors);
            Compare(query, _memory[nearest.Indices[k]], nearest.SquaredDistances[k], target);
        }
    }

    // Squared distance; same amounts; same elements; ratio of atoms; numbers of elements; fractions by slot; fractions by element; amounts
    // by slot.
    private static void Compare(Composition left, Composition right, float squaredDistance, Span<float> target)
    {
        target[0] = squaredDistance;
        target[1] = left.Amounts.SequenceEqual(right.Amounts) ? 1 : 0;
        target[3] = (float)Math.Abs(PortableMath.Log((double)left.Atoms / right.Atoms));
        target[4] = Math.Abs(left.Count - right.Count);
        (double byElement, int shared) = (2, 0);
        for (int i = 0; i < left.Count; i++)
        {
            int j = right.Elements.IndexOf(left.Elements[i]);
            if (j < 0)
                continue;
            shared++;
            byElement -= left.Fraction(i) + right.Fraction(j) - Math.Abs(left.Fraction(i) - right.Fraction(j));
        }

        (double bySlot, long amounts) = (0, 0);
        for (int slot = 0; slot < Math.Max(left.Count, right.Count); slot++)
        {
            (double x, long a) = slot < left.Count ? (left.Fraction(slot), left.Amounts[slot]) : (0, 0);
            (double y, long b) = slot < right.Count ? (right.Fraction(slot), right.Amounts[slot]) : (0, 0);
            bySlot += Math.Abs(x - y);
            amounts += Math.Abs(a - b);
        }

        target[2] = shared == left.Count && shared == right.Count ? 1 : 0;
        (target[5], target[6], target[7]) = ((float)bySlot, (float)byElement, Math.Min(amounts, 10) / 4f);
    }

    private sealed class Lists
    {
        public NearestList Alike { get; } = new(NeighborTable.Alike);

        public NearestList[] Mixed { get; } = [.. Enumerable.Range(0, MixtureNeighbors.Lanes)
            .Select(_ => new NearestList(NeighborTable.Mixed))];
    }
}
