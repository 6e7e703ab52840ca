using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary>What <c>crystalhpc status</c> prints for people.</summary>
internal static class StatusText
{
    private const int MostShardsNamed = 12;

    public static void Print(RunStatus status, TerminalWriter output)
    {
        Line(output, "run", status.Run.Root);
        if (status.Record is { Corpus: var corpus })
            Line(output, "corpus", string.Create(CultureInfo.InvariantCulture,
                $"{corpus.Files:N0} files, {corpus.Bytes / 1e6:N1} MB, {corpus.Shards:N0} shards"));
        foreach (StageStatus stage in status.Stages)
        {
            Line(output, stage.Name, Paint(stage.State));
            if (stage.Name == "extract" && status.Shards is { } shards)
                PrintShards(status, shards, output);
            if (status.Training is { } training)
                Line(output, "", $"model of {training.System}, {training.Progress}");
        }

        PrintAttempts(status.Attempts, output);
        if (status.NextStep() is { } next)
            Line(output, "next", next);
    }

    private static void PrintShards(RunStatus status, ShardStatus shards, TerminalWriter output)
    {
        Line(output, "", string.Create(
            CultureInfo.InvariantCulture,
            $"{shards.Done:N0} of {shards.Total:N0} shards done, {shards.Failed.Count:N0} failed, {shards.Running.Count:N0} running, "
            + $"{shards.Waiting:N0} waiting"));
        ShardCounts counts = shards.Counts;
        Line(output, "", string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Files:N0} of {status.Record!.Corpus.Files:N0} files: {counts.Structures:N0} structures, {counts.Accepted:N0} "
            + $"accepted, {counts.FailedFiles:N0} files failed"));
        if (status.FilesPerSecond is { } rate)
            Line(output, "", string.Create(CultureInfo.InvariantCulture,
                $"{rate:N1} files/s, {Progress.Duration(TimeSpan.FromSeconds(status.SecondsLeft!.Value))} left"));
        Name(output, "failed", shards.Failed);
        Name(output, "running", shards.Running);
    }

    private static void Name(TerminalWriter output, string state, IReadOnlyList<ShardProblem> shards)
    {
        if (shards.Count == 0)
            return;
        string named = string.Join("; ", shards.Take(MostShardsNamed)
            .Select(shard => string.Create(CultureInfo.InvariantCulture, $"shard {shard.Shard} {shard.Problem}")));
        string more = shards.Count > MostShardsNamed ? string.Create(CultureInfo.InvariantCulture,
            $"; and {shards.Count - MostShardsNamed:N0} more") : "";
        Line(output, "", $"{state}: {named}{more}");
    }

    private static void PrintAttempts(IReadOnlyList<AttemptStatus> attempts, TerminalWriter output)
    {
        if (attempts.Count == 0)
            return;
        AttemptRecord last = attempts[0].Record;
        Line(output, "job", $"crystalhpc {last.Command}");
        string slurm = last.SlurmJob is null ? "" : $", Slurm job {last.SlurmJob}";
        Line(output, "", string.Create(
            CultureInfo.InvariantCulture,
            $"attempt {last.Attempt}, {last.Ranks} {(last.Ranks == 1 ? "rank" : "ranks")} on {last.Host} (process {last.Process}){slurm}, "
            + $"began {Time(last.Started)}"));
        Line(output, "", Describe(attempts[0]));
        if (attempts.Count == 1)
            return;
        IEnumerable<string> states = attempts.Skip(1).GroupBy(attempt => attempt.State).OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count():N0} {SnakeCase.Of(group.Key)}"));
        Line(output, "", $"earlier jobs: {string.Join(", ", states)}");
    }

    private static (TextColor? Color, string Text) Describe(AttemptStatus attempt) => attempt.State switch
    {
        AttemptState.Running => (TextColor.Good, $"running, last sign of life {Time(attempt.Seen)}"),
        AttemptState.Ended when attempt.Record.ExitCode == 0 => (null, $"ended {Time(attempt.Record.Ended!.Value)} with exit code 0"),
        AttemptState.Ended => (
            TextColor.Doubtful, string.Create(CultureInfo.InvariantCulture,
            $"ended {Time(attempt.Record.Ended!.Value)} with exit code {attempt.Record.ExitCode}")),
        _ => (TextColor.Bad, $"killed, or lost with its node: last sign of life {Time(attempt.Seen)}"),
    };

    private static (TextColor? Color, string Text) Paint(StageState state) => state switch
    {
        StageState.Done => (TextColor.Good, "done"),
        StageState.Running => (TextColor.Strong, "running"),
        StageState.Outdated => (TextColor.Doubtful, "outdated"),
        _ => (null, SnakeCase.Of(state)),
    };

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static void Line(TerminalWriter output, string name, string text) => output.WriteLine($"{name,-9} {text}");

    private static void Line(TerminalWriter output, string name, (TextColor? Color, string Text) shown)
    {
        output.Write($"{name,-9} ");
        if (shown.Color is { } color)
            output.Write(color, shown.Text);
        else
            output.Write(shown.Text);
        output.WriteLine();
    }
}
