using System.Numerics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>
/// Sums of a periodic map over balls. A ball is a pile of rows along x, and the sum over a row is a difference of two running sums: the
/// cost of a ball is that of its section.
/// </summary>
/// <param name="size">Voxels along an edge.</param>
internal sealed class BallFilter(int size)
{
    private readonly int _half = size / 2;
    private readonly double[] _running = new double[size * size * (2 * size + 1)];
    private readonly List<(int Z, int Y, int HalfWidth)> _rows = [];

    /// <summary>Sums a map over the ball around each voxel.</summary>
    /// <param name="map">The map, [z][y][x].</param>
    /// <param name="radius">Radius of the ball in voxels.</param>
    /// <param name="sums">Receives the sums.</param>
    public void Sum(ReadOnlySpan<float> map, double radius, Span<double> sums)
    {
        SetRows(radius);
        SetRunning(map);
        int stride = 2 * size + 1;
        for (int z = 0; z < size; z++)
        {
            for (int y = 0; y < size; y++)
            {
                Span<double> target = sums.Slice((z * size + y) * size, size);
                target.Clear();
                foreach ((int dz, int dy, int half) in _rows)
                {
                    int row = (z + dz + size) % size * size + (y + dy + size) % size;
                    ReadOnlySpan<double> running = _running.AsSpan(row * stride, stride);
                    AddDifference(running.Slice(_half + half + 1, size), running.Slice(_half - half, size), target);
                }
            }
        }
    }

    // The rows of the ball by nearest images: along each axis offsets from above minus half the grid to half of it.
    private void SetRows(double radius)
    {
        _rows.Clear();
        double square = radius * radius + 1e-9;
        int widest = (size - 1) / 2;
        for (int z = _half + 1 - size; z <= _half; z++)
        {
            for (int y = _half + 1 - size; y <= _half; y++)
            {
                double left = square - z * z - y * y;
                if (left >= 0)
                    _rows.Add((z, y, Math.Min((int)Math.Sqrt(left), widest)));
            }
        }
    }

    // Running sums along x over the row with half a period before it and half after.
    private void SetRunning(ReadOnlySpan<float> map)
    {
        int stride = 2 * size + 1;
        for (int row = 0; row < size * size; row++)
        {
            Span<double> running = _running.AsSpan(row * stride, stride);
            ReadOnlySpan<float> values = map.Slice(row * size, size);
            running[0] = 0;
            for (int i = 0; i < 2 * size; i++)
                running[i + 1] = running[i] + values[(i + size - _half) % size];
        }
    }

    private static void AddDifference(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, Span<double> target)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> uppers = MemoryMarshal.Cast<double, Vector<double>>(upper),
            lowers = MemoryMarshal.Cast<double, Vector<double>>(lower);
        for (int i = 0; i < targets.Length; i++)
            targets[i] += uppers[i] - lowers[i];
        for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += upper[i] - lower[i];
    }
}
