using System.Xml.Linq;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>The fit beside a published table, where the fit is known best.</summary>
internal static class PublishedChart
{
    private const int RowsPerChart = 30;

    /// <summary>The figure; null where the table covers none of the pairs.</summary>
    /// <param name="data">The report's data.</param>
    /// <param name="fitted">Pairs with enough equations, those with most sites first.</param>
    public static XElement? Of(ReportData data, IReadOnlyList<ParameterRow> fitted)
    {
        DotRow[] rows = [.. fitted
            .Select(row => (Row: row, Shift: data.ShiftOf(row)))
            .Where(pair => pair.Shift is not null)
            .Take(2 * RowsPerChart)
            .Select(pair => RowOf(pair.Row, data.Fit!.CurveOf(pair.Row), pair.Shift!.Value))];
        return rows.Length == 0 ? null : Layout.Columns(rows.Chunk(RowsPerChart).Select((chunk, i) => Layout.Figure(
            i == 0 ? $"Bond lengths against {data.Published!.Name}" : "The next pairs",
            Draw(i == 0 ? "chart-published" : "chart-published-more", chunk),
            Legend.Of((Legend.Dot("point"), "difference"), (Legend.Stroke("error"), "95 % interval of this fit"),
            (Legend.Rhomb("point bound"), "beyond the axis"), (Legend.Tip("error tip"), "goes on beyond the axis")),
            i > 0 ? null : "The pairs with most sites. Lengths are compared for the valence at the pivot length, where the fitted curve is "
            + "known best; r₀ and B by themselves are tied to one another.")));
    }

    private static XElement Draw(string id, DotRow[] rows) => DotPlot.Draw(
        id, "Bond lengths of this fit against a published table",
        $"Points with intervals for {rows.Length} pairs: how much longer a bond of the same valence is here. "
        + $"From {Numbers.Fixed(rows.Min(row => row.Value), 3)} to {Numbers.Fixed(rows.Max(row => row.Value), 3)} Å.",
        "length here − published, at the pivot length (Å)", rows, labelWidth: 76, reach: 0.1);

    // The error of a length at a given valence is that of ln s divided by the slope of ln s, 1/B near the pivot.
    private static DotRow RowOf(ParameterRow row, ValenceCurve curve, double shift)
    {
        double error = row.BA * curve.LogValenceError(row.PivotLengthA), half = ValenceCurve.Errors95 * error;
        string name = SpeciesText.PrettyPair(row.Cation, row.CationCharge, row.Anion, row.AnionCharge);
        return new DotRow(
            name, shift, shift - half, shift + half, Numbers.Fixed(shift, 3),
            $"{name}: {Numbers.WithError(shift, error, 3)} Å at {Numbers.Fixed(row.PivotLengthA, 3)} Å");
    }
}
