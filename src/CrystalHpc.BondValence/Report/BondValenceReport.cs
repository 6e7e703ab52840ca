using System.CommandLine;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.BondValence.Report;

/// <summary>The bond-valence part of the page: pairs, curves, evaluation, fit, parameters, worst sites.</summary>
internal sealed class BondValenceReport : IReportSource
{
    private readonly Option<string?> _published = new("--published")
    {
        Description = "A published table to draw beside the fit: CSV, or CIF with a "
            + "_valence_param_ loop. Default: the first of evaluation.tables.",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    public void AddOptions(Command report) => report.Add(_published);

    /// <inheritdoc/>
    public ReportPart Read(OpenRun open, ParseResult? options)
    {
        ReportData data = ReportData.Read(open.Directory, open.Record, ReadPublished(open.Record, options?.GetValue(_published)));
        XElement?[] sections =
        [
            ElementSection.Of(data),
            PairSection.Of(data),
            ValenceSection.Of(data),
            EvaluationSection.Of(data),
            TrendSection.Of(data),
            FitSection.Of(data),
            ParameterSection.Of(data),
            SiteSection.Worst(data),
        ];
        return new ReportPart
        {
            KeyFigures = FunnelSection.KeyFigures(data),
            Provenance = data.Fit is null ? [] : [$"loss: {data.Record.Configuration["fit"]?["loss"]}"],
            Funnel = FunnelSection.Of(data),
            Sections = [.. sections.OfType<XElement>()],
        };
    }

    // The configured table may have been moved since the run; one that is asked for must be there.
    private static ParameterTable? ReadPublished(RunRecord record, string? asked)
    {
        string? path = asked ?? (record.Configuration["evaluation"]?["tables"] as JsonArray)?.FirstOrDefault()?.GetValue<string>();
        if (path is null || (asked is null && !File.Exists(path)))
            return null;
        var findings = new List<Finding>();
        ParameterTable table = File.Exists(path)
            ? ParameterTableFile.Read(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path), findings)
            : throw UserException.Unusable($"the table {path} does not exist");
        return table.Count > 0 ? table : throw UserException.Unusable(
            $"{path} is not a table of bond-valence parameters: "
            + $"{findings.Select(finding => $"{finding.Code.Meaning} ({finding.Message})").FirstOrDefault("it has no rows")}");
    }
}
