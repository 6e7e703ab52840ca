using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// Finds all neighbors of one atom at a time, reusing its working space: one instance a thread. Candidates are the periodic images
/// of <see cref="PeriodicImages"/>; only what their squared distances leave is computed exactly, and sorted by keys of one word each.
/// </summary>
internal sealed class NeighborFinder
{
    private const double MostImagesPerNeighbor = 64;

    // More images than asked for now, so that slightly larger cutoffs need no new list.
    private const double Foresight = 1.25;

    private readonly PeriodicImages _images = new();
    private readonly NeighborOrder _order = new();
    private CrystalStructure? _structure;
    private long[] _near = [];
    private int _nearCount;
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
        (_count, _nearCount) = (0, 0);
        double radius = cutoff + 2 * NeighborTolerances.CutoffMarginAngstrom;
        if (radius > _images.Reach && !Extend(radius, most))
            return false;
        Cartesian origin = _images.HomeOf(center);
        foreach ((int from, int to) in _images.Around(origin, radius))
        {
            Scan(origin, from, to, radius * radius);
            if (_nearCount > most + 1L)
                return false;
        }

        Measure(center, cutoff + NeighborTolerances.CutoffMarginAngstrom);
        if (_count > most)
            return false;
        _order.Sort(_collected.AsSpan(0, _count), cutoff + NeighborTolerances.CutoffMarginAngstrom, _images.IsInOrder);
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

    // Appends the entries of a row that the squared distances leave.
    private void Scan(Cartesian origin, int from, int to, double roughLimit)
    {
        int room = _nearCount + to - from + Vector512<double>.Count;
        if (_near.Length < room)
            Array.Resize(ref _near, 2 * room);
        ref long near = ref MemoryMarshal.GetArrayDataReference(_near);
        ref double xs = ref MemoryMarshal.GetArrayDataReference(_images.X);
        ref double ys = ref MemoryMarshal.GetArrayDataReference(_images.Y);
        ref double zs = ref MemoryMarshal.GetArrayDataReference(_images.Z);
        var limit = Vector512.Create(roughLimit);
        var (x, y, z) = (Vector512.Create(origin.X), Vector512.Create(origin.Y), Vector512.Create(origin.Z));
        Vector512<long> entries = Vector512.Create((long)from) + Vector512<long>.Indices, end = Vector512.Create((long)to);
        int count = _nearCount;
        for (int i = from; i < to; i += Vector512<double>.Count, entries += Vector512.Create((long)Vector512<double>.Count))
        {
            Vector512<double> dx = Vector512.LoadUnsafe(ref xs, (nuint)i) - x;
            Vector512<double> dy = Vector512.LoadUnsafe(ref ys, (nuint)i) - y;
            Vector512<double> dz = Vector512.LoadUnsafe(ref zs, (nuint)i) - z;
            Vector512<long> inside = Vector512.LessThanOrEqual(dx * dx + dy * dy + dz * dz, limit)
                .AsInt64() & Vector512.LessThan(entries, end);
            ulong lanes = inside.ExtractMostSignificantBits();
            if (Avx512F.IsSupported)
            {
                Avx512F.Compress(entries, inside, entries).StoreUnsafe(ref near, (nuint)count);
                count += BitOperations.PopCount(lanes);
            }
            else
            {
                for (; lanes != 0; lanes &= lanes - 1)
                    Unsafe.Add(ref near, count++) = i + (long)BitOperations.TrailingZeroCount(lanes);
            }
        }

        _nearCount = count;
    }

    // The vector comes from the fractional difference in the given cell: equivalent neighbors get the least rounding noise.
    private void Measure(int center, double limit)
    {
        if (_collected.Length < _nearCount)
            _collected = new Neighbor[2 * _nearCount];
        Span<Neighbor> collected = _collected;
        ReadOnlySpan<Fractional> positions = _structure!.Positions;
        ReadOnlySpan<(int Atom, CellImage Image)> identities = _images.Identity;
        Fractional middle = positions[center];
        CellImage shift = _images.ShiftOf(center);
        (Cartesian a, Cartesian b, Cartesian c) = (_structure.Cell.AxisA, _structure.Cell.AxisB, _structure.Cell.AxisC);
        int count = 0;
        foreach (long entry in _near.AsSpan(0, _nearCount))
        {
            (int atom, CellImage image) = identities[(int)entry];
            image = new CellImage(image.A - shift.A, image.B - shift.B, image.C - shift.C);
            ref readonly Fractional position = ref positions[atom];
            double u = position.X - middle.X + image.A, v = position.Y - middle.Y + image.B, w = position.Z - middle.Z + image.C;
            var vector = new Cartesian(u * a.X + v * b.X + w * c.X, v * b.Y + w * c.Y, w * c.Z);
            double distance = Math.Sqrt(vector.X * vector.X + vector.Y * vector.Y + vector.Z * vector.Z);
            if (distance > limit || (atom == center && image == default))
                continue;
            collected[count++] = new Neighbor(atom, image, vector, distance);
        }

        _count = count;
    }
}
