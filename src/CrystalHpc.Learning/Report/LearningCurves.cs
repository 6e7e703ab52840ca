using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Learning.Runs;

namespace CrystalHpc.Learning.Report;

/// <summary>How the losses fell, and the rate and gradients with them.</summary>
public static class LearningCurves
{
    private static readonly Frame Frame = new(52, 30, 332, 168);

    /// <summary>The section, one line a member of a committee.</summary>
    public static XElement Of(IReadOnlyList<HistoryRow> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        int members = history.Select(row => row.Member).Distinct().Count();
        string best = string.Join(", ", history.Where(row => row.IsBest).GroupBy(row => row.Member).Select(rows =>
            rows.Last().Epoch.ToString(CultureInfo.InvariantCulture)));
        return Layout.Section(
            "learning",
            "Learning curves",
            Layout.Text(
                $"{Numbers.Of(members, "network")}, {Numbers.Of(history.Count, "epoch")} in all."
                + (best.Length > 0 ? $" The validation loss was lowest after epoch {best}; these weights are in the model." : "")),
            Markup.Element(
                "div",
                Markup.Class("panels"),
                Chart(
                    history, "chart-loss", "Loss", "mean loss",
                    Legend.Of((Legend.Stroke("line"), "training, with noise"), (Legend.Stroke("curve"), "validation")),
                    (row => row.TrainingLoss, "line"), (row => row.ValidationLoss, "curve")),
                Chart(history, "chart-rate", "Learning rate", "rate at the end of the epoch", null, (row => row.Rate, "line")),
                Chart(history, "chart-norm", "Gradient", "norm of the gradient", null, (row => row.GradientNorm, "line"))));
    }

    private static XElement Chart(
        IReadOnlyList<HistoryRow> history, string id, string heading, string axis, XElement? legend,
        params (Func<HistoryRow, double?> Of, string Classes)[] curves)
    {
        double[] values = [.. curves.SelectMany(curve => history.Select(curve.Of)).OfType<double>().DefaultIfEmpty(0)];
        var x = new LinearScale(0, Math.Max(1, history.Max(row => row.Epoch)), Frame.Left, Frame.Right);
        LinearScale y = LinearScale.Round(Math.Min(0, values.Min()), Math.Max(values.Max(), 1e-12), Frame.Bottom, Frame.Top, 4);
        return Layout.Figure(
            heading,
            Svg.Drawing(
                id, heading, $"{heading} from {Numbers.Significant(curves[0].Of(history[0]) ?? 0)} to "
                + $"{Numbers.Significant(curves[0].Of(history[^1]) ?? 0)}.", 340, 212,
                Axis.Left(y, Frame, axis, 4),
                Axis.Bottom(x, Frame, "epoch", 5),
                history.GroupBy(row => row.Member).SelectMany(rows => curves.Select(curve =>
                    Marks.Curve(rows.Select(row => ((double)row.Epoch, curve.Of(row) ?? double.NaN)), x, y, curve.Classes)))),
            legend);
    }
}
