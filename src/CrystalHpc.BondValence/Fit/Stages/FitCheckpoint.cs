using System.Diagnostics;
using System.Text.Json;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// <c>fit/checkpoint.state</c>: the state of the search for the minimum, saved every minute and when the job is asked to stop.
/// </summary>
internal sealed class FitCheckpoint
{
    // Goes up when the same options and equations mean another fit, or its state is written in another way.
    private const string Format = "fit/3";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Job _job;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private SealedState? _state;

    private FitCheckpoint(Job job) => _job = job;

    /// <summary>Finds out which fit this is and whether one was interrupted. A collective call.</summary>
    public static (FitCheckpoint Checkpoint, FitCheckpointing Checkpointing) Open(
        Job job, RunDirectory run, FitOptions options, string? priorTable)
    {
        var checkpoint = new FitCheckpoint(job);
        byte[] saved = job.World.OnRankZero(() => checkpoint.Read(run, options, priorTable));
        FitState? state = saved.Length > 0 ? JsonSerializer.Deserialize<FitState>(saved) : null;
        if (state is not null)
            job.Say($"fit      going on from iteration {state.Search.Iteration}");
        return (checkpoint, new FitCheckpointing(state, checkpoint.OnIteration));
    }

    /// <summary>The fit is done: removes the file. For rank 0.</summary>
    public void Remove() => _state!.Remove();

    /// <summary>Text that decides a fit: format, equations, groups, options. For rank 0.</summary>
    public static string MadeFrom(RunDirectory run, FitOptions options, string? priorTable)
    {
        // blocks.csv holds the digest of every block of equations.
        string blocks = WholeFile.Digest(Path.Combine(run.Merged, EquationBlocks.BlockTableName));
        string groups = WholeFile.Digest(Path.Combine(run.Merged, StructureGroups.FileName));
        return $"{Format}\n{blocks}\n{groups}\n{priorTable}\n{JsonSerializer.Serialize(options, ConfigurationFile.Json)}";
    }

    private byte[] Read(RunDirectory run, FitOptions options, string? priorTable)
    {
        string path = Path.Combine(run.Fit, "checkpoint.state");
        _state = new SealedState(path, MadeFrom(run, options, priorTable));
        byte[] saved = _state.Read(out bool isDamaged);
        if (isDamaged)
            _job.Say($"fit      {path} is damaged: beginning anew");
        return saved;
    }

    // All ranks agree at each iteration: 1 that it is time to save, 2 that the job is to stop.
    private void OnIteration(Func<FitState> capture)
    {
        int wish = _job.Signals?.Requested is not null ? 2 : _job.IsRoot && _sinceLast.Elapsed > Interval ? 1 : 0;
        int agreed = _job.World.Allreduce(wish, ReduceOperation.Max);
        if (agreed == 0)
            return;
        _job.World.OnRankZero(() => _state!.Write(JsonSerializer.SerializeToUtf8Bytes(capture())));
        _sinceLast.Restart();
        if (agreed == 2)
            throw UserException.Stopped(_job.Signals?.Requested ?? "a signal to another rank");
    }
}
