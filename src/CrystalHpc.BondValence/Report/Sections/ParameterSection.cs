using System.Xml.Linq;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>The parameters: how r0 and B lie, how their errors are tied, and the table.</summary>
internal static class ParameterSection
{
    private static readonly Column[] Columns =
    [
        new("cation"), new("anion"),
        new("r₀ (Å)", true, "length of a bond of one valence unit, standard error in units of its last digit"),
        new("B (Å)", true, "softness, standard error in units of its last digit"),
        new("corr.", true, "correlation of the errors of r₀ and B"), new("pivot (Å)", true, "bond length where the curve is known best"),
        new("sites", true), new("bonds", true), new("structures", true),
        new("RMSD (v.u.)", true, "weighted root mean square of valence sum minus oxidation state"),
    ];

    private static readonly Column[] PublishedColumns =
    [
        new("publ. r₀", true, "r₀ of the published table, Å"), new("publ. B", true, "B of the published table, Å"),
        new("shift (Å)", true, "how much longer bonds are here than in the published table, at the pivot"),
    ];

    public static XElement? Of(ReportData data)
    {
        if (data.Fit is null)
            return null;
        ParameterRow[] rows = [.. data.Fit.Parameters.Take(ReportLimits.Parameters)];
        ParameterRow[] fitted = [.. rows.Where(row => row.Source == "fitted")];
        int hidden = data.Fit.Parameters.Count - rows.Length;
        return Layout.Section(
            "parameters",
            "Parameters",
            fitted.Length == 0 ? null : Layout.Columns(
                Layout.Figure(
                    "r₀ and B of each pair", RadiusAndSoftness(fitted),
                    Legend.Of(
                        (Legend.Dot("point"), "determined by the data"), (Legend.Dot("point weak"), "B mostly from its prior"),
                        (Legend.Rhomb("point bound"), "at a bound"), (Legend.Stroke("error"), "one standard error to either side")),
                    "Pairs with enough equations. The line is B = 0.37 Å, the value of most published tables."),
                Layout.Figure(
                    "How the errors of r₀ and B are tied", Correlations(data.Fit, fitted), Kinds(),
                    "Where bonds are far from one valence unit, r₀ is an extrapolation and moves with B: use the two together only.")),
            data.Published is null ? null : PublishedChart.Of(data, fitted),
            DataTable.Of(
                "table-parameters", "Bond-valence parameters", "Si4+ O2-  or  cation=Si",
                [.. Columns, .. data.Published is null ? [] : PublishedColumns, new Column("source"), new Column("flags")],
                rows.Select(row => TableRow(data, row))),
            hidden > 0 ? Layout.Note($"{Numbers.Of(hidden, "pair")} with fewer sites are left out here; all are in ",
            Layout.Code("fit/parameters.csv"), ".") : null);
    }

    /// <summary>Where the cells of a periodic table of cations lead.</summary>
    public static ElementLink OfCation { get; } = new("parameters", "table-parameters", "cation");

    /// <summary>The tag of a row of a cation.</summary>
    public static string TagOf(string cation) => $"{OfCation.Tag}={cation}";

    private static XElement Kinds() => Legend.Of(
        (Legend.Dot("point"), "determined by the data"), (Legend.Dot("point weak"), "B mostly from its prior"),
        (Legend.Rhomb("point bound"), "at a bound"));

    private static XElement RadiusAndSoftness(ParameterRow[] rows)
    {
        var frame = new Frame(52, 30, 512, 300);
        var x = LinearScale.Round(rows.Min(row => row.R0A - row.R0SeA), rows.Max(row => row.R0A + row.R0SeA), frame.Left, frame.Right, 6);
        var y = LinearScale.Round(rows.Min(row => row.BA - row.BSeA), rows.Max(row => row.BA + row.BSeA), frame.Bottom, frame.Top, 5);
        return Svg.Drawing(
            "chart-r0-b", "r₀ and B of each pair",
            $"Scatter of {rows.Length} pairs: r₀ from {Numbers.Fixed(rows.Min(row => row.R0A), 2)} to "
            + $"{Numbers.Fixed(rows.Max(row => row.R0A), 2)} Å, B from {Numbers.Fixed(rows.Min(row => row.BA), 2)} to "
            + $"{Numbers.Fixed(rows.Max(row => row.BA), 2)} Å.",
            520, 344,
            Axis.Left(y, frame, "B (Å)", 5),
            Axis.Bottom(x, frame, "r₀ (Å)"),
            y.Holds(ExponentialLaw.UniversalSoftnessAngstrom) ? Marks.HorizontalRule(ExponentialLaw.UniversalSoftnessAngstrom, y, frame,
            "identity") : null,
            rows.Select(row => Svg.Group(
                "mark",
                Marks.VerticalInterval(x.Map(row.R0A), row.BA - row.BSeA, row.BA + row.BSeA, y, "error"),
                Marks.HorizontalInterval(row.R0A - row.R0SeA, row.R0A + row.R0SeA, y.Map(row.BA), x, "error"))),
            rows.Select(row => Point(row, x.Map(row.R0A), y.Map(row.BA))));
    }

