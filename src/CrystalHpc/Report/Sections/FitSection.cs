using System.Xml.Linq;
using CrystalHpc.Pipeline;
using CrystalHpc.Report.Charts;
using CrystalHpc.Report.Data;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Report.Sections;

/// <summary>How the optimizer came to its end.</summary>
internal static class FitSection
{
    public static XElement? Of(ReportData data)
    {
        if (data.Fit is null)
            return null;
        FitSummary fit = data.Fit.Report.Fit;
        return Layout.Section(
            "convergence",
            "Convergence of the fit",
            Layout.Text(
                $"{Numbers.Of(fit.Iterations, "iteration")}, {Numbers.Of(fit.Evaluations, "evaluation")} of the misfit; stopped by {fit.StoppedBy.Replace('_', ' ')}. "
                + $"Misfit {Numbers.Fixed(fit.Value, 5)}, projected gradient {Numbers.Significant(fit.ProjectedGradient)}. "
                + $"{Numbers.Of(fit.PairsAtBound, "pair")} ended at a bound."),
            Markup.Element("figure", Markup.Element("h3", "Misfit, gradient and median softness by iteration"), Draw(Thinned(data.Fit.History))));
    }

    /// <summary>At most <see cref="ReportLimits.Iterations"/> rows: every n-th, and the last.</summary>
    public static IReadOnlyList<HistoryRow> Thinned(IReadOnlyList<HistoryRow> history)
    {
        int stride = (history.Count + ReportLimits.Iterations - 1) / ReportLimits.Iterations;
        return stride <= 1 ? history : [.. history.Where((_, i) => i % stride == 0 || i == history.Count - 1)];
    }

    private static XElement Draw(IReadOnlyList<HistoryRow> history)
    {
        const double Left = 62, Right = 512, PanelHeight = 92, Step = 136;
        Frame[] frames = [.. Enumerable.Range(0, 3).Select(i => new Frame(Left, 28 + i * Step, Right, 28 + i * Step + PanelHeight))];
        var x = new LinearScale(0, Math.Max(1, history[^1].Iteration), Left, Right);
        var value = LinearScale.Round(history.Min(row => row.Value), history.Max(row => row.Value), frames[0].Bottom, frames[0].Top, 3);
        double[] gradients = [.. history.Select(row => row.ProjectedGradient).Where(gradient => gradient > 0).DefaultIfEmpty(1)];
        var gradient = LogScale.Round(gradients.Min(), gradients.Max(), frames[1].Bottom, frames[1].Top);
        (double lowB, double highB) = (history.Min(row => row.MedianBA), history.Max(row => row.MedianBA));
        var softness = LinearScale.Round(lowB - 0.005, Math.Max(highB, lowB + 0.01) + 0.005, frames[2].Bottom, frames[2].Top, 3);
        return Svg.Drawing(
            "chart-convergence", "Convergence of the fit",
            $"Three curves over {history[^1].Iteration} iterations: misfit from {Numbers.Fixed(history[0].Value, 4)} to {Numbers.Fixed(history[^1].Value, 4)}, "
            + $"projected gradient from {Numbers.Significant(history[0].ProjectedGradient)} to {Numbers.Significant(history[^1].ProjectedGradient)}, "
            + $"median B from {Numbers.Fixed(history[0].MedianBA, 3)} to {Numbers.Fixed(history[^1].MedianBA, 3)} Å.",
            520, frames[2].Bottom + 44,
            Panel(frames[0], x, value, "misfit F", history.Select(row => ((double)row.Iteration, row.Value)), isLast: false),
            Panel(frames[1], x, gradient, "largest component of the projected gradient", history.Select(row => ((double)row.Iteration, Positive(row.ProjectedGradient))), isLast: false),
            Panel(frames[2], x, softness, "median B (Å)", history.Select(row => ((double)row.Iteration, row.MedianBA)), isLast: true));
    }

    private static XElement Panel(Frame frame, LinearScale x, Scale y, string name, IEnumerable<(double, double)> points, bool isLast) => Svg.Group(
        "panel",
        Axis.Left(y, frame, name, 3),
        isLast ? Axis.Bottom(x, frame, "iteration") : Svg.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, "base"),
        Marks.Curve(points, x, y, "line"));

    // A gradient of zero has no place on a logarithmic axis.
    private static double Positive(double value) => value > 0 ? value : double.NaN;
}
