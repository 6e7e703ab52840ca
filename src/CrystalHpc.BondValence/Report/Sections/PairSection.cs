using System.Xml.Linq;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>Bond lengths of the pairs with most bonds, each with its fitted curve.</summary>
internal static class PairSection
{
    private const int ShownAtOnce = 12;

    public static XElement? Of(ReportData data)
    {
        if (data.Pairs.Count == 0)
            return null;
        XElement[] panels = [.. data.Pairs.Select((pair, i) => PairPanel.Of(data, pair, i))];
        bool hasCurves = data.Fit is not null;
        return Layout.Section(
            "pairs",
            "Bond lengths and fitted curves",
            Layout.Text(hasCurves
                ? $"Above, the fitted curve {FormulaOf(data.Fit!.Law)} with its 95 % band; below, the bonds it was fitted "
                    + $"to.{(BondLaws.Of(data.Fit.Law).HasSoftness ? " r₀ is where the curve passes one valence unit." : "")}"
                : "Distances of neighbors by pair of elements."),
            hasCurves
                ? Legend.Of(
                    [
                        (Legend.Box("bar"), "bonds"), (Legend.Stroke("curve"), "s(r)"), (Legend.Box("band"), "95 % of s(r)"),
                        (Legend.Stroke("r0"), "r₀"), (Legend.Box("interval"), "95 % of r₀"),
                        .. data.Published is null ? Array.Empty<(XElement, string)>()
                        : [(Legend.Stroke("published"), $"published: {data.Published.Name}")],
                    ])
                : null,
            Markup.Element("div", Markup.Class("panels"), panels.Take(ShownAtOnce)),
            panels.Length > ShownAtOnce
                ? Layout.Details($"{Numbers.Of(panels.Length - ShownAtOnce, "more pair")}",
                    Markup.Element("div", Markup.Class("panels"), panels.Skip(ShownAtOnce)))
                : null,
            Layout.Note(
                $"{Numbers.Count(data.PairCounts.Enough)} of {Numbers.Of(data.PairCounts.All, "pair")} have at least "
                + $"{ReportLimits.HistogramBonds} bonds",
                data.PairCounts.Enough > panels.Length ? $"; the {panels.Length} with most are shown" : "",
                ". All are in ", Layout.Code("merged/pairs.csv"), " and ", Layout.Code("merged/pair_bins.csv"), "."));
    }

    private static string FormulaOf(BondLaw law) =>
        BondLaws.Of(law).Formula.Replace("s =", "s(r) =", StringComparison.Ordinal).Replace("r0", "r₀", StringComparison.Ordinal)
            .Replace('-', '−');
}