    private static XElement Correlations(FitData fit, ParameterRow[] rows)
    {
        var frame = new Frame(52, 30, 512, 300);
        (ParameterRow Row, double Valence)[] points = [.. rows.Select(row => (row, fit.CurveOf(row).Valence(row.PivotLengthA)))];
        var x = LinearScale.Round(0, Math.Min(2, points.Max(point => point.Valence)), frame.Left, frame.Right, 6);
        var y = new LinearScale(-1, 1, frame.Bottom, frame.Top);
        return Svg.Drawing(
            "chart-correlation", "Correlation of the errors of r₀ and B",
            $"Scatter of {rows.Length} pairs: correlation against the valence of a bond at the pivot length. Median correlation "
            + $"{Numbers.Fixed(Median([.. rows.Select(row => row.Correlation)]), 2)}.",
            520, 344,
            Axis.Left(y, frame, "correlation of r₀ and B", 4),
            Axis.Bottom(x, frame, "valence of a bond of the pivot length (v.u.)"),
            points.Where(point => x.Holds(point.Valence)).Select(point
            => Point(point.Row, x.Map(point.Valence), y.Map(point.Row.Correlation))));
    }

    private static XElement Point(ParameterRow row, double x, double y)
    {
        string title = $"{SpeciesText.PrettyPair(row.Cation, row.CationCharge, row.Anion, row.AnionCharge)}: r₀ "
            + $"{Numbers.WithError(row.R0A, row.R0SeA, 4)} Å, B {Numbers.WithError(row.BA, row.BSeA, 4)} Å, correlation "
            + $"{Numbers.Fixed(row.Correlation, 2)}, {Numbers.Of(row.Sites, "site")}";
        return row.Flags.Contains("at-bound", StringComparison.Ordinal) ? Marks.Diamond(x, y, 4.6, "point bound", title)
            : Marks.Circle(x, y, 3.4, row.Flags.Contains("weakly-determined", StringComparison.Ordinal) ? "point weak" : "point", title);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static Row TableRow(ReportData data, ParameterRow row) => new(
        [
            new(SpeciesText.Pretty(row.Cation, row.CationCharge), SortKey(row.Cation, row.CationCharge)),
            new(SpeciesText.Pretty(row.Anion, row.AnionCharge), SortKey(row.Anion, row.AnionCharge)),
            new(Numbers.WithError(row.R0A, row.R0SeA, 4), row.R0A), new(Numbers.WithError(row.BA, row.BSeA, 4), row.BA),
            Numbers.Fixed(row.Correlation, 2), Numbers.Fixed(row.PivotLengthA, 3),
            Numbers.Count(row.Sites), Numbers.Count(row.Bonds), Numbers.Count(row.Structures), Numbers.Fixed(row.RmsdVu, 3),
            .. data.Published is null ? [] : PublishedCells(data, row),
            row.Source, row.Flags.Replace(";", ", ", StringComparison.Ordinal),
        ],
        $"{SpeciesText.Plain(row.Cation, row.CationCharge)} {SpeciesText.Plain(row.Anion, row.AnionCharge)}",
        TagOf(row.Cation));

    private static Cell[] PublishedCells(ReportData data, ParameterRow row)
    {
        ParameterEntry? entry = data.PublishedOf(row.Cation, row.CationCharge, row.Anion, row.AnionCharge);
        return [Numbers.Fixed(entry?.R0Angstrom, 3), Numbers.Fixed(entry?.SoftnessAngstrom, 3), Numbers.Fixed(data.ShiftOf(row), 3)];
    }

    // By atomic number, then charge.
    private static double SortKey(string element, int charge)
        => Element.TryParse(element, out Element known) ? known.AtomicNumber * 100 + charge : charge;
}
