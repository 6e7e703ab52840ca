using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Runs;

/// <summary>How far a run is, as its directory tells: nothing is locked, nothing is written, no table is read.</summary>
/// <param name="Run">The run.</param>
/// <param name="Record">What its <c>run.json</c> says; null while its corpus is being listed.</param>
/// <param name="Stages">The stages that the run goes through, in order.</param>
/// <param name="Shards">How far its shards are; null while its corpus is being listed.</param>
/// <param name="FilesPerSecond">How fast the jobs that are running extract; null when none does, or none has completed a shard yet.</param>
/// <param name="Attempts">The last attempt of each command, the latest first.</param>
/// <param name="Training">What its <c>training.json</c> says, where it trains a model; null for runs over a corpus.</param>
public sealed record RunStatus(
    RunDirectory Run,
    RunRecord? Record,
    IReadOnlyList<StageStatus> Stages,
    ShardStatus? Shards,
    double? FilesPerSecond,
    IReadOnlyList<AttemptStatus> Attempts,
    TrainingRecord? Training = null)
{
    /// <summary>True while a job works on the run, as far as its signs of life tell.</summary>
    public bool IsRunning => Attempts.Any(attempt => attempt.State == AttemptState.Running);

    /// <summary>Seconds until all shards are complete; null when no job extracts.</summary>
    public double? SecondsLeft => FilesPerSecond is { } rate ? (Record!.Corpus.Files - Shards!.Counts.Files) / rate : null;

    /// <summary>Looks at a run directory.</summary>
    /// <param name="run">The directory.</param>
    /// <param name="record">What its <c>run.json</c> says; null when it has none yet.</param>
    /// <param name="stages">The stages between merging and the report that the configuration asks for, each with the name of its
    /// report.</param>
    /// <param name="now">The time, UTC.</param>
    public static RunStatus Read(RunDirectory run, RunRecord? record, IReadOnlyList<(string Name, string Report)> stages, DateTime now)
    {
        IReadOnlyList<AttemptStatus> attempts = AttemptStatus.Of(run, now);
        AttemptStatus[] running = [.. attempts.Where(attempt => attempt.State == AttemptState.Running)];
        if (record is null)
            return new RunStatus(run, null, StageStatus.Of(run, null, false, stages, running), null, null, attempts);

        // A job that lists its corpus first extracts from then on: run.json is written in between.
        DateTime indexed = File.GetLastWriteTimeUtc(run.RunJson);
        DateTime[] starts = [.. running.Where(attempt => attempt.IsExtracting).Select(attempt => attempt.Record.Started)];
        DateTime? since = starts.Length == 0 ? null : starts.Min() > indexed ? starts.Min() : indexed;
        ShardStatus shards = ShardStatus.Read(run, record, since);
        double? rate = since is { } start && shards.FilesSince > 0 && shards.Done < shards.Total && now > start
            ? shards.FilesSince / (now - start).TotalSeconds
            : null;
        return new RunStatus(run, record, StageStatus.Of(run, record, shards.Done == shards.Total, stages, running), shards, rate,
            attempts);
    }

    /// <summary>Looks at the directory of a training.</summary>
    /// <param name="run">The directory.</param>
    /// <param name="training">What its <c>training.json</c> says.</param>
    /// <param name="now">The time, UTC.</param>
    public static RunStatus OfTraining(RunDirectory run, TrainingRecord training, DateTime now)
    {
        IReadOnlyList<AttemptStatus> attempts = AttemptStatus.Of(run, now);
        StageState state = attempts.Any(attempt => attempt.State == AttemptState.Running) ? StageState.Running
            : training.IsDone ? StageState.Done
            : StageState.Waiting;
        return new RunStatus(run, null, [new StageStatus("train", state)], null, null, attempts, training);
    }

    /// <summary>What a directory that is no run is, with what was probably meant, for people; null when it is one.</summary>
    public static string? ProblemOf(RunDirectory run)
    {
        if (File.Exists(run.RunJson) || File.Exists(run.TrainingJson) || AttemptRecord.PathsOf(run).Any())
            return null;
        if (File.Exists(run.Root))
            return $"{run.Root} is a file; give the directory of a run (--run of the job)";
        if (!Directory.Exists(run.Root))
            return $"there is no directory {run.Root}; no job has begun a run there";
        string[] below = [.. Directory.EnumerateDirectories(run.Root).Where(folder => File.Exists(new RunDirectory(folder).RunJson))
            .Take(5)];
        string? above = Path.GetDirectoryName(run.Root);
        string meant = below.Length > 0 ? $"; these in it are: {string.Join(", ", below.Select(Path.GetFileName))}"
            : above is not null && File.Exists(new RunDirectory(above).RunJson) ? $"; it lies in one: {above}"
            : " (it has no run.json)";
        return $"{run.Root} is not a run directory{meant}";
    }

    /// <summary>What to do next, for people; null while a job is running.</summary>
    public string? NextStep()
    {
        if (IsRunning)
            return null;
        StageStatus? first = Stages.FirstOrDefault(stage => stage.State is not StageState.Done);
        if (first is null)
            return $"nothing is left to do; {Run.Report} shows the {(Training is null ? "run" : "model")}";
        AttemptStatus? last = Attempts.Count > 0 ? Attempts[0] : null;
        bool isUnfinished = last is not null && (last.State == AttemptState.Killed || last.Record.ExitCode != (int)ExitCode.Done);
        if (isUnfinished && last!.Record.ExitCode is (int)ExitCode.Configuration or (int)ExitCode.Unusable)
            return $"see what 'crystalhpc {last!.Record.Command}' said and correct it; complete shards are kept";
        return isUnfinished ? $"give the same command again, it goes on where it stopped: crystalhpc {last!.Record.Command}"
            : Training is not null ? $"crystalhpc {Training.System} train CONFIG --run {JobAccount.Quoted(Run.Root)}"
            : Record is null ? "index the corpus: crystalhpc index CONFIG --run RUN"
            : $"crystalhpc {first.Name} {JobAccount.Quoted(Run.Root)}";
    }
}
