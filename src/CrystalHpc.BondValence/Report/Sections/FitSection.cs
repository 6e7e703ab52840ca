using System.Xml.Linq;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>How the optimizer came to its end.</summary>
internal static class FitSection
{
    private static readonly Frame Frame = new(52, 30, 332, 168);

    public static XElement? Of(ReportData data)
    {
        if (data.Fit is null || data.Fit.History.Count == 0)
            return null;
        FitSummary fit = data.Fit.Report.Fit;
        return Layout.Section(
            "convergence",
            "Convergence of the fit",
            Layout.Text(
                $"{Numbers.Of(fit.Iterations, "iteration")}, {Numbers.Of(fit.Evaluations, "evaluation")} of the misfit; stopped by "
                + $"{fit.StoppedBy.Replace('_', ' ')}. "
                + $"Misfit {Numbers.Fixed(fit.Value ?? double.NaN, 5)}, projected gradient "
                    + $"{Numbers.Significant(fit.ProjectedGradient ?? double.NaN)}. "
                + $"{Numbers.Of(fit.PairsAtBound, "pair")} ended at a bound."),
            Markup.Element("div", Markup.Class("panels"), Curves(Thinned(data.Fit.History))));
    }

    /// <summary>At most <see cref="ReportLimits.Iterations"/> rows: every n-th, and the last.</summary>
    public static IReadOnlyList<HistoryRow> Thinned(IReadOnlyList<HistoryRow> history)
    {
        int stride = (history.Count + ReportLimits.Iterations - 1) / ReportLimits.Iterations;
        return stride <= 1 ? history : [.. history.Where((_, i) => i % stride == 0 || i == history.Count - 1)];
    }

    private static XElement[] Curves(IReadOnlyList<HistoryRow> history)
    {
        double[] gradients = [.. history.Select(row => row.ProjectedGradient).Where(gradient => gradient > 0).DefaultIfEmpty(1)];
        (double lowB, double highB) = (history.Min(row => row.MedianBA), history.Max(row => row.MedianBA));
        HistoryRow last = history[^1];
        return
        [
            Curve(
                history, "chart-misfit", "Misfit", "F", row => row.Value,
                LinearScale.Round(history.Min(row => row.Value), history.Max(row => row.Value), Frame.Bottom, Frame.Top, 4),
                $"Misfit from {Numbers.Fixed(history[0].Value, 4)} to {Numbers.Fixed(last.Value, 4)} in {last.Iteration} iterations."),
            Curve(
                history, "chart-gradient", "Projected gradient", "largest component of the gradient of F", row
                => row.ProjectedGradient > 0 ? row.ProjectedGradient : double.NaN,
                LogScale.Round(gradients.Min(), gradients.Max(), Frame.Bottom, Frame.Top),
                $"Projected gradient from {Numbers.Significant(history[0].ProjectedGradient)} to "
                + $"{Numbers.Significant(last.ProjectedGradient)}, logarithmic axis."),
            Curve(
                history, "chart-softness", "Median B", "median B (Å)", row => row.MedianBA,
                LinearScale.Round(lowB, Math.Max(highB, lowB + 0.01), Frame.Bottom, Frame.Top, 4),
                $"Median B from {Numbers.Fixed(history[0].MedianBA, 3)} to {Numbers.Fixed(last.MedianBA, 3)} Å."),
        ];
    }

    private static XElement Curve(
        IReadOnlyList<HistoryRow> history, string id, string heading, string axis, Func<HistoryRow, double> of, Scale y, string description)
    {
        var x = new LinearScale(0, Math.Max(1, history[^1].Iteration), Frame.Left, Frame.Right);
        return Layout.Figure(heading, Svg.Drawing(
            id, heading, description, 340, 212,
            Axis.Left(y, Frame, axis, 4),
            Axis.Bottom(x, Frame, "iteration", 5),
            Marks.Curve(history.Select(row => ((double)row.Iteration, of(row))), x, y, "line")));
    }
}
