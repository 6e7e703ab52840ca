using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc extract</c>: the tables of the shards.</summary>
internal static class ExtractCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("extract", """
            Parses and validates the files of the shards, finds neighbors, writes the shard tables. Without --shard: all shards that are not complete.

            Examples:
              mpirun -n 4 crystalhpc extract /scratch/cod-run
              crystalhpc extract /scratch/cod-run --shard 417 --verbose
              crystalhpc extract /scratch/cod-run --part 3/100
              crystalhpc extract /scratch/cod-run --file 9008678 --corpus cod.tar.gz
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: true);
        var shards = new Option<int[]>("--shard", "-s")
        {
            Description = "Extract these shards anew, whether complete or not.",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
        };
        var part = new Option<ShardPart>("--part")
        {
            Description = "Of the shards that are not complete, only I, I + N, I + 2N ...: for job arrays, whose tasks know nothing of each other.",
            HelpName = "I/N",
            CustomParser = ShardPart.Parse,
            DefaultValueFactory = _ => ShardPart.All,
        };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print the verdict on every structure." };
        var file = new Option<string?>("--file")
        {
            Description = "Only go through this file (or structure) of the run and print all about it, with its neighbors and equations; write nothing.",
            HelpName = "ID",
        };
        command.Add(shards);
        command.Add(part);
        command.Add(file);
        command.Add(verbose);
        var summary = new JobSummary(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(verbose) && result.GetValue(summary.Option))
                result.AddError("--verbose and --json exclude one another: both speak on standard output");
        });
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            if (parsed.GetValue(file) is { } id)
            {
                job.World.OnRankZero(() => FileReplay.Print(configuration, run, id));
                return ExitCode.Done;
            }

            ShardCounts counts = ExtractStage.Run(
                job, configuration, run, record, parsed.GetValue(shards) ?? [], parsed.GetValue(part), parsed.GetValue(verbose) ? VerdictPrinter.Print : null);
            return summary.Print(job, parsed, run, record, FailureLimit.Check(job, configuration, counts));
        }));
        return command;
    }
}
