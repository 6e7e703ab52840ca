using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// Finds all neighbors of one atom at a time, reusing its working space: one instance a thread. Candidates are the periodic images
/// of <see cref="PeriodicImages"/>; only what their squared distances leave is computed exactly, and sorted by keys of one word each.
/// </summary>
internal sealed class NeighborFinder
{
    private const double MostImagesPerNeighbor = 64;

    // A cutoff that equals a distance takes all equivalent neighbors or none, whatever the rounding.
    private const double CutoffMargin = 1e-8;

    // More images than asked for now, so that slightly larger cutoffs need no new list.
    private const double Foresight = 1.25;

    private readonly PeriodicImages _images = new();
    private readonly NeighborOrder _order = new();
    private CrystalStructure? _structure;
    private Neighbor[] _collected = [];
    private Neighbor[] _sorted = [];
    private int _count;

    /// <summary>Neighbors of the last <see cref="Collect"/>, sorted; valid until the next call.</summary>
    public ReadOnlySpan<Neighbor> Found
    {
        get
        {
            if (_sorted.Length < _count)
                _sorted = new Neighbor[_collected.Length];
            ReadOnlySpan<int> order = _order.Places;
            for (int i = 0; i < order.Length; i++)
                _sorted[i] = _collected[order[i]];
            return _sorted.AsSpan(0, _count);
        }
    }

    /// <summary>Takes up a structure; does nothing when it is the structure already loaded.</summary>
    public void Load(CrystalStructure structure)
    {
        if (ReferenceEquals(structure, _structure))
            return;
        _structure = structure;
        _images.Load(structure);
    }

    /// <summary>Collects and sorts all neighbors of an atom within the cutoff (Å, inclusive).</summary>
    /// <returns>False, leaving nothing of use, when there are more than <paramref name="most"/>.</returns>
    public bool Collect(int center, double cutoff, int most = int.MaxValue)
    {
        _count = 0;
        double radius = cutoff + 2 * CutoffMargin;
        if (radius > _images.Reach && !Extend(radius, most))
            return false;
        Cartesian origin = _images.HomeOf(center);
        foreach ((int from, int to) in _images.Around(origin, radius))
        {
            CollectRow(center, origin, from, to, cutoff);
            if (_count > most)
                return false;
        }

        _order.Sort(_collected.AsSpan(0, _count), cutoff + CutoffMargin);
        return true;
    }

    /// <summary>Writes the neighbors of the last <see cref="Collect"/>, sorted, by column; the spans must be long enough.</summary>
    public void Write(Span<int> atoms, Span<CellImage> images, Span<Cartesian> vectors, Span<double> distances)
    {
        ReadOnlySpan<int> order = _order.Places;
        for (int i = 0; i < order.Length; i++)
        {
            ref readonly Neighbor neighbor = ref _collected[order[i]];
            atoms[i] = neighbor.Atom;
            images[i] = neighbor.Image;
            vectors[i] = neighbor.Vector;
            distances[i] = neighbor.Distance;
        }
    }

    /// <summary>Number of neighbors of the last <see cref="Collect"/>.</summary>
    public int Count => _count;

    // The images needed never outnumber the neighbors allowed by much; absurd cells would need billions.
    private bool Extend(double radius, int most)
    {
        int atoms = _structure!.AtomCount;
        double largest = Math.Min(MostImagesPerNeighbor * most, Array.MaxLength / 2) + 8.0 * atoms;
        if (_images.Estimate(atoms, radius) > largest)
            return false;
        // The first cutoff may be the only one; a second one is a sign of more to come.
        double generous = _images.Reach < 0 ? radius : Math.Max(radius, Foresight * _images.Reach);
        _images.Extend(atoms, _images.Estimate(atoms, generous) > largest ? radius : generous);
        return true;
    }

    private void CollectRow(int center, Cartesian origin, int from, int to, double cutoff)
    {
        double roughLimit = (cutoff + 2 * CutoffMargin) * (cutoff + 2 * CutoffMargin);
        var limit = Vector512.Create(roughLimit);
        var (x, y, z) = (Vector512.Create(origin.X), Vector512.Create(origin.Y), Vector512.Create(origin.Z));
        ref double xs = ref MemoryMarshal.GetArrayDataReference(_images.X);
        ref double ys = ref MemoryMarshal.GetArrayDataReference(_images.Y);
        ref double zs = ref MemoryMarshal.GetArrayDataReference(_images.Z);
        for (int i = from; i < to; i += Vector512<double>.Count)
        {
            Vector512<double> dx = Vector512.LoadUnsafe(ref xs, (nuint)i) - x;
            Vector512<double> dy = Vector512.LoadUnsafe(ref ys, (nuint)i) - y;
            Vector512<double> dz = Vector512.LoadUnsafe(ref zs, (nuint)i) - z;
            uint near = (uint)Vector512.LessThanOrEqual(dx * dx + dy * dy + dz * dz, limit).ExtractMostSignificantBits();
            if (to - i < Vector512<double>.Count)
                near &= (1u << (to - i)) - 1;
            for (; near != 0; near &= near - 1)
                Add(center, i + BitOperations.TrailingZeroCount(near), cutoff);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int center, int entry, double cutoff)
    {
        (int atom, CellImage image) = _images.Identity[entry];
        CellImage shift = _images.ShiftOf(center);
        // The vector comes from the fractional difference in the given cell: equivalent neighbors get the least rounding noise.
        var full = new CellImage(image.A - shift.A, image.B - shift.B, image.C - shift.C);
        if (atom == center && full == default)
            return;
        ReadOnlySpan<Fractional> positions = _structure!.Positions;
        Cartesian vector = _structure.Cell.ToCartesian(positions[atom] - positions[center] + new Fractional(full.A, full.B, full.C));
        double distance = vector.Length;
        if (distance > cutoff + CutoffMargin)
            return;
        if (_count == _collected.Length)
            Array.Resize(ref _collected, Math.Max(256, 2 * _count));
        _collected[_count++] = new Neighbor(atom, full, vector, distance);
    }
}
