using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Runs;

/// <summary>
/// A training in a run directory: what the verb <c>train</c> of any system does around its own work. The directory is locked, attempts are
/// recorded for
/// <c>crystalhpc status</c>, and each member of a committee has a checkpoint from which a training that was stopped or killed goes on to
/// the same bytes.
/// </summary>
/// <remarks>
/// Open, <c>Train</c>, <see cref="Finish"/>; all three are collective calls. <c>training.json</c> says what decides the model: a directory
/// never holds the results of one training under the name of another.
/// </remarks>
public sealed class TrainingRun : IDisposable
{
    // Goes up when the same options and data mean another training, or its state is written in another way.
    private const string Format = "training/1";

    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromMinutes(1), ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly Job _job;
    private readonly DirectoryLock _lock;
    private readonly JsonObject _decides;
    private readonly TimeSpan _interval;
    private TrainingRecord? _record;
    private IReadOnlyList<HistoryRow> _history = [];

    private TrainingRun(Job job, RunDirectory directory, DirectoryLock held, JsonObject decides, TimeSpan interval) =>
        (_job, Directory, _lock, _decides, _interval) = (job, directory, held, decides, interval);

    /// <summary>The run directory.</summary>
    public RunDirectory Directory { get; }

    /// <summary>The file of the model.</summary>
    public string Model => Path.Combine(Directory.Root, "model.safetensors");

    private string States => Path.Combine(Directory.Root, "train");

    /// <summary>Takes a directory for a training, new, or interrupted before, or done and to be made again.</summary>
    /// <param name="job">The job.</param>
    /// <param name="directory">The run directory.</param>
    /// <param name="system">The system whose model is trained.</param>
    /// <param name="decides">All that decides the model: version of the system's model, options, digests of data.</param>
    /// <exception cref="UserException">The directory is in use, is not ours, or belongs to another training.</exception>
    public static TrainingRun Open(Job job, string directory, string system, JsonObject decides)
        => Open(job, directory, system, decides, CheckpointInterval);

    /// <summary>The same with another time between checkpoints.</summary>
    internal static TrainingRun Open(Job job, string directory, string system, JsonObject decides, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(job);
        var run = new RunDirectory(Path.GetFullPath(directory));
        var training = new TrainingRun(job, run, DirectoryLock.Take(job, run.Root, "train"), decides, interval);
        try
        {
            RunAttempt.Begin(job, run);
            job.World.OnRankZero(() =>
            {
                training._record = TrainingRecord.Open(run, system, decides);
                WholeFile.Sweep(run.Root);
                WholeFile.Sweep(training.States);
            });
        }
        catch
        {
            training.Dispose();
            throw;
        }

        return training;
    }

    /// <summary>
    /// Trains the members of a committee by <see cref="Trainer{T}"/>, see
    /// <see cref="Train{T}(Func{int, ICommunicator, IEpochTraining{T}}, int, int)"/>.
    /// </summary>
    /// <param name="create">Makes an instance of the task, all alike.</param>
    /// <param name="training">Numbers of the training samples.</param>
    /// <param name="validation">Numbers of the validation samples; none: the last epoch counts.</param>
    /// <param name="options">How to train; each seed is that of the options plus the number of the member.</param>
    /// <param name="members">Number of members, one at least.</param>
    public IReadOnlyList<T[]> Train<T>(
        Func<ITrainingTask<T>> create, ReadOnlyMemory<int> training, ReadOnlyMemory<int> validation, TrainingOptions options,
        int members = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        return Train<T>((member, world) => new Trainer<T>(create, training, validation, options with { Seed = options.Seed + member },
            world), options.Epochs, members);
    }

