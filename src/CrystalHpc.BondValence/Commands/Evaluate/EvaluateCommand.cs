using System.CommandLine;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>crystalhpc evaluate</c>: how well parameter tables do on structures.</summary>
internal static class EvaluateCommand
{
    private const string Verb = "evaluate";

    public static Command Create(CommandContext context)
    {
        var command = new Command(Verb, """
            Judges tables of bond-valence parameters (CSV, or CIF with a _valence_param_ loop), all on the same sites: deviation
            of the valence sums,
            wrong valences, instability of structures, coverage, with intervals of 95 %. CORPUS is the directory of a run, whose
            structures are used,
            or CIF files, folders and archives, which are indexed and extracted first. Differences are to the first table.

            Examples:
              crystalhpc evaluate /scratch/cod-run
              crystalhpc evaluate my-table.csv bvparm2020.cif /scratch/cod-run
              crystalhpc evaluate --held-out bvparm2020.cif /scratch/cod-run
              crystalhpc evaluate bvparm2020.cif ~/my-cifs --run ~/my-evaluation --json
            """);
        var arguments = new EvaluateArguments(context.Systems, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job => Execute(job, context.Systems, arguments.Read(job, parsed))));
        return command;
    }

    private static ExitCode Execute(Job job, SystemCatalog systems, EvaluateChoice choice)
    {
        // An evaluation that goes elsewhere only reads the run.
        bool isWithin = choice.Request.Output == choice.Run.Evaluation;
        using DirectoryLock? ofRun = isWithin || !choice.IsMerged ? DirectoryLock.Take(job, choice.Run.Root, Verb) : null;
        using DirectoryLock? ofOutput = isWithin ? null : DirectoryLock.Take(job, choice.Request.Output, Verb);
        var code = ExitCode.Done;
        OpenRun open;
        if (choice.IsMerged)
        {
            byte[] record = job.World.OnRankZero(() => File.ReadAllBytes(choice.Run.RunJson));
            open = new OpenRun(choice.Configuration, choice.Run, RunRecord.Parse(record, choice.Run.RunJson));
            if (choice.Request.Output == choice.Run.Evaluation)
                RunAttempt.Begin(job, choice.Run);
        }
        else
        {
            open = IndexStage.Run(job, systems, choice.Configuration);
            ExtractStage.Run(job, systems, open, chosen: []);
            code = FailureLimit.Check(job, open, MergeStage.Run(job, systems, open, others: []).Counts);
        }

        EvaluationResult? result = EvaluateStage.Run(job, open, choice.Request);
        if (result is null)
            return code;
        if (!choice.IsJson)
        {
            EvaluateSummary.Print(result, choice.Request.Output);
            return code;
        }

        Terminal.Out.WriteLine(System.Text.Encoding.UTF8.GetString(EvaluateJson.Of(result)));
        Terminal.RequireOutput();
        return code;
    }
}
