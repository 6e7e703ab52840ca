using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace CrystalHpc.Engine.Report;

/// <summary>How evenly the work lay on the ranks.</summary>
public static class BalanceChart
{
    private const int MostBars = 200;

    /// <summary>Busy seconds of each rank; null where the run did not record them or had one rank only.</summary>
    public static XElement? Of(RunOverview run)
    {
        JsonNode? extract = run.Record.Stages.GetValueOrDefault("extract");
        if (extract?["busy_seconds"] is not JsonArray { Count: > 1 } recorded)
            return null;
        double[] busy = [.. recorded.Select(seconds => (double)seconds!).OrderDescending()];
        double wall = (double)extract["seconds"]!;
        var frame = new Frame(52, 30, 512, 160);
        var x = new LinearScale(0, busy.Length, frame.Left, frame.Right);
        var y = LinearScale.Round(0, Math.Max(wall, busy[0]), frame.Bottom, frame.Top, 4);
        double idle = 100 * (1 - busy.Sum() / Math.Max(wall * busy.Length, double.Epsilon));
        return Layout.Figure(
            "Balance of the extraction",
            Svg.Drawing(
                "chart-balance", "Busy time of each rank during extraction",
                $"Bars for {busy.Length} ranks, the busiest first: from {Numbers.Duration(busy[0])} to {Numbers.Duration(busy[^1])}; the "
                + $"stage took {Numbers.Duration(wall)}.",
                520, 204,
                Axis.Left(y, frame, "busy (s)"),
                Marks.Histogram(Bars(busy), x, y, "bar"),
                Marks.HorizontalRule(wall, y, frame, "limit"),
                Axis.Bottom(x, frame, $"{Numbers.Of(busy.Length, "rank")}, the busiest first", Math.Min(5, busy.Length))),
            Legend.Of((Legend.Box("bar"), "busy"), (Legend.Stroke("limit"), "wall time of the stage")),
            $"Ranks were idle {Numbers.Fixed(idle, 1)} % of the time.");
    }

    // Of many ranks every n-th stands for n.
    private static IEnumerable<Bin> Bars(double[] busy)
    {
        int stride = (busy.Length + MostBars - 1) / MostBars;
        for (int rank = 0; rank < busy.Length; rank += stride)
            yield return new Bin(rank, Math.Min(rank + stride, busy.Length), busy[rank]);
    }
}
