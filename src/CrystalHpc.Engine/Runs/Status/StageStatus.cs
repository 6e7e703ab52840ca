namespace CrystalHpc.Engine.Runs;

/// <summary>How far a stage of a run is.</summary>
/// <param name="Name">Its name, which is also that of its verb.</param>
/// <param name="State">How far it is.</param>
public sealed record StageStatus(string Name, StageState State)
{
    /// <summary>The stages of a run in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="record">What its <c>run.json</c> says; null while its corpus is being listed.</param>
    /// <param name="isExtracted">Whether all shards are complete.</param>
    /// <param name="stages">The stages between merging and the report, each with the name of its report.</param>
    /// <param name="running">The jobs that work on the run.</param>
    public static IReadOnlyList<StageStatus> Of(
        RunDirectory run, RunRecord? record, bool isExtracted, IReadOnlyList<(string Name, string Report)> stages, AttemptStatus[] running)
    {
        bool HasReported(string report) => record?.Stages.ContainsKey(report) == true;
        (string Name, bool IsDone)[] way =
        [
            ("index", record is not null), ("extract", isExtracted), ("merge", HasReported("merge")),
            .. stages.Select(stage => (stage.Name, HasReported(stage.Report))), ("report", File.Exists(run.Report)),
        ];
        var states = new List<StageStatus>();
        bool isAfterGap = false;
        foreach ((string name, bool isDone) in way)
        {
            // A job of several stages is at the first that is left.
            bool isAtWork = running.Any(attempt => attempt.Record.Name == name
                || attempt.Record.Name.StartsWith($"{name}-", StringComparison.Ordinal))
                || (!isDone && !isAfterGap && running.Any(attempt => attempt.IsExtracting));
            states.Add(new StageStatus(name, isAtWork ? StageState.Running : isDone ? isAfterGap
                ? StageState.Outdated : StageState.Done : StageState.Waiting));
            isAfterGap |= !isDone;
        }

        return states;
    }
}

/// <summary>How far a stage is.</summary>
public enum StageState
{
    /// <summary>It has to be done.</summary>
    Waiting,

    /// <summary>A job is at it.</summary>
    Running,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was done, but a stage before it has to be done again.</summary>
    Outdated,
}
