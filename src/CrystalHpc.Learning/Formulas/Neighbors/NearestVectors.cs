using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>
/// The nearest of many vectors by Euclidean distance, exact: a tree of halves (Bentley 1975, doi 10.1145/361002.361007) over principal axes, whose leaves are
/// scanned 32 vectors at a time, a few coordinates at a time, until all are too far.
/// </summary>
public sealed class NearestVectors
{
    // A leaf holds two vector registers of candidates; its distances are looked at after each few coordinates.
    private const int Leaf = 32, Step = 8, Lanes = 16;

    // Axes of the boxes around nodes: one register.
    private const int BoxAxes = 16;

    // A coordinate that is far from everything, for places of a leaf that are empty.
    private const float Nowhere = 1e15f;

    private readonly PrincipalAxes _axes;
    private readonly int _dimensions, _stored;
    private Node[] _nodes = new Node[64];
    private int _nodeCount;
    private readonly float[] _leaves;
    private readonly int[] _members;
    private int _leafCount;

    /// <summary>Sorts vectors into a tree.</summary>
    /// <param name="vectors">The vectors, one after another; at least one.</param>
    /// <param name="dimensions">Coordinates of a vector.</param>
    public NearestVectors(ReadOnlySpan<float> vectors, int dimensions)
    {
        int count = vectors.Length / dimensions;
        (_axes, _dimensions, _stored) = (new PrincipalAxes(vectors, dimensions), dimensions, Math.Max(BoxAxes, (dimensions + Step - 1) / Step * Step));
        var turned = new float[count * _stored];
        for (int i = 0; i < count; i++)
            _axes.Turn(vectors.Slice(i * dimensions, dimensions), turned.AsSpan(i * _stored, dimensions));
        int leaves = count / (Leaf / 2) + 1;
        (_leaves, _members) = (new float[leaves * Leaf * _stored], new int[leaves * Leaf]);
        Build(turned, [.. Enumerable.Range(0, count)]);
    }

    /// <summary>Finds the nearest.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="isExcluded">True for the numbers of vectors that are not to be found.</param>
    /// <param name="nearest">Receives the neighbors.</param>
    public void Find(ReadOnlySpan<float> vector, Func<int, bool> isExcluded, NearestList nearest)
    {
        ArgumentNullException.ThrowIfNull(isExcluded);
        ArgumentNullException.ThrowIfNull(nearest);
        nearest.Clear();
        Span<float> turned = stackalloc float[_stored];
        turned.Clear();
        _axes.Turn(vector, turned[.._dimensions]);
        Visit(0, turned, isExcluded, nearest);
    }

    private int Build(float[] turned, int[] members)
    {
        int number = _nodeCount++;
        if (number == _nodes.Length)
            Array.Resize(ref _nodes, 2 * number);
        Vector512<float> low = Vector512.Create(float.PositiveInfinity), high = -low;
        foreach (int member in members)
        {
            Vector512<float> x = Vector512.Create<float>(turned.AsSpan(member * _stored, BoxAxes));
            (low, high) = (Vector512.Min(low, x), Vector512.Max(high, x));
        }
        if (members.Length <= Leaf)
        {
            Fill(turned, members);
            _nodes[number] = new Node(low, high, _leafCount++, -1, -1);
            return number;
        }

        int widest = Enumerable.Range(0, BoxAxes).MaxBy(axis => high[axis] - low[axis]);
        float[] keys = [.. members.Select(member => turned[member * _stored + widest])];
        Array.Sort(keys, members);
        int first = Build(turned, members[..(members.Length / 2)]), second = Build(turned, members[(members.Length / 2)..]);
        _nodes[number] = new Node(low, high, -1, first, second);
        return number;
    }

    private void Fill(float[] turned, int[] members)
    {
        Span<float> leaf = _leaves.AsSpan(_leafCount * Leaf * _stored, Leaf * _stored);
        leaf.Fill(Nowhere);
        _members.AsSpan(_leafCount * Leaf, Leaf).Fill(-1);
        for (int place = 0; place < members.Length; place++)
        {
            _members[_leafCount * Leaf + place] = members[place];
            for (int axis = 0; axis < _stored; axis++)
                leaf[axis * Leaf + place] = turned[members[place] * _stored + axis];
        }
    }

    private void Visit(int number, ReadOnlySpan<float> query, Func<int, bool> isExcluded, NearestList nearest)
    {
        ref readonly Node node = ref _nodes[number];
        if (node.Leaf >= 0)
        {
            Scan(node.Leaf, query, isExcluded, nearest);
            return;
        }

        float first = Bound(_nodes[node.First], query), second = Bound(_nodes[node.Second], query);
        (int near, int far) = first <= second ? (node.First, node.Second) : (node.Second, node.First);
        if (Math.Min(first, second) <= nearest.Limit)
            Visit(near, query, isExcluded, nearest);
        if (Math.Max(first, second) <= nearest.Limit)
            Visit(far, query, isExcluded, nearest);
    }

    // Squared distance of the query from the box of a node along the first axes, made a little smaller for rounding.
    private static float Bound(in Node node, ReadOnlySpan<float> query)
    {
        Vector512<float> x = Vector512.Create(query[..BoxAxes]), beyond = Vector512.Max(Vector512<float>.Zero, Vector512.Max(node.Low - x, x - node.High));
        return Vector512.Sum(beyond * beyond) * 0.9999f;
    }

    private void Scan(int leaf, ReadOnlySpan<float> query, Func<int, bool> isExcluded, NearestList nearest)
    {
        ReadOnlySpan<Vector512<float>> columns = MemoryMarshal.Cast<float, Vector512<float>>(_leaves.AsSpan(leaf * Leaf * _stored, Leaf * _stored));
        Vector512<float> first = Vector512<float>.Zero, second = Vector512<float>.Zero, limit = Vector512.Create(nearest.Limit);
        for (int start = 0; start < _stored; start += Step)
        {
            for (int axis = start; axis < start + Step; axis++)
            {
                Vector512<float> x = Vector512.Create(query[axis]), a = columns[2 * axis] - x, b = columns[2 * axis + 1] - x;
                (first, second) = (Vector512.FusedMultiplyAdd(a, a, first), Vector512.FusedMultiplyAdd(b, b, second));
            }

            if (Vector512.GreaterThanAll(first, limit) && Vector512.GreaterThanAll(second, limit))
                return;
        }

        for (int place = 0; place < Leaf; place++)
        {
            int member = _members[leaf * Leaf + place];
            float distance = place < Lanes ? first[place] : second[place - Lanes];
            if (member >= 0 && distance <= nearest.Limit && !isExcluded(member))
                nearest.Add(member, distance);
        }
    }

    private readonly record struct Node(Vector512<float> Low, Vector512<float> High, int Leaf, int First, int Second);
}
