using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Learning.Report;

/// <summary>Whether probabilities mean what they say: accuracy against the probability of the most probable class.</summary>
public static class ReliabilityChart
{
    private static readonly Frame Frame = new(52, 30, 352, 330);

    /// <summary>The drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="bins">Confidence and accuracy by interval.</param>
    public static XElement Draw(string id, IReadOnlyList<ReliabilityBin> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var x = new LinearScale(0, 1, Frame.Left, Frame.Right);
        var y = new LinearScale(0, 1, Frame.Bottom, Frame.Top);
        int total = bins.Sum(bin => bin.Count);
        double error = bins.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / Math.Max(1, total);
        return Svg.Drawing(
            id, "Reliability", $"Accuracy against probability in {bins.Count} intervals; the expected calibration error is "
            + $"{Numbers.Fixed(error, 3)}.", 360, 374,
            Axis.Left(y, Frame, "share that is right", 5),
            Axis.Bottom(x, Frame, "probability of the most probable class", 5),
            Svg.Line(x.Map(0), y.Map(0), x.Map(1), y.Map(1), "identity"),
            Marks.Histogram(bins.Select(bin => new Bin(bin.From, bin.To, bin.Accuracy)), x, y, "bar light"),
            bins.Select(bin => Marks.Circle(
                x.Map(bin.Confidence), y.Map(bin.Accuracy), 4, "point",
                $"{Numbers.Count(bin.Count)} rows: probability {Numbers.Fixed(bin.Confidence, 3)}, right "
                + $"{Numbers.Fixed(bin.Accuracy, 3)}")));
    }
}
