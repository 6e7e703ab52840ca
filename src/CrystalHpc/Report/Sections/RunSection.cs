using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Configuration;
using CrystalHpc.Report.Charts;
using CrystalHpc.Report.Data;

namespace CrystalHpc.Report.Sections;

/// <summary>What the run took, and what it was told to do.</summary>
internal static class RunSection
{
    private static readonly string[] StageOrder = ["index", "extract", "merge", "fit", "bootstrap", "evaluate"];

    /// <summary>Times of the stages: the only part of the page that differs from run to run.</summary>
    public static XElement Timings(ReportData data)
    {
        var stages = data.Record.Stages
            .Where(stage => stage.Value["seconds"] is not null)
            .OrderBy(stage => Array.IndexOf(StageOrder, stage.Key) is var place and >= 0 ? place : StageOrder.Length)
            .Select(stage => (Name: stage.Key, Seconds: (double)stage.Value["seconds"]!, Ranks: (int?)stage.Value["ranks"] ?? 1))
            .ToArray();
        BarRow[] rows = [.. stages.Select(stage => new BarRow(
            stage.Name, stage.Seconds, $"{Numbers.Duration(stage.Seconds)} on {Numbers.Of(stage.Ranks, "rank")}"))];
        double extract = stages.FirstOrDefault(stage => stage.Name == "extract").Seconds;
        return Layout.Section(
            "timings",
            "Time",
            Layout.Columns(
                Layout.Figure(
                    "Wall time of each stage", BarChart.Draw(
                        "chart-timings", "Wall time of each stage", string.Join("; ", rows.Select(row => $"{row.Label} {row.Text}")) + ".", rows, width: 520, labelWidth: 70),
                    note: extract > 0 ? $"Extraction: {Numbers.Significant(data.Merge.Counts.Files / extract)} files per second on all ranks together." : null),
                BalanceChart.Of(data)));
    }

    /// <summary>The configuration as resolved, without the places that differ from machine to machine.</summary>
    public static XElement Configuration(ReportData data)
    {
        JsonObject configuration = data.Record.Configuration.DeepClone().AsObject();
        configuration.Remove("run_directory");
        if (configuration["corpus"]?["paths"] is JsonArray)
            configuration["corpus"]!["paths"] = new JsonArray([.. data.Record.Corpus.Roots.Select(root => JsonValue.Create(Path.GetFileName(Path.TrimEndingDirectorySeparator(root))))]);
        return Layout.Section(
            "configuration",
            "Configuration",
            Layout.Details("All keys as resolved", Markup.Element("pre", configuration.ToJsonString(ConfigurationFile.IndentedJson))),
            Layout.Note(string.Create(
                CultureInfo.InvariantCulture, $"Program version {data.Record.CodeVersion}, format {data.Record.Format}. Manifest SHA-256 {data.Record.Corpus.ManifestSha256}.")));
    }
}
