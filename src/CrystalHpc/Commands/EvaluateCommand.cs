using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc evaluate</c>: how well parameter tables do on structures.</summary>
internal static class EvaluateCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("evaluate", """
            Judges tables of bond-valence parameters (CSV, or CIF with a _valence_param_ loop), all on the same sites: deviation of the valence sums,
            wrong valences, instability of structures, coverage, with intervals of 95 %. CORPUS is the directory of a run, whose structures are used,
            or CIF files, folders and archives, which are indexed and extracted first. Differences are to the first table.

            Examples:
              crystalhpc evaluate /scratch/cod-run
              crystalhpc evaluate my-table.csv bvparm2020.cif /scratch/cod-run
              crystalhpc evaluate --held-out bvparm2020.cif /scratch/cod-run
              crystalhpc evaluate bvparm2020.cif ~/my-cifs --run ~/my-evaluation --json
            """);
        var arguments = new EvaluateArguments(command);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job => Execute(job, arguments.Read(job, parsed))));
        return command;
    }

    private static ExitCode Execute(Job job, EvaluateChoice choice)
    {
        var code = ExitCode.Done;
        RunRecord record;
        if (choice.IsMerged)
            record = RunRecord.Parse(job.World.OnRankZero(() => File.ReadAllBytes(choice.Run.RunJson)), choice.Run.RunJson);
        else
        {
            record = IndexStage.Run(job, choice.Configuration, choice.Run);
            ExtractStage.Run(job, choice.Configuration, choice.Run, record, chosen: []);
            code = FailureLimit.Check(job, choice.Configuration, MergeStage.Run(job, choice.Configuration, choice.Run, record, others: []).Counts);
        }

        EvaluationResult? result = EvaluateStage.Run(job, choice.Run, record, choice.Request);
        if (result is null)
            return code;
        if (choice.IsJson)
            Console.Out.Write(System.Text.Encoding.UTF8.GetString(EvaluateJson.Of(result)) + "\n");
        else
            EvaluateSummary.Print(result, choice.Request.Output);
        return code;
    }
}
