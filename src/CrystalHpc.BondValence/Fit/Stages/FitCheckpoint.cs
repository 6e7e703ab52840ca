using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// <c>fit/checkpoint.state</c>: the state of the search for the minimum, saved every minute and when the job is asked to stop. The file holds
/// three lines: the SHA-256 of the rest; what it belongs to (options, equations, format); the state. One that is damaged or
/// belongs to another fit is not used.
/// </summary>
internal sealed class FitCheckpoint
{
    // Goes up when the same options and equations mean another fit, or its state is written in another way.
    private const string Format = "fit/1";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Job _job;
    private readonly string _path;
    private readonly string _fit;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    private FitCheckpoint(Job job, string path, string fit) => (_job, _path, _fit) = (job, path, fit);

    /// <summary>Finds out which fit this is and whether one was interrupted. A collective call.</summary>
    public static (FitCheckpoint Checkpoint, FitCheckpointing Checkpointing) Open(Job job, RunDirectory run, FitOptions options)
    {
        string path = Path.Combine(run.Fit, "checkpoint.state");
        string fit = "";
        byte[] saved = job.World.OnRankZero(() =>
        {
            fit = Identify(run, options);
            return Read(job, path, fit);
        });
        FitState? state = saved.Length > 0 ? JsonSerializer.Deserialize<FitState>(saved) : null;
        if (state is not null)
            job.Say($"fit      going on from iteration {state.Search.Iteration}");
        var checkpoint = new FitCheckpoint(job, path, fit);
        return (checkpoint, new FitCheckpointing(state, checkpoint.OnIteration));
    }

    /// <summary>The fit is done: removes the file. For rank 0.</summary>
    public void Remove() => File.Delete(_path);

    // All ranks agree at each iteration: 1 that it is time to save, 2 that the job is to stop.
    private void OnIteration(Func<FitState> capture)
    {
        int wish = _job.Signals?.Requested is not null ? 2 : _job.IsRoot && _sinceLast.Elapsed > Interval ? 1 : 0;
        int agreed = _job.World.Allreduce(wish, ReduceOperation.Max);
        if (agreed == 0)
            return;
        _job.World.OnRankZero(() => Write(JsonSerializer.SerializeToUtf8Bytes(capture())));
        _sinceLast.Restart();
        if (agreed == 2)
            throw UserException.Stopped(_job.Signals?.Requested ?? "a signal to another rank");
    }

    private void Write(byte[] state)
    {
        byte[] rest = [.. Encoding.ASCII.GetBytes(_fit), (byte)'\n', .. state];
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        WholeFile.Write(_path, stream =>
        {
            stream.Write(Encoding.ASCII.GetBytes(Digest(rest) + "\n"));
            stream.Write(rest);
        });
    }

    private static byte[] Read(Job job, string path, string fit)
    {
        if (!File.Exists(path))
            return [];
        byte[] bytes = File.ReadAllBytes(path);
        int first = Array.IndexOf(bytes, (byte)'\n'), second = Array.IndexOf(bytes, (byte)'\n', first + 1);
        if (first < 0 || second < 0 || Digest(bytes.AsSpan(first + 1)) != Encoding.ASCII.GetString(bytes.AsSpan(0, first)))
        {
            job.Say($"fit      {path} is damaged: beginning anew");
            return [];
        }

        return Encoding.ASCII.GetString(bytes.AsSpan(first + 1, second - first - 1)) == fit ? bytes[(second + 1)..] : [];
    }

    // blocks.csv holds the digest of every block of equations.
    private static string Identify(RunDirectory run, FitOptions options)
    {
        string blocks = WholeFile.Digest(Path.Combine(run.Merged, EquationBlocks.BlockTableName));
        string groups = WholeFile.Digest(Path.Combine(run.Merged, "groups.csv"));
        return Digest(Encoding.UTF8.GetBytes($"{Format}\n{blocks}\n{groups}\n{JsonSerializer.Serialize(options, ConfigurationFile.Json)}"));
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
