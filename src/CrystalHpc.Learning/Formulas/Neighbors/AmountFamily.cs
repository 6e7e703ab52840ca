namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>Formulas of equal amounts, sorted by the element of their first slot, slots side by side.</summary>
internal sealed class AmountFamily
{
    private readonly int[] _members;
    private readonly byte[][] _elements;
    private readonly short[] _runs = new short[Composition.KnownElements];

    /// <summary>Sorts the members.</summary>
    /// <param name="memory">All formulas.</param>
    /// <param name="members">Numbers of those of the family, one at least.</param>
    public AmountFamily(IReadOnlyList<Composition> memory, int[] members)
    {
        Composition first = First = memory[members[0]];
        _members = [.. members.OrderBy(member => memory[member].Elements[0])];
        _elements = [.. Enumerable.Range(0, first.SlotCount).Select(slot => _members.Select(member => memory[member].Elements[slot])
            .ToArray())];
        Permutations = SlotPermutations.Of(first.Amounts[..first.SlotCount]);
        Buckets = [.. Cut(_elements[0], 0, _members.Length)];
        Array.Fill<short>(_runs, -1);
        for (int run = 0; run < Buckets.Length; run++)
            _runs[Buckets[run].Element] = (short)run;
    }

    /// <summary>One of the members: the amounts of all.</summary>
    public Composition First { get; }

    /// <summary>Number of slots.</summary>
    public int SlotCount => _elements.Length;

    /// <summary>True when no other slot has the amount of the first, which then is compared with the first alone.</summary>
    public bool IsFirstFixed => SlotCount == 1 || First.Amounts[1] != First.Amounts[0];

    /// <summary>The ways to assign elements of equal amount, the identity first.</summary>
    public int[][] Permutations { get; }

    /// <summary>Runs of members with the same element in the first slot.</summary>
    public Bucket[] Buckets { get; }

    /// <summary>The run of an element; null when there is none.</summary>
    public Bucket? Find(byte element) => _runs[element] is var run and >= 0 ? Buckets[run] : null;

    /// <summary>Numbers of the members in the memory.</summary>
    public ReadOnlySpan<int> Members => _members;

    /// <summary>The elements of a slot of all members.</summary>
    public ReadOnlySpan<byte> ElementsOf(int slot) => _elements[slot];

    private static IEnumerable<Bucket> Cut(byte[] elements, int start, int end)
    {
        for (int next; start < end; start = next)
        {
            next = start + 1;
            while (next < end && elements[next] == elements[start])
                next++;
            yield return new Bucket(elements[start], start, next - start);
        }
    }

    /// <summary>A run of members.</summary>
    /// <param name="Element">The element that they share.</param>
    /// <param name="Start">The first.</param>
    /// <param name="Count">How many.</param>
    public readonly record struct Bucket(byte Element, int Start, int Count);
}
