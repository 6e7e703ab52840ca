using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>Finds, for any formula, those formulas of a memory that a chemist would look up.</summary>
public sealed class FormulaNeighbors
{
    private readonly IReadOnlyList<Composition> _memory;
    private readonly AnonymousNeighbors _alike;
    private readonly Lazy<NearestVectors> _mixtures, _slots;
    private readonly int[] _families, _identities;
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>Prepares the search.</summary>
    /// <param name="memory">The formulas that may be found, at least one.</param>
    public FormulaNeighbors(IReadOnlyList<Composition> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        (_memory, _alike) = (memory, new AnonymousNeighbors(memory));
        _families = [.. memory.Select(_alike.FamilyOf)];
        foreach (Composition composition in memory)
            _numbers.TryAdd(composition.Text, _numbers.Count);
        _identities = [.. memory.Select(composition => _numbers[composition.Text])];
        _mixtures = new(() => Sort(CompositionVectors.MixtureLength, CompositionVectors.WriteMixture));
        _slots = new(() => Sort(CompositionVectors.SlotsLength, CompositionVectors.WriteSlots));
    }

    private delegate void Writer(Composition composition, Span<float> vector);

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
        const int Chunk = 64;
        var table = new NeighborTable(queries.Count);
        System.Threading.Tasks.Parallel.For(0, (queries.Count + Chunk - 1) / Chunk, () => new Lists(), (chunk, _, lists) =>
        {
            for (int row = chunk * Chunk; row < Math.Min(queries.Count, (chunk + 1) * Chunk); row++)
                Find(queries[row], table, row, lists);
            return lists;
        }, _ => { });
        return table;
    }

    private void Find(Composition query, NeighborTable table, int row, Lists lists)
    {
        int self = NumberOf(query);
        _alike.Find(query, member => _identities[member] == self, lists.Alike);
        Span<int> alike = table.AlikeOf(row), others = table.OthersOf(row);
        alike.Fill(-1);
        others.Fill(-1);
        lists.Alike.Indices.CopyTo(alike);
        for (int k = 0; k < lists.Alike.Count; k++)
            _alike.Align(_memory[alike[k]], lists.Alike.Tags[k], table.AlignedOf(row).Slice(k * Composition.Slots, Composition.Slots));

        Span<float> vector = stackalloc float[Math.Max(CompositionVectors.MixtureLength, CompositionVectors.SlotsLength)];
        CompositionVectors.WriteMixture(query, vector);
        _mixtures.Value.Find(vector[..CompositionVectors.MixtureLength], member => _identities[member] == self, lists.Mixed);
        Describe(query, lists.Mixed, table, row, 0);
        CompositionVectors.WriteSlots(query, vector);
        int family = _alike.FamilyOf(query);
        _slots.Value.Find(vector[..CompositionVectors.SlotsLength], member => _families[member] == family, lists.Mixed);
        Describe(query, lists.Mixed, table, row, NeighborTable.Mixed);
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

    // Squared distance; same amounts; same elements; ratio of atoms; numbers of elements; fractions by slot; fractions by element; amounts by slot.
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

    private NearestVectors Sort(int length, Writer write)
    {
        var vectors = new float[_memory.Count * length];
        for (int i = 0; i < _memory.Count; i++)
            write(_memory[i], vectors.AsSpan(i * length, length));
        return new NearestVectors(vectors, length);
    }

    private sealed class Lists
    {
        public NearestList Alike { get; } = new(NeighborTable.Alike);

        public NearestList Mixed { get; } = new(NeighborTable.Mixed);
    }
}
