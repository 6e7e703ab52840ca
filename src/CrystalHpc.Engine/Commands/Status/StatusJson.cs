using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Runs;

namespace CrystalHpc.Engine.Commands;

/// <summary>What <c>crystalhpc status --json</c> prints; docs/formats.md lists the fields.</summary>
internal static class StatusJson
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static JsonObject Of(RunStatus status)
    {
        var stages = new JsonObject();
        foreach (StageStatus stage in status.Stages)
            stages[stage.Name] = SnakeCase.Of(stage.State);
        return new JsonObject
        {
            ["run"] = status.Run.Root,
            ["is_running"] = status.IsRunning,
            ["stages"] = stages,
            ["corpus"] = status.Record is null ? null : new JsonObject {
            ["files"] = status.Record.Corpus.Files, ["bytes"] = status.Record.Corpus.Bytes },
            ["shards"] = status.Shards is null ? null : Of(status.Shards),
            ["training"] = status.Training is not { } training ? null : new JsonObject { ["system"] = training.System,
            ["progress"] = training.Progress },
            ["files_per_second"] = status.FilesPerSecond,
            ["seconds_left"] = status.SecondsLeft,
            ["jobs"] = new JsonArray([.. status.Attempts.Select(Of)]),
            ["next"] = status.NextStep(),
        };
    }

    private static JsonObject Of(ShardStatus shards) => new()
    {
        ["total"] = shards.Total,
        ["done"] = shards.Done,
        ["failed"] = JsonSerializer.SerializeToNode(shards.Failed, Json),
        ["running"] = JsonSerializer.SerializeToNode(shards.Running, Json),
        ["waiting"] = shards.Waiting,
        ["counts"] = JsonSerializer.SerializeToNode(shards.Counts, Json),
    };

    private static JsonNode Of(AttemptStatus attempt)
    {
        JsonNode job = JsonSerializer.SerializeToNode(attempt.Record, Json)!;
        job["seen"] = attempt.Seen;
        job["state"] = SnakeCase.Of(attempt.State);
        return job;
    }
}
