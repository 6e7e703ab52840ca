using CrystalHpc.Core.Elements;

namespace CrystalHpc.Learning.Formulas;

/// <summary>
/// Elements as points, close where chemistry is alike: eleven properties, standardized over the elements and weighted, scaled to a mean
/// distance of 1 of a pair.
/// Neighbors of formulas are found by these distances; networks start from them and learn their own.
/// </summary>
public static class ElementSpace
{
    private static readonly (MagpieProperty Property, double Weight)[] Axes =
    [
        (MagpieProperty.MendeleevNumber, 2), (MagpieProperty.Column, 1), (MagpieProperty.Row, 1), (MagpieProperty.CovalentRadius, 1.5),
        (MagpieProperty.Electronegativity, 1.5), (MagpieProperty.NsValence, 0.5), (MagpieProperty.NpValence, 0.7),
        (MagpieProperty.NdValence, 0.7),
        (MagpieProperty.NfValence, 0.7), (MagpieProperty.NUnfilled, 0.5), (MagpieProperty.GSvolume, 0.7),
    ];

    private static readonly double[] Points = Place();
    private static readonly float[] Squares = SquareDistances();
    private static readonly byte[] Nearest = [.. Enumerable.Range(0, Composition.KnownElements).SelectMany(element =>
        Enumerable.Range(0, Composition.KnownElements).OrderBy(other => Squares[element * Composition.KnownElements + other])
            .ThenBy(other => other).Select(other => (byte)other))];

    /// <summary>Coordinates of an element.</summary>
    public static int Dimensions => Axes.Length;

    /// <summary>The point of an element, by its atomic number less one.</summary>
    public static ReadOnlySpan<double> Of(int element) => Points.AsSpan(element * Axes.Length, Axes.Length);

    /// <summary>Squared distances of an element from all.</summary>
    public static ReadOnlySpan<float> SquaredDistances(int element)
        => Squares.AsSpan(element * Composition.KnownElements, Composition.KnownElements);

    /// <summary>All elements, the nearest to one first: the element itself.</summary>
    public static ReadOnlySpan<byte> ByDistance(int element)
        => Nearest.AsSpan(element * Composition.KnownElements, Composition.KnownElements);

    private static double[] Place()
    {
        const int n = Composition.KnownElements;
        var points = new double[n * Axes.Length];
        for (int axis = 0; axis < Axes.Length; axis++)
        {
            (MagpieProperty property, double weight) = Axes[axis];
            double mean = 0, variance = 0;
            for (int i = 0; i < n; i++)
                mean += ElementTable.Of(i)[(int)property] / n;
            for (int i = 0; i < n; i++)
                variance += Square(ElementTable.Of(i)[(int)property] - mean) / n;
            for (int i = 0; i < n; i++)
                points[i * Axes.Length + axis] = weight * (ElementTable.Of(i)[(int)property] - mean) / Math.Sqrt(variance);
        }

        double total = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                total += Math.Sqrt(SquaredDistance(points, i, j));
        }

        double scale = n * (n - 1) / 2 / total;
        for (int k = 0; k < points.Length; k++)
            points[k] *= scale;
        return points;
    }

    private static float[] SquareDistances()
    {
        var squares = new float[Composition.KnownElements * Composition.KnownElements];
        for (int k = 0; k < squares.Length; k++)
            squares[k] = (float)SquaredDistance(Points, k / Composition.KnownElements, k % Composition.KnownElements);
        return squares;
    }

    private static double SquaredDistance(double[] points, int i, int j)
    {
        double sum = 0;
        for (int axis = 0; axis < Axes.Length; axis++)
            sum += Square(points[i * Axes.Length + axis] - points[j * Axes.Length + axis]);
        return sum;
    }

    private static double Square(double x) => x * x;
}
