using System.CommandLine;
using CrystalHpc.Configuration;
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
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: true);
        var shards = new Option<int[]>("--shard", "-s")
        {
            Description = "Extract these shards anew, whether complete or not.",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
        };
        var part = new Option<ShardPart?>("--part")
        {
            Description = "Of the shards that are not complete, only I, I + N, I + 2N ...: for job arrays, whose tasks know nothing of each other.",
            HelpName = "I/N",
            CustomParser = ShardPart.Parse,
        };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print the verdict on every structure." };
        command.Add(shards);
        command.Add(part);
        command.Add(verbose);
        command.Validators.Add(result =>
        {
            if (result.GetResult(shards) is not null && result.GetResult(part) is not null)
                result.AddError("--shard names shards, --part takes those that are missing: give one of them");
        });
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            var selected = new ShardSelection(parsed.GetValue(shards) ?? [], parsed.GetValue(part));
            ShardCounts counts = ExtractStage.Run(job, configuration, run, record, selected, parsed.GetValue(verbose) ? VerdictPrinter.Print : null);
            return FailureLimit.Check(job, configuration, counts);
        }));
        return command;
    }
}
