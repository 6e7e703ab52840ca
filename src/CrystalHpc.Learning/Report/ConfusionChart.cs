using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Learning.Report;

/// <summary>A confusion matrix as a map: rows are what is, columns what was predicted, colors shares of the row.</summary>
public static class ConfusionChart
{
    private const double Cell = 34, Left = 110, Top = 62;

    // Lower ends of the color steps but the first, as shares of a row.
    private static readonly double[] Thresholds = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75];

    /// <summary>The drawing, for up to some twenty classes.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="classes">Names of the classes.</param>
    public static XElement Draw(string id, ConfusionMatrix matrix, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(classes);
        int[] all = [.. Enumerable.Range(0, classes.Count)];
        double size = Cell * classes.Count;
        return Svg.Drawing(
            id, "Confusion matrix",
            $"Shares of each actual class by predicted class; {Numbers.Percent(matrix.Accuracy)} of {Numbers.Count(matrix.Total)} are "
            + $"right.",
            Left + size + 8, Top + size + 8,
            Svg.Group("axis", Svg.Text(0, 14, "actual (rows), predicted (columns)", "name")),
            Svg.Group(
                "matrix counts",
                all.Select(column => Svg.Group(
                    "label",
                    Markup.Element(
                        "text", Markup.Attribute("transform", string.Create(
                            CultureInfo.InvariantCulture, $"translate({Left + (column + 0.4) * Cell:0.#} {Top - 6:0.#}) rotate(-40)")),
                            classes[column]))),
                all.Select(row => Svg.Text(Left - 6, Top + (row + 0.62) * Cell, classes[row], "end")),
                all.SelectMany(row => all.Select(column => Box(matrix, classes, row, column)))));
    }

    /// <summary>Precision, recall and F1 of each class as a table.</summary>
    public static XElement Table(string id, ConfusionMatrix matrix, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(classes);
        return DataTable.Of(
            id, "Classes", "class",
            [
                new Column("class"), new Column("actual", true), new Column("predicted", true),
                new Column("precision", true, "share of its predictions that are right"),
                new Column("recall", true, "share of its samples that were found"), new Column("F1", true, "harmonic mean of both"),
            ],
            classes.Select((name, k) => new Row(
            [
                name, Count(matrix.Actual(k)), Count(matrix.Predicted(k)), Share(matrix.Precision(k)), Share(matrix.Recall(k)),
                Share(matrix.F1(k)),
            ])));
    }

    private static XElement Box(ConfusionMatrix matrix, IReadOnlyList<string> classes, int row, int column)
    {
        long count = matrix[row, column], actual = matrix.Actual(row);
        double share = actual == 0 ? 0 : (double)count / actual;
        int step = Thresholds.Count(threshold => share >= threshold);
        return Svg.Group(
            string.Create(CultureInfo.InvariantCulture, $"step{step}"),
            Svg.Title($"{classes[row]} taken for {classes[column]}: {Numbers.Count(count)} of {Numbers.Count(actual)}"),
            Svg.Rectangle(Left + column * Cell, Top + row * Cell, Cell - 1, Cell - 1, "cell"),
            share >= 0.005 ? Svg.Text(Left + (column + 0.5) * Cell, Top + (row + 0.62) * Cell, Numbers.Fixed(100 * share, 0), "middle")
            : null);
    }

    private static Cell Count(long count) => new(Numbers.Count(count), count);

    private static Cell Share(double share) => new(Numbers.Fixed(share, 3), share);
}
