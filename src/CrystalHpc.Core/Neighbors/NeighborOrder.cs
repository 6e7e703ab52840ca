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
    // Rounding noise of a distance is some 1e-13 Å; distances of atoms that symmetry does not relate differ by more than this.
    private const double TieAngstrom = 1e-8;

    // Equal distances mostly fall in one step of 2^-34 Å (6e-11), and then are in the order in which they came.
    private const int FinestStep = 34;

    private ulong[] _keys = [];
    private int[] _places = [];
    private int _count;

    /// <summary>Places of the neighbors last sorted, the nearest first.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, _count);

    /// <summary>Finds the order.</summary>
    /// <param name="neighbors">Neighbors.</param>
    /// <param name="longest">No distance is longer, Å.</param>
    public void Sort(ReadOnlySpan<Neighbor> neighbors, double longest)
    {
        _count = neighbors.Length;
        if (_keys.Length < _count)
            (_keys, _places) = (new ulong[2 * _count], new int[2 * _count]);
        int placeBits = BitOperations.Log2((uint)_count | 1) + 1;
        int step = Math.Min(FinestStep, 62 - placeBits - Math.Max(0, Math.ILogB(longest)));
        double scale = Math.ScaleB(1, step);
        for (int i = 0; i < neighbors.Length; i++)
            _keys[i] = (ulong)(long)(neighbors[i].Distance * scale) << placeBits | (uint)i;
        Span<ulong> keys = _keys.AsSpan(0, _count);
        keys.Sort();
        ulong mask = (1ul << placeBits) - 1;
        for (int i = 0; i < keys.Length; i++)
            _places[i] = (int)(keys[i] & mask);
        if (step < FinestStep)
            SortExactly(neighbors);
        SettleTies(neighbors, keys, placeBits);
    }

    // Millions of neighbors or distances of hundreds of Å leave steps that are wider than a tie.
    private void SortExactly(ReadOnlySpan<Neighbor> neighbors)
    {
        for (int i = 1; i < _count; i++)
        {
            int place = _places[i], k = i;
            for (; k > 0 && neighbors[_places[k - 1]].Distance > neighbors[place].Distance; k--)
                _places[k] = _places[k - 1];
            _places[k] = place;
        }
    }

    private void SettleTies(ReadOnlySpan<Neighbor> neighbors, ReadOnlySpan<ulong> keys, int placeBits)
    {
        for (int start = 0, end = 0; start < _count; start = end)
        {
            double last = neighbors[_places[start]].Distance;
            for (end = start + 1; end < _count; end++)
            {
                double next = neighbors[_places[end]].Distance;
                if (next - last > TieAngstrom && NearestInStep(neighbors, keys, placeBits, end) - last > TieAngstrom)
                    break;
                last = Math.Max(last, next);
            }

            if (end - start > 1)
                SortTie(neighbors, _places.AsSpan(start, end - start));
        }
    }

    // Within one step the keys do not tell which distance is the shortest.
    private double NearestInStep(ReadOnlySpan<Neighbor> neighbors, ReadOnlySpan<ulong> keys, int placeBits, int from)
    {
        double nearest = double.PositiveInfinity;
        for (int i = from; i < keys.Length && keys[i] >> placeBits == keys[from] >> placeBits; i++)
            nearest = Math.Min(nearest, neighbors[_places[i]].Distance);
        return nearest;
    }

    private static void SortTie(ReadOnlySpan<Neighbor> neighbors, Span<int> places)
    {
        // Mostly sorted, and seldom many.
        for (int i = 1; i < places.Length; i++)
        {
            int place = places[i], k = i;
            for (; k > 0 && Compare(neighbors[places[k - 1]], neighbors[place]) > 0; k--)
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
