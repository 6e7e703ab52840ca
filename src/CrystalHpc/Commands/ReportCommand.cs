using System.CommandLine;
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
              crystalhpc report /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: false);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (_, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            Write(job, run, record);
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Rank 0 reads the tables of the run and writes the page.</summary>
    /// <exception cref="UserException">The run is not merged, or a table is damaged.</exception>
    public static void Write(Job job, RunDirectory run, RunRecord record) => job.World.OnRankZero(() =>
    {
        Dictionary<string, FindingCode> codes = FindingCatalog.Parts.SelectMany(part => part.Codes).ToDictionary(code => code.Name, StringComparer.Ordinal);
        ReportData data = ReportData.Read(run, record);
        WholeFile.Write(run.Report, stream => ReportPage.Write(stream, data, codes));
        job.Say($"report   {run.Report}");
    });
}
