using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Finds atoms that lie on one another, also through the periodicity of the cell, in time that grows with the number of atoms.
/// </summary>
/// <remarks>
/// Atoms are sorted into boxes. Two atoms at one place lie in the same box, or in boxes on both sides of a wall that is closer than the
/// tolerance, so that most atoms look into their own box only. A box with several atoms is rare, or ends the search.
/// </remarks>
internal static class CoincidingAtoms
{
    private const double ToleranceAngstrom = 0.01;
    private const double BoxAngstrom = 0.5;

    /// <summary>Indices of the first two atoms closer than 0.01 Å; null when there are none.</summary>
    public static (int First, int Second)? Find(AtomFrame frame)
    {
        var boxes = new Dictionary<(long, long, long), int>(frame.AtomCount);
        int[] next = new int[frame.AtomCount];
        Axis[] axes = AxesOf(frame);
        Span<long> low = stackalloc long[3];
        Span<long> high = stackalloc long[3];
        Span<double> place = stackalloc double[3];
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            Place(frame, atom, place);
            for (int i = 0; i < 3; i++)
                (low[i], high[i]) = axes[i].BoxesNear(place[i]);
            for (long x = low[0]; x <= high[0]; x++)
            {
                for (long y = low[1]; y <= high[1]; y++)
                {
                    for (long z = low[2]; z <= high[2]; z++)
                    {
                        if (!boxes.TryGetValue((axes[0].Wrapped(x), axes[1].Wrapped(y), axes[2].Wrapped(z)), out int other))
                            continue;
                        for (; other >= 0; other = next[other])
                        {
                            if (AreClose(frame, axes, other, atom))
                                return (other, atom);
                        }
                    }
                }
            }

            (long, long, long) home = (axes[0].BoxOf(place[0]), axes[1].BoxOf(place[1]), axes[2].BoxOf(place[2]));
            next[atom] = boxes.TryGetValue(home, out int before) ? before : -1;
            boxes[home] = atom;
        }

        return null;
    }

    // Along a cell vector in fractions of it; without a cell along x, y and z in Å.
    private static Axis[] AxesOf(AtomFrame frame)
    {
        if (frame.Cell is not { } cell)
            return [new Axis(1, false), new Axis(1, false), new Axis(1, false)];
        (double a, double b, double c) = cell.PlaneSpacings();
        return [new Axis(a, frame.Periodicity.A), new Axis(b, frame.Periodicity.B), new Axis(c, frame.Periodicity.C)];
    }

    private static void Place(AtomFrame frame, int atom, Span<double> place)
    {
        Cartesian position = frame.PositionOf(atom);
        if (frame.Cell is { } cell)
        {
            Fractional f = cell.ToFractional(position);
            (place[0], place[1], place[2]) = (f.X, f.Y, f.Z);
        }
        else
        {
            (place[0], place[1], place[2]) = (position.X, position.Y, position.Z);
        }
    }

    private static bool AreClose(AtomFrame frame, Axis[] axes, int first, int second)
    {
        Cartesian difference = frame.PositionOf(second) - frame.PositionOf(first);
        if (frame.Cell is { } cell)
        {
            Fractional f = cell.ToFractional(difference);
            difference = cell.ToCartesian(new Fractional(axes[0].Nearest(f.X), axes[1].Nearest(f.Y), axes[2].Nearest(f.Z)));
        }

        return difference.LengthSquared < ToleranceAngstrom * ToleranceAngstrom;
    }

    /// <summary>One direction: how far apart its planes at 0 and 1 are, Å, and whether it repeats.</summary>
    private readonly struct Axis(double spacing, bool repeats)
    {
        private readonly double _margin = ToleranceAngstrom / spacing;
        private readonly double _boxes = repeats ? Math.Max(1, Math.Floor(spacing / BoxAngstrom)) : spacing / BoxAngstrom;

        public long BoxOf(double place) => Wrapped(Raw(Inside(place)));

        public (long Low, long High) BoxesNear(double place)
        {
            double inside = Inside(place);
            (long low, long high) = (Raw(inside - _margin), Raw(inside + _margin));
            // In a thin cell one box is the whole width: it must not be looked into twice.
            return (low, repeats ? Math.Min(high, low + (long)_boxes - 1) : high);
        }

        public long Wrapped(long box)
        {
            long count = (long)_boxes;
            return repeats ? (box % count + count) % count : box;
        }

        public double Nearest(double difference) => repeats ? difference - Math.Round(difference) : difference;

        private double Inside(double place) => repeats ? place - Math.Floor(place) : place;

        private long Raw(double place) => (long)Math.Floor(place * _boxes);
    }
}
