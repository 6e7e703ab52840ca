using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>How good predicted cells are, the Bravais lattice given.</summary>
public static class CellJudge
{
    private const double HalfWidthOf90Percent = 1.645;

    private static readonly string[] Names = ["volume_per_atom", "a", "b", "c"];

    /// <summary>Mean absolute deviations in percent, and how many rows the intervals of 90 % cover.</summary>
    public static SortedDictionary<string, double> Judge(CellModel model, IReadOnlyList<KnownCell> rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ConventionalCell[] cells = model.Predict([.. rows.Select(row => (row.Composition, row.Bravais))]);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int k = 0; k < Names.Length; k++)
        {
            double[] actual = [.. rows.Select(row => row.Cell.Length(k))], predicted = [.. cells.Select(cell => cell.Length(k))];
            double[] errors = [.. rows.Select((row, i) => predicted[i] * model.ErrorsOf(row.Bravais)[k])];
            RegressionMetrics regression = RegressionMetrics.Of(actual, predicted);
            metrics[$"{Names[k]}.mape"] = regression.MeanAbsolutePercent;
            metrics[$"{Names[k]}.mae"] = regression.MeanAbsolute;
            metrics[$"{Names[k]}.r2"] = regression.R2;
            metrics[$"{Names[k]}.coverage90"] = RegressionMetrics.Coverage(actual, predicted, errors, HalfWidthOf90Percent);
        }

        int[] cubic = [.. Enumerable.Range(0, rows.Count).Where(i => LatticeClasses.Bravais[rows[i].Bravais][0] == 'c')];
        if (cubic.Length > 0)
            metrics["a.mape_cubic"] = RegressionMetrics.Of([.. cubic.Select(i => rows[i].Cell.A)],
                [.. cubic.Select(i => cells[i].A)]).MeanAbsolutePercent;
        return metrics;
    }
}