    /// <summary>Trains the members of a committee, networks that differ in the seed: teams of ranks train members side by side.</summary>
    /// <param name="create">Prepares the training of a member over the ranks of a team.</param>
    /// <param name="epochs">Number of epochs, at most.</param>
    /// <param name="members">Number of members, one at least.</param>
    /// <returns>The parameters of each member, on all ranks.</returns>
    /// <exception cref="UserException">The job was stopped, or a training diverged.</exception>
    public IReadOnlyList<T[]> Train<T>(Func<int, ICommunicator, IEpochTraining<T>> create, int epochs, int members)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Train(create, epochs, [.. Enumerable.Range(1, members).Select(member
            => members == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"member {member} of {members}"))]);

    /// <summary>
    /// Trains networks that do not wait for one another: teams of ranks train them side by side. Called again, it goes on with other ones.
    /// </summary>
    /// <param name="create">Prepares the training of a network over the ranks of a team.</param>
    /// <param name="epochs">Number of epochs, at most.</param>
    /// <param name="names">What each network is, for people; empty where there is but one.</param>
    /// <param name="first">Number of the first of them in the run directory: that of all networks of the calls before.</param>
    /// <returns>The parameters of each network, on all ranks.</returns>
    /// <exception cref="UserException">The job was stopped, or a training diverged.</exception>
    public IReadOnlyList<T[]> Train<T>(Func<int, ICommunicator, IEpochTraining<T>> create, int epochs, IReadOnlyList<string> names,
        int first = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(names);
        int members = names.Count;
        using var team = new Team(_job, members);
        var parameters = new T[members][];
        var histories = new byte[members][];
        _job.World.Together(() =>
        {
            foreach (int member in team.Pieces)
            {
                IEpochTraining<T> trainer = create(member, team.Job.World);
                histories[member] = JsonSerializer.SerializeToUtf8Bytes(TrainMember(
                    team.Job, trainer, first + member, names[member], epochs));
                parameters[member] = trainer.Parameters.Values.ToArray();
            }
        });

        // Member by member, from the first rank of the team that has trained it.
        var rows = new List<HistoryRow>();
        for (int member = 0; member < members; member++)
        {
            int root = member % team.Count;
            byte[] history = _job.World.BroadcastBytes(histories[member] ?? [], root);
            rows.AddRange(JsonSerializer.Deserialize<EpochRow[]>(history)!.Select(row => HistoryRow.Of(first + member, row)));
            int length = _job.World.Rank == root ? parameters[member].Length : 0;
            _job.World.Broadcast(new Span<int>(ref length), root);
            parameters[member] ??= new T[length];
            _job.World.Broadcast(parameters[member].AsSpan(), root);
        }

        _history = [.. _history, .. rows];
        return parameters;
    }

    /// <summary>
    /// Writes the model and the tables and the page about it, and removes the checkpoints; the arguments matter on rank 0 only.
    /// </summary>
    /// <param name="metadata">What the model says of itself.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="judgment">How good it is on validation samples, or others.</param>
    public void Finish(ModelMetadata metadata, IReadOnlyList<StoredTensor> tensors, ModelJudgment judgment) => _job.World.OnRankZero(() =>
    {
        string digest = new ModelFile(Model, metadata, tensors).Write();
        Csv.Write(Path.Combine(Directory.Root, "history.csv"), _history);
        judgment.Write(Directory.Root, metadata.System, digest, Report.LearningCurves.Of(_history));
        RemoveStates();
        WriteProgress("done", isDone: true);
        _job.Say($"train    {Model}, SHA-256 {digest}");
    });

    /// <summary>Gives the directory free.</summary>
    public void Dispose() => _lock.Dispose();

    private IReadOnlyList<EpochRow> TrainMember<T>(Job team, IEpochTraining<T> trainer, int member, string name, int epochs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string title = name.Length == 0 ? "" : name + ", ";
        var state = new SealedState(StateOf(member), $"{Format}\n{member}\n{_decides.ToJsonString()}");
        byte[] saved = team.World.OnRankZero(() => Read(state, member));
        var sinceCheckpoint = System.Diagnostics.Stopwatch.StartNew();
        var sinceProgress = System.Diagnostics.Stopwatch.StartNew();
        IReadOnlyList<EpochRow> history = trainer.Run(
            saved.Length > 0 ? saved : null,
            capture =>
            {
                // All agree at each step: 1 that it is time to save, 2 that the job is to stop.
                int wish = team.Signals?.Requested is not null ? 2 : team.IsRoot && sinceCheckpoint.Elapsed >= _interval ? 1 : 0;
                int agreed = team.World.Allreduce(wish, ReduceOperation.Max);
                if (agreed == 0)
                    return;
                byte[] captured = capture();
                team.World.OnRankZero(() => state.Write(captured));
                sinceCheckpoint.Restart();
                if (agreed == 2)
                    throw UserException.Stopped(team.Signals?.Requested ?? "a signal to another rank");
            },
            row =>
            {
                string progress = string.Create(CultureInfo.InvariantCulture, $"{title}epoch {row.Epoch} of {epochs}");
                _job.Say(string.Create(CultureInfo.InvariantCulture,
                    $"train    {progress}: loss {row.TrainingLoss:0.00000}{Validation(row)}"));
                if (_job.IsRoot && sinceProgress.Elapsed >= ProgressInterval)
                {
                    WriteProgress(progress, isDone: false);
                    sinceProgress.Restart();
                }
            });
        byte[] last = trainer.Capture();
        team.World.OnRankZero(() => state.Write(last));
        return history;
    }

    private static string Validation(EpochRow row) =>
        row.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture,
            $", validation {loss:0.00000}{(row.IsBest ? " *" : "")}") : "";

    private byte[] Read(SealedState state, int member)
    {
        byte[] saved = state.Read(out bool isDamaged);
        if (isDamaged)
            _job.Warn($"train    {StateOf(member)} is damaged: beginning anew");
        return saved;
    }

    private void WriteProgress(string progress, bool isDone)
        => (_record = _record! with { Progress = progress, IsDone = isDone }).Write(Directory);

    private string StateOf(int member) => Path.Combine(States, string.Create(CultureInfo.InvariantCulture, $"member-{member}.state"));

    private void RemoveStates()
    {
        if (System.IO.Directory.Exists(States))
            OwnedDirectory.Remove(States, name => name.StartsWith("member-", StringComparison.Ordinal)
                && name.EndsWith(".state", StringComparison.Ordinal));
    }
}
