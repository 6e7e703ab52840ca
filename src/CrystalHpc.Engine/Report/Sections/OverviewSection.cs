using System.Xml.Linq;
using CrystalHpc.Engine.Runs;

namespace CrystalHpc.Engine.Report;

/// <summary>What the run is, in a few numbers, and the way from files to equations.</summary>
public static class OverviewSection
{
    /// <summary>The head of the page.</summary>
    public static XElement Header(RunOverview run, IReadOnlyList<ReportPart> parts)
    {
        ShardCounts counts = run.Merge.Counts;
        string digest = run.Record.Corpus.ManifestSha256;
        return Markup.Element(
            "header",
            Markup.Element("p", Markup.Class("kicker"), "CrystalHpc run report"),
            Markup.Element("h1", run.CorpusName),
            Markup.Element(
                "dl",
                Markup.Class("figures"),
                Layout.KeyFigure(Numbers.Count(counts.Files), "CIF files", Numbers.Bytes(run.Record.Corpus.Bytes)),
                Layout.KeyFigure(Numbers.Count(counts.Accepted), "structures accepted", $"of {Numbers.Count(counts.Structures)}"),
                parts.SelectMany(part => part.KeyFigures)),
            Markup.Element(
                "p",
                Markup.Class("provenance"),
                $"Program {run.Record.CodeVersion} · manifest SHA-256 ",
                Layout.Code(digest[..Math.Min(16, digest.Length)]),
                $" · neighbors: {run.Record.Configuration["neighbors"]?["definition"]}",
                parts.SelectMany(part => part.Provenance).Select(fact => $" · {fact}")));
    }

    /// <summary>From files to structures and what is made of them, and why structures were rejected.</summary>
    public static XElement Funnel(RunOverview run, IReadOnlyList<ReportPart> parts) => Layout.Section(
        "funnel",
        "From files to structures",
        Layout.Columns(
            Markup.Element(
                "div",
                Markup.Class("stack"),
                Layout.Figure("What became of the corpus", Stages(run), note: States(run)),
                parts.Select(part => part.Funnel)),
            Layout.Figure(
                "Why structures were rejected",
                Reasons(run),
                Legend.Of((Legend.Box("bar light"), "for this reason, perhaps among others"), (Legend.Box("bar"), "for this reason alone")),
                "A structure can have several reasons, so the bars do not add up. The table at the end lists all reasons.")));

    private static XElement Stages(RunOverview run)
    {
        ShardCounts counts = run.Merge.Counts;
        return BarChart.Counts("chart-funnel", "From files to accepted structures", [
            ("CIF files", counts.Files),
            ("structures in them", counts.Structures),
            ("accepted", counts.Accepted),
            ("rejected", run.Merge.Rejected),
            .. counts.FailedFiles > 0 ? [("failed files", counts.FailedFiles)] : Array.Empty<(string, long)>(),
        ]);
    }

    private static string? States(RunOverview run) => run.Merge.Counts.Accepted == 0 || run.Structures.AcceptedBySource.Count == 0 ? null
        : "Oxidation states of accepted structures: " + string.Join(", ", run.Structures.AcceptedBySource
            .OrderByDescending(source => source.Value)
            .Select(source => $"{Words(source.Key)} {Numbers.Count(source.Value)}")) + ".";

    private static string Words(string source) => source switch
    {
        "label" or "type" => $"authors' ({source})",
        "assigned" => "by charge balance",
        "radii" => "by ionic radii",
        "given" => "given by the user",
        _ => source,
    };

    private static XElement Reasons(RunOverview run)
    {
        const int Most = 14;
        BarRow[] rows = [.. run.Structures.Reasons
            .OrderByDescending(reason => reason.Value.Any).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Take(Most)
            .Select(reason => new BarRow(
                reason.Key.StartsWith("reject-", StringComparison.Ordinal) ? reason.Key["reject-".Length..] : reason.Key,
                reason.Value.Any,
                Numbers.Count(reason.Value.Any),
                reason.Value.Alone,
                $"{reason.Key}: {Numbers.Count(reason.Value.Any)} structures, {Numbers.Count(reason.Value.Alone)} "
                + $"of them for this reason alone"))];
        return BarChart.Draw(
            "chart-reasons", "Rejected structures by reason",
            $"The {rows.Length} most frequent reasons: {string.Join("; ", rows.Take(5).Select(row => $"{row.Label} {row.Text}"))}.",
            rows, width: 520, labelWidth: 200);
    }
}
