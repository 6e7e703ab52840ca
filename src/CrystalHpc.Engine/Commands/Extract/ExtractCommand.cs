using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc extract</c>: the tables of the shards.</summary>
public static class ExtractCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("extract", """
            Parses and validates the files of the shards, finds neighbors, writes the shard tables. Without --shard: all shards
            that are not complete.

            Examples:
              mpirun -n 4 crystalhpc extract /scratch/cod-run
              crystalhpc extract /scratch/cod-run --shard 417 --verbose
              crystalhpc extract /scratch/cod-run --part 3/100
              crystalhpc extract /scratch/cod-run --file 9008678 --corpus cod.tar.gz
            """);
        RunSelection selection = RunSelection.ByRun(context, command, readsCorpus: true);
        var shards = new Option<int[]>("--shard", "-s")
        {
            Description = "Extract these shards anew, whether complete or not.",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => NumberArgument.ParseAll(result, 0, int.MaxValue),
        };
        var part = new Option<ShardPart>("--part")
        {
            Description = "Of the shards that are not complete, only I, I + N, I + 2N ...: for job "
                + "arrays, whose tasks know nothing of each other.",
            HelpName = "I/N",
            CustomParser = ShardPart.Parse,
            DefaultValueFactory = _ => ShardPart.All,
        };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print the verdict on every structure." };
        var file = new Option<string?>("--file")
        {
            Description = "Only go through this file (or structure) of the run and print all about it, "
                + "with the rows that it has in the tables; write nothing.",
            HelpName = "ID",
        };
        command.Add(shards);
        command.Add(part);
        command.Add(file);
        command.Add(verbose);
        var summary = new JobSummary(command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            if (parsed.GetValue(verbose) && summary.IsWanted(parsed))
                throw new UserException(ExitCode.CommandLine, "--verbose and --json exclude one another: both speak on standard output");
            if (parsed.GetValue(file) is { } id)
            {
                OpenRun read = selection.ReadRun(job, parsed);
                job.World.OnRankZero(() => FileReplay.Print(context.Systems, read, id));
                return ExitCode.Done;
            }

            ShardPart own = parsed.GetValue(part);
            int[] listed = parsed.GetValue(shards) ?? [];
            using DirectoryLock held = selection.Lock(job, parsed, ExtractStage.Choose(selection.ReadRun(job, parsed), listed, own));
            OpenRun open = selection.TakeUp(job, parsed, own.Count > 1 ? $"{own.Index}-of-{own.Count}" : "");
            ShardCounts counts = ExtractStage.Run(job, context.Systems, open, listed, own,
                parsed.GetValue(verbose) ? VerdictPrinter.Print : null);
            return summary.Print(job, parsed, open, FailureLimit.Check(job, open, counts));
        }));
        return command;
    }
}
