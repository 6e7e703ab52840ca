using System.CommandLine;
using System.Text.Json.Nodes;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Evaluation;
using CrystalHpc.Core.Findings;
using CrystalHpc.Jobs;
using CrystalHpc.Report;
using CrystalHpc.Report.Data;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc report</c>: one page about a run, also the last stage of <c>crystalhpc run</c>.</summary>
internal static class ReportCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("report", """
            Writes RUN/report.html: what became of every file, bond lengths, curves, parameters, errors. One file that opens anywhere.

            Example:
              crystalhpc report /scratch/cod-run --published bvparm2020.cif
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: false);
        var published = new Option<string?>("--published")
        {
            Description = "A published table to draw beside the fit: CSV, or CIF with a _valence_param_ loop. Default: the first of evaluation.tables.",
            HelpName = "FILE",
        };
        command.Add(published);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (_, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            Write(job, run, record, parsed.GetValue(published));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Rank 0 reads the tables of the run and writes the page.</summary>
    /// <exception cref="UserException">The run is not merged, or a table is damaged.</exception>
    public static void Write(Job job, RunDirectory run, RunRecord record, string? published = null) => job.World.OnRankZero(() =>
    {
        Dictionary<string, FindingCode> codes = FindingCatalog.Parts.SelectMany(part => part.Codes).ToDictionary(code => code.Name, StringComparer.Ordinal);
        ReportData data = ReportData.Read(run, record, ReadPublished(record, published));
        WholeFile.Write(run.Report, stream => ReportPage.Write(stream, data, codes));
        job.Say($"report   {run.Report}");
    });

    // The configured table may have been moved since the run; one that is asked for must be there.
    private static ParameterTable? ReadPublished(RunRecord record, string? asked)
    {
        string? path = asked ?? (record.Configuration["evaluation"]?["tables"] as JsonArray)?.FirstOrDefault()?.GetValue<string>();
        if (path is null || (asked is null && !File.Exists(path)))
            return null;
        var findings = new List<Finding>();
        ParameterTable table = File.Exists(path)
            ? ParameterTableFile.Read(Path.GetFileNameWithoutExtension(path), BondLaw.Exponential, File.ReadAllBytes(path), findings)
            : throw UserException.Unusable($"the table {path} does not exist");
        return table.Count > 0 ? table : throw UserException.Unusable(
            $"{path} is not a table of bond-valence parameters: {findings.Select(finding => $"{finding.Code.Meaning} ({finding.Message})").FirstOrDefault("it has no rows")}");
    }
}
