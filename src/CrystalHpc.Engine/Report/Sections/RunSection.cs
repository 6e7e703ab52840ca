using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Engine.Report;

/// <summary>What the run took, and what it was told to do.</summary>
public static class RunSection
{
    /// <summary>Times of the stages: the only part of the page that differs from run to run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="order">Names under which stages report, in order.</param>
    public static XElement Timings(RunOverview run, IReadOnlyList<string> order)
    {
        var stages = run.Record.Stages
            .Where(stage => stage.Value["seconds"] is not null)
            .OrderBy(stage => Place(stage.Key))
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
                        "chart-timings", "Wall time of each stage", string.Join("; ", rows.Select(row => $"{row.Label} {row.Text}")) + ".",
                        rows, width: 520, labelWidth: 70),
                    note: extract > 0 ? $"Extraction: {Numbers.Significant(run.Merge.Counts.Files / extract)} "
                    + $"files per second on all ranks together." : null),
                BalanceChart.Of(run)));

        int Place(string stage)
        {
            int place = order.ToList().IndexOf(stage);
            return place >= 0 ? place : order.Count;
        }
    }

    /// <summary>The configuration as resolved, without the places that differ from machine to machine.</summary>
    public static XElement Configuration(RunOverview run)
    {
        JsonObject configuration = run.Record.Configuration.DeepClone().AsObject();
        configuration.Remove("run_directory");
        if (configuration["corpus"]?["paths"] is JsonArray)
            configuration["corpus"]!["paths"] = new JsonArray(
                [.. run.Record.Corpus.Roots.Select(root => JsonValue.Create(Path.GetFileName(Path.TrimEndingDirectorySeparator(root))))]);
        return Layout.Section(
            "configuration",
            "Configuration",
            Layout.Details("All keys as resolved", Markup.Element("pre", configuration.ToJsonString(ConfigurationFile.IndentedJson))),
            Layout.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"Program version {run.Record.CodeVersion}, format {run.Record.Format}. Manifest SHA-256 "
                + $"{run.Record.Corpus.ManifestSha256}.")));
    }
}
