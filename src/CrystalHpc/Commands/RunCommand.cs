using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc run</c>: the whole job, from CIF files to the parameter table and its evaluation.</summary>
internal static class RunCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("run", """
            The whole job: index, extract, merge, fit, evaluate, report. Started again, it continues where it stopped.

            Examples:
              crystalhpc run configs/quickstart.json
              mpirun -n 4 crystalhpc run configs/cod.json --corpus /data/cod --run /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByConfiguration(command);
        var summary = new JobSummary(command);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run) = selection.ReadConfiguration(job, parsed);
            (ExitCode code, RunRecord record) = Execute(job, configuration, run, isForPeople: !summary.IsWanted(parsed));
            return summary.Print(job, parsed, run, record, code);
        }));
        return command;
    }

    private static (ExitCode Code, RunRecord Record) Execute(Job job, RunConfiguration configuration, RunDirectory run, bool isForPeople)
    {
        RunRecord record = IndexStage.Run(job, configuration, run);
        ExtractStage.Run(job, configuration, run, record, chosen: []);
        MergeReport merged = MergeStage.Run(job, configuration, run, record, others: []);
        if (configuration.Fit is not null)
        {
            FitResult fit = FitStage.Run(job, configuration, run, record);
            if (isForPeople)
                ParameterSummary.Print(job, run, fit);
        }

        Evaluate(job, configuration, run, record, isForPeople);
        ReportCommand.Write(job, run, record);
        return (FailureLimit.Check(job, configuration, merged.Counts), record);
    }

    private static void Evaluate(Job job, RunConfiguration configuration, RunDirectory run, RunRecord record, bool isForPeople)
    {
        if (configuration.Evaluation is not { } options || configuration.Equations is null)
            return;
        EvaluationRequest request = EvaluateStage.OfRun(options, configuration.Fit, run);
        if (request.Tables.Count > 0 && EvaluateStage.Run(job, run, record, request) is { } result && isForPeople)
            EvaluateSummary.Print(result, request.Output);
    }
}
