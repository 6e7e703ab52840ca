using System.Xml.Linq;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>Bond valence in a few numbers, for the head of the page, and the way from cation sites to the fit.</summary>
internal static class FunnelSection
{
    /// <summary>The figures in the head.</summary>
    public static IReadOnlyList<XElement> KeyFigures(ReportData data) => data.Fit is not { } fit
        ? [Layout.KeyFigure(Numbers.Count(data.PairCounts.All), "pairs of elements", "with distances")]
        :
        [
            Layout.KeyFigure(Numbers.Count(fit.Residuals.All.Sites), "cation sites",
            $"{Numbers.Count(fit.Report.Fit.Equations)} used by the fit"),
            Layout.KeyFigure(Numbers.Count(fit.Parameters.Count), "pairs fitted", "r₀ and B each"),
            Layout.KeyFigure(Numbers.Fixed(fit.Residuals.All.Rmsd, 3) + " v.u.", "RMSD", "weighted, fitted sites"),
            Layout.KeyFigure(Numbers.Percent(fit.Residuals.All.WrongFraction), "wrong valences", "of all sites, rounded"),
        ];

    /// <summary>What became of the cation sites; null without a fit.</summary>
    public static XElement? Of(ReportData data) => data.Fit is not { } fit ? null : Layout.Figure(
        "What became of the accepted structures",
        BarChart.Counts("chart-equations", "From cation sites to the fit",
        [
            ("cation sites", fit.Residuals.All.Sites),
            ("used by the fit", fit.Report.Fit.Equations),
            ("left out by its gate", fit.Report.Fit.GatedEquations),
        ]),
        note: "Each cation site of an accepted structure is one equation: its bond valences add up to its oxidation state. The gate leaves "
        + "gross errors out of the fit.");
}
