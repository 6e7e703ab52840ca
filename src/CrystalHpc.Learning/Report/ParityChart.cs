using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Learning.Report;

/// <summary>Predicted against actual numbers.</summary>
public static class ParityChart
{
    // More points than these show nothing more and make the page heavy; every n-th is drawn then.
    private const int MostPoints = 2000;

    private static readonly Frame Frame = new(64, 30, 364, 330);

    /// <summary>The drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="quantity">Name of the quantity with its unit.</param>
    /// <param name="actual">Actual numbers, one at least.</param>
    /// <param name="predicted">Predicted numbers.</param>
    public static XElement Draw(string id, string quantity, ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        RegressionMetrics metrics = RegressionMetrics.Of(actual, predicted);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in (double[])[.. actual, .. predicted])
            (low, high) = (Math.Min(low, value), Math.Max(high, value));

        LinearScale x = LinearScale.Round(low, high, Frame.Left, Frame.Right, 5),
            y = LinearScale.Round(low, high, Frame.Bottom, Frame.Top, 5);
        int stride = (actual.Length + MostPoints - 1) / MostPoints;
        var points = new List<XElement>();
        for (int i = 0; i < actual.Length; i += stride)
            points.Add(Marks.Circle(x.Map(actual[i]), y.Map(predicted[i]), 2, "point"));
        return Svg.Drawing(
            id, $"Predicted and actual {quantity}",
            $"{Numbers.Count(actual.Length)} rows: mean absolute error {Numbers.Significant(metrics.MeanAbsolute)}, R2 "
            + $"{Numbers.Fixed(metrics.R2, 3)}.", 372, 374,
            Axis.Left(y, Frame, $"predicted {quantity}", 5),
            Axis.Bottom(x, Frame, $"actual {quantity}", 5),
            Svg.Line(x.Map(low), y.Map(low), x.Map(high), y.Map(high), "identity"),
            points);
    }
}
