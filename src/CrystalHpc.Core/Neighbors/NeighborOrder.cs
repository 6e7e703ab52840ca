using System.Numerics;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// The order of neighbors: by distance; those whose distances follow one another within 1e-8 Å count as equally far and are ordered
/// by atom and image, so that the order does not depend on rounding noise. Sorts one word for each neighbor, its distance in steps
/// above its place, and then settles the ties. Reuses its working space.
/// </summary>
internal sealed class NeighborOrder
{
    // Equal distances mostly fall in one step of 2^-34 Å (6e-11), and then are in the order in which they came.
    private const int FinestStep = 34;

    private const int BucketsPerNeighbor = 2;

    private ulong[] _unsorted = [];
    private ulong[] _keys = [];
    private int[] _bucketOf = [];
    private int[] _bucketStart = [];
    private int[] _places = [];
    private int _count;
    private int _placeBits;

    /// <summary>Places of the neighbors last sorted, the nearest first.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, _count);

    /// <summary>Finds the order.</summary>
    /// <param name="neighbors">Neighbors.</param>
    /// <param name="longest">No distance is longer, Å.</param>
    /// <param name="inOrder">True when the neighbors are given in the order of atoms and images.</param>
    public void Sort(ReadOnlySpan<Neighbor> neighbors, double longest, bool inOrder)
    {
        Resize(neighbors.Length);
        if (_count == 0)
            return;
        _placeBits = BitOperations.Log2((uint)_count | 1) + 1;
        int step = Math.Min(FinestStep, 62 - _placeBits - Math.Max(0, Math.ILogB(longest)));
        double scale = Math.ScaleB(1, step);
        SortKeys(neighbors, longest, scale);
        ulong mask = (1ul << _placeBits) - 1;
        for (int i = 0; i < _count; i++)
            _places[i] = (int)(_keys[i] & mask);

        // Neighbors farther apart than this are no ties for certain.
        ulong apart = (ulong)(NeighborTolerances.TieAngstrom * scale) + 2;
        for (int start = 0, end; start < _count; start = end)
        {
            ulong first = _keys[start] >> _placeBits, last = first;
            for (end = start + 1; end < _count && (_keys[end] >> _placeBits) - last < apart; end++)
                last = _keys[end] >> _placeBits;
            if (end - start > 1 && !(inOrder && first == last && step == FinestStep))
                Settle(neighbors, _places.AsSpan(start, end - start));
        }
    }

    private void Resize(int count)
    {
        _count = count;
        if (_keys.Length >= count)
            return;
        (_unsorted, _keys, _bucketOf, _places) = (new ulong[2 * count], new ulong[2 * count], new int[2 * count], new int[2 * count]);
        _bucketStart = new int[2 * count * BucketsPerNeighbor + 2];
    }

    // Neighbors are spread evenly over the volume of the sphere: buckets of equal volume hold few each.
    private void SortKeys(ReadOnlySpan<Neighbor> neighbors, double longest, double scale)
    {
        int buckets = _count * BucketsPerNeighbor;
        double density = buckets / (longest * longest * longest);
        Span<int> starts = _bucketStart.AsSpan(0, buckets + 2), bucketOf = _bucketOf.AsSpan(0, _count);
        Span<ulong> unsorted = _unsorted.AsSpan(0, _count), keys = _keys.AsSpan(0, _count);
        starts.Clear();
        for (int i = 0; i < neighbors.Length; i++)
        {
            double distance = neighbors[i].Distance;
            unsorted[i] = (ulong)(long)(distance * scale) << _placeBits | (uint)i;
            int bucket = Math.Min((int)(distance * distance * distance * density), buckets);
            bucketOf[i] = bucket;
            starts[bucket + 1]++;
        }

        int sum = 0;
        foreach (ref int start in starts)
            start = sum += start;
        for (int i = 0; i < unsorted.Length; i++)
            keys[starts[bucketOf[i]]++] = unsorted[i];
        for (int i = 1; i < keys.Length; i++)
        {
            ulong key = keys[i];
            int k = i;
            for (; k > 0 && keys[k - 1] > key; k--)
                keys[k] = keys[k - 1];
            keys[k] = key;
        }
    }

    // Neighbors close enough in distance that some may be ties: by distance, and each tie by atom and image.
    private static void Settle(ReadOnlySpan<Neighbor> neighbors, Span<int> places)
    {
        Sort(neighbors, places, static (left, right) => left.Distance.CompareTo(right.Distance));
        for (int start = 0, end; start < places.Length; start = end)
        {
            for (end = start + 1; end < places.Length; end++)
            {
                if (neighbors[places[end]].Distance - neighbors[places[end - 1]].Distance > NeighborTolerances.TieAngstrom)
                    break;
            }

            Sort(neighbors, places[start..end], static (left, right) => Compare(left, right));
        }
    }

    // Mostly sorted already, and seldom many.
    private static void Sort(ReadOnlySpan<Neighbor> neighbors, Span<int> places, Comparison<Neighbor> compare)
    {
        for (int i = 1; i < places.Length; i++)
        {
            int place = places[i], k = i;
            for (; k > 0 && compare(neighbors[places[k - 1]], neighbors[place]) > 0; k--)
                places[k] = places[k - 1];
            places[k] = place;
        }
    }

    private static int Compare(in Neighbor left, in Neighbor right)
    {
        int order = left.Atom.CompareTo(right.Atom);
        return order == 0 ? CellImage.Compare(left.Image, right.Image) : order;
    }
}
