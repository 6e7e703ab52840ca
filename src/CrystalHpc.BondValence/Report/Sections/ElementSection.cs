using System.Globalization;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.BondValence.Report;

/// <summary>Coverage and error by cation element.</summary>
internal static class ElementSection
{
    private const int FewSites = 5;
    private static readonly double[] ErrorSteps = [0.05, 0.10, 0.15, 0.20, 0.30, 0.50];
    private static readonly string[] ErrorLegend = ["< 0.05", "0.05–0.10", "0.10–0.15", "0.15–0.20", "0.20–0.30", "0.30–0.50", "≥ 0.50"];

    public static XElement? Of(ReportData data)
    {
        if (data.Fit is null)
            return null;
        SortedDictionary<string, SiteTally> elements = data.Fit.Residuals.ByElement;
        return Layout.Section(
            "elements",
            "Cation elements",
            Layout.Text($"{Numbers.Of(elements.Count, "element")} occur as cations. Each cell is "
            + $"a link that lists the element's parameters."),
            Coverage("Coverage: cation sites of accepted structures", elements),
            Error("Error: RMSD of valence sums", elements),
            Layout.Note(
                "RMSD: weighted root mean square of valence sum minus oxidation state over the sites that the fit used. A dashed border "
                + "marks elements with fewer than five such sites."));
    }

    /// <summary>Lower ends of the color steps: 1, 3, 10, 30 and so on, or sparser, so that they reach the largest count.</summary>
    public static IReadOnlyList<double> CountSteps(long largest)
    {
        double[] fine = [3, 10, 30, 100, 300, 1000], coarse = [10, 100, 1000, 10_000, 100_000, 1_000_000];
        return largest < 3000 ? fine : coarse;
    }

    private static XElement Figure(string heading, XElement chart, XElement narrow) =>
        Markup.Element("figure", Markup.Class("wide"), Markup.Element("h3", heading), chart, narrow);

    // On a phone the periodic table has no room for the words of its key.
    private static XElement Narrow(string ramp, IEnumerable<string> words)
    {
        XElement legend = Legend.Of([.. words.Select((word, step) => (Svg.Group(
            "elements " + ramp, Svg.Group($"step{step.ToString(CultureInfo.InvariantCulture)}", Legend.Box("cell"))), word))]);
        legend.SetAttributeValue("class", "legend narrow");
        return legend;
    }

    private static XElement Coverage(string heading, SortedDictionary<string, SiteTally> elements)
    {
        IReadOnlyList<double> steps = CountSteps(elements.Values.Select(tally => tally.Sites).DefaultIfEmpty(0).Max());
        string[] legend = [.. Enumerable.Range(0, steps.Count + 1).Select(i
            => i == 0 ? $"< {Short((long)steps[0])}" : $"≥ {Short((long)steps[i - 1])}")];
        return Figure(heading, ElementGrid.Draw(
            "chart-coverage", "Cation sites by element",
            $"Periodic table colored by the number of cation sites. Most: "
            + $"{Most(elements, tally => tally.Sites, tally => Numbers.Count(tally.Sites))}.",
            "counts", steps, legend, "cation sites", ParameterSection.OfCation,
            elements.ToDictionary(entry => entry.Key, entry => new ElementValue(
                entry.Value.Sites, Short(entry.Value.Sites), $"{entry.Key}: {Numbers.Of(entry.Value.Sites, "cation site")}"))),
                Narrow("counts", legend));
    }

    private static XElement Error(string heading, SortedDictionary<string, SiteTally> elements)
    {
        var fitted = new SortedDictionary<string, SiteTally>(
            elements.Where(entry => entry.Value.Fitted > 0).ToDictionary(entry => entry.Key, entry => entry.Value), StringComparer.Ordinal);
        return Figure(heading, ElementGrid.Draw(
            "chart-error", "Root mean square deviation of valence sums by element, valence units",
            $"Periodic table colored by the error of valence sums. Largest: "
            + $"{Most(fitted, tally => tally.Rmsd, tally => Numbers.Fixed(tally.Rmsd, 2) + " v.u.")}.",
            "errors", ErrorSteps, ErrorLegend, "RMSD (v.u.)", ParameterSection.OfCation,
            fitted.ToDictionary(entry => entry.Key, entry => new ElementValue(
                entry.Value.Rmsd, Numbers.Fixed(entry.Value.Rmsd, 2),
                $"{entry.Key}: RMSD {Numbers.Fixed(entry.Value.Rmsd, 3)} v.u. over {Numbers.Of(entry.Value.Fitted, "site")}",
                entry.Value.Fitted < FewSites))), Narrow("errors", ErrorLegend));
    }

    private static string Most(SortedDictionary<string, SiteTally> elements, Func<SiteTally, double> by, Func<SiteTally, string> text) =>
        string.Join(", ", elements.OrderByDescending(entry => by(entry.Value)).Take(5).Select(entry => $"{entry.Key} {text(entry.Value)}"));

    // Six characters are as many as a cell holds.
    private static string Short(long count) => count switch
    {
        < 10_000 => Numbers.Count(count),
        < 1_000_000 => $"{TickMarks.Number(count / 1e3, count < 100_000 ? 1 : 0)}k".Replace(".0k", "k", StringComparison.Ordinal),
        _ => $"{TickMarks.Number(count / 1e6, 1)}M".Replace(".0M", "M", StringComparison.Ordinal),
    };
}
