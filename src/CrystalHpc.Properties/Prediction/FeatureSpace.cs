using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Properties.Prediction;

/// <summary>
/// The training crystals as the network sees them before its hidden layer, each column in units of its spread: how far the nearest one is
/// says whether a crystal is like any that the model has seen.
/// </summary>
public sealed class FeatureSpace
{
    private readonly float[] _scale, _points;

    /// <summary>Makes a space of what is stored of it.</summary>
    /// <param name="scale">Factor of each column.</param>
    /// <param name="points">Scaled points, end to end.</param>
    public FeatureSpace(float[] scale, float[] points) => (_scale, _points) = (scale, points);

    /// <summary>Factor of each column.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>Scaled points, end to end.</summary>
    public ReadOnlySpan<float> Points => _points;

    /// <summary>Crystals beyond this distance are warned about.</summary>
    public double Limit { get; init; } = double.MaxValue;

    /// <summary>The space of points, at most so many: every so many-th of more.</summary>
    public static FeatureSpace Of(ReadOnlySpan<float> points, int width, int most)
    {
        int count = points.Length / width, stride = (count + most - 1) / most;
        var scale = new float[width];
        for (int column = 0; column < width; column++)
        {
            (double mean, double square) = (0, 0);
            for (int i = column; i < points.Length; i += width)
                mean += points[i] / (double)count;
            for (int i = column; i < points.Length; i += width)
                square += (points[i] - mean) * (points[i] - mean) / count;
            scale[column] = square > 1e-12 ? (float)(1 / Math.Sqrt(square * width)) : 0;
        }

        var kept = new List<float>();
        for (int i = 0; i < count; i += stride)
        {
            for (int column = 0; column < width; column++)
                kept.Add(points[i * width + column] * scale[column]);
        }

        return new FeatureSpace(scale, [.. kept]);
    }

    /// <summary>The distance of the nearest training crystal: 1 is the spread of them all.</summary>
    public double Nearest(ReadOnlySpan<float> point)
    {
        Span<float> scaled = stackalloc float[point.Length];
        for (int column = 0; column < point.Length; column++)
            scaled[column] = point[column] * _scale[column];
        ReadOnlySpan<Vector512<float>> own = MemoryMarshal.Cast<float, Vector512<float>>(scaled);
        double nearest = double.PositiveInfinity;
        for (int start = 0; start < _points.Length; start += point.Length)
        {
            ReadOnlySpan<Vector512<float>> other = MemoryMarshal.Cast<float, Vector512<float>>(_points.AsSpan(start, point.Length));
            Vector512<float> sum = Vector512<float>.Zero;
            for (int v = 0; v < own.Length; v++)
                sum += (own[v] - other[v]) * (own[v] - other[v]);
            nearest = Math.Min(nearest, SumOf(sum));
        }

        return Math.Sqrt(nearest);
    }

    // Lane by lane, so that the bits are the same on every processor.
    private static double SumOf(Vector512<float> lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
            sum += lanes[lane];
        return sum;
    }
}
