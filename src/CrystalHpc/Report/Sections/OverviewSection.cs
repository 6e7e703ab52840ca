using System.Xml.Linq;
using CrystalHpc.Report.Charts;
using CrystalHpc.Report.Data;
using CrystalHpc.Storage;

namespace CrystalHpc.Report.Sections;

/// <summary>What the run is, in a few numbers, and the way from files to equations.</summary>
internal static class OverviewSection
{
    /// <summary>Name of the corpus: those of its folders and archives, without where they lie.</summary>
    public static string CorpusName(RunRecord record) => string.Join(", ", record.Corpus.Roots.Select(root => Path.GetFileName(Path.TrimEndingDirectorySeparator(root))));

    /// <summary>The head of the page.</summary>
    public static XElement Header(ReportData data)
    {
        ShardCounts counts = data.Merge.Counts;
        return Markup.Element(
            "header",
            Markup.Element("p", Markup.Class("kicker"), "CrystalHpc run report"),
            Markup.Element("h1", CorpusName(data.Record)),
            Markup.Element(
                "dl",
                Markup.Class("figures"),
                Figure(Numbers.Count(counts.Files), "CIF files", Numbers.Bytes(data.Record.Corpus.Bytes)),
                Figure(Numbers.Count(counts.Accepted), "structures accepted", $"of {Numbers.Count(counts.Structures)}"),
                data.Fit is null ? Figure(Numbers.Count(data.PairCounts.All), "pairs of elements", "with distances") : null,
                data.Fit is null ? null : Figure(Numbers.Count(data.Fit.Residuals.All.Sites), "cation sites", $"{Numbers.Count(data.Fit.Report.Fit.Equations)} used by the fit"),
                data.Fit is null ? null : Figure(Numbers.Count(data.Fit.Parameters.Count), "pairs fitted", "r₀ and B each"),
                data.Fit is null ? null : Figure(Numbers.Fixed(data.Fit.Residuals.All.Rmsd, 3) + " v.u.", "RMSD", "weighted, fitted sites"),
                data.Fit is null ? null : Figure(Numbers.Percent(data.Fit.Residuals.All.WrongFraction), "wrong valences", "of all sites, rounded")),
            Markup.Element(
                "p",
                Markup.Class("provenance"),
                $"Program {data.Record.CodeVersion} · manifest SHA-256 ",
                Layout.Code(data.Record.Corpus.ManifestSha256[..Math.Min(16, data.Record.Corpus.ManifestSha256.Length)]),
                $" · neighbors: {data.Record.Configuration["neighbors"]?["definition"]}",
                data.Fit is null ? null : $" · loss: {data.Record.Configuration["fit"]?["loss"]}"));
    }

    /// <summary>From files to equations, and why structures were rejected.</summary>
    public static XElement Funnel(ReportData data) => Layout.Section(
        "funnel",
        "From files to equations",
        Layout.Columns(
            Markup.Element(
                "div",
                Markup.Class("stack"),
                Layout.Figure("What became of the corpus", Stages(data), note: States(data)),
                Equations(data)),
            Layout.Figure(
                "Why structures were rejected",
                Reasons(data),
                Legend.Of((Legend.Box("bar light"), "for this reason, perhaps among others"), (Legend.Box("bar"), "for this reason alone")),
                "A structure can have several reasons, so the bars do not add up. The table at the end lists all reasons.")));

    private static XElement Figure(string value, string name, string remark) => Markup.Element(
        "div", Markup.Element("dt", name), Markup.Element("dd", value), Markup.Element("dd", Markup.Class("remark"), remark));

    private static XElement Stages(ReportData data)
    {
        ShardCounts counts = data.Merge.Counts;
        return Bars("chart-funnel", "From files to accepted structures", [
            Bar("CIF files", counts.Files),
            Bar("structures in them", counts.Structures),
            Bar("accepted", counts.Accepted),
            Bar("rejected", data.Merge.Rejected),
            .. counts.FailedFiles > 0 ? [Bar("failed files", counts.FailedFiles)] : Array.Empty<BarRow>(),
        ]);
    }

    private static XElement? Equations(ReportData data)
    {
        if (data.Fit is null)
            return null;
        BarRow[] rows =
        [
            Bar("cation sites", data.Fit.Residuals.All.Sites),
            Bar("used by the fit", data.Fit.Report.Fit.Equations),
            Bar("left out by its gate", data.Fit.Report.Fit.GatedEquations),
        ];
        return Layout.Figure(
            "What became of the accepted structures", Bars("chart-equations", "From cation sites to the fit", rows),
            note: "Each cation site of an accepted structure is one equation: its bond valences add up to its oxidation state. The gate leaves gross errors out of the fit.");
    }

    private static XElement Bars(string id, string title, BarRow[] rows) => BarChart.Draw(
        id, title, string.Join("; ", rows.Select(row => $"{row.Label} {row.Text}")) + ".", rows, width: 520, labelWidth: 160);

    private static string? States(ReportData data) => data.Merge.Counts.Accepted == 0 || data.Structures.AcceptedBySource.Count == 0 ? null
        : "Oxidation states of accepted structures: " + string.Join(", ", data.Structures.AcceptedBySource
            .OrderByDescending(source => source.Value)
            .Select(source => $"{Words(source.Key)} {Numbers.Count(source.Value)}")) + ".";

    private static string Words(string source) => source switch
    {
        "label" or "type" => $"authors' ({source})",
        "assigned" => "by charge balance",
        "radii" => "by ionic radii",
        _ => source,
    };

    private static XElement Reasons(ReportData data)
    {
        const int Most = 14;
        BarRow[] rows = [.. data.Structures.Reasons
            .OrderByDescending(reason => reason.Value.Any).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Take(Most)
            .Select(reason => new BarRow(
                reason.Key.StartsWith("reject-", StringComparison.Ordinal) ? reason.Key["reject-".Length..] : reason.Key,
                reason.Value.Any,
                Numbers.Count(reason.Value.Any),
                reason.Value.Alone,
                $"{reason.Key}: {Numbers.Count(reason.Value.Any)} structures, {Numbers.Count(reason.Value.Alone)} of them for this reason alone"))];
        return BarChart.Draw(
            "chart-reasons", "Rejected structures by reason",
            $"The {rows.Length} most frequent reasons: {string.Join("; ", rows.Take(5).Select(row => $"{row.Label} {row.Text}"))}.",
            rows, width: 520, labelWidth: 200);
    }

    private static BarRow Bar(string label, long count) => new(label, count, Numbers.Count(count));
}
