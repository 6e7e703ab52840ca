using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// One rank's view of the running command: who takes part, how, and where messages to people go (stderr, from rank 0 alone).
/// </summary>
/// <param name="World">All ranks of the job.</param>
/// <param name="Options">How the job runs.</param>
/// <param name="Signals">Tells whether this process was asked to stop; null: nobody listens.</param>
public sealed record Job(ICommunicator World, JobOptions Options, StopSignals? Signals)
{
    private readonly List<Action<ExitCode>> _endings = [];
    private RankLog? _log;

    /// <summary>True on the rank that speaks to people and writes the shared tables.</summary>
    public bool IsRoot => World.Rank == 0;

    /// <summary>Sum of whole numbers over all ranks: the only reduction that results may depend on.</summary>
    public GlobalSum GlobalSum => values => World.AllreduceInPlace(values, ReduceOperation.Sum);

    /// <summary>Tells people something, once.</summary>
    public void Say(string message)
    {
        Log(message);
        if (IsRoot && !Options.IsQuiet)
            Terminal.Error.WriteLine(message);
    }

    /// <summary>Tells people something that they must know, once, also where they asked for quiet.</summary>
    public void Warn(string message)
    {
        Log(message);
        if (IsRoot)
            Terminal.Error.WriteLine(message);
    }

    /// <summary>Opens the log of this rank, if logs were asked for.</summary>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public void OpenLog()
    {
        if (Options.LogFolder is { } folder)
            _log = RankLog.Open(folder, World.Rank);
    }

    /// <summary>Writes a line to the log of this rank, if there is one.</summary>
    public void Log(string message)
    {
        if (_log?.TryWrite(message) is not { } failure)
            return;
        _log = null;
        Terminal.Error.WriteLine($"the log of rank {World.Rank} ends here: {failure}");
    }

    /// <summary>Has something done on this rank when its part of the job has ended in good order; not when the process is killed.</summary>
    public void AtEnd(Action<ExitCode> ending) => _endings.Add(ending);

    /// <summary>The part of this rank has ended.</summary>
    internal void End(ExitCode code)
    {
        foreach (Action<ExitCode> ending in _endings)
            ending(code);
    }

    /// <summary>
    /// The pieces of work of this rank where they are dealt in advance: every <see cref="ICommunicator.Size"/>-th, in ascending order.
    /// </summary>
    public IEnumerable<int> Mine(IReadOnlyList<int> pieces)
    {
        for (int i = World.Rank; i < pieces.Count; i += World.Size)
            yield return pieces[i];
    }

    /// <summary>
    /// The pieces of work of this rank where each rank has a stretch of neighbors: what ranks write one after the other is in the order of
    /// the pieces.
    /// </summary>
    public int[] Stretch(int pieces)
    {
        int first = (int)((long)pieces * World.Rank / World.Size), end = (int)((long)pieces * (World.Rank + 1) / World.Size);
        return [.. Enumerable.Range(first, end - first)];
    }

    /// <summary>
    /// Where a rank may stop: throws when this process was asked to. For use within <see cref="Collective.Together"/>, which stops the
    /// others too.
    /// </summary>
    /// <exception cref="UserException">A signal asked this process to stop.</exception>
    public void StopPoint()
    {
        if (Signals?.Requested is { } signal)
            throw UserException.Stopped(signal);
    }
}

/// <summary>How a job runs; nothing of it shows in any table.</summary>
/// <param name="IsQuiet">No progress and no notes, only errors and results.</param>
/// <param name="Dealing">How shards are dealt to ranks.</param>
/// <param name="LogFolder">Folder for a log of each rank; null: none are written.</param>
/// <param name="StageFolder">Folder on a disk of the node to which archives are copied before they are read; null: read in place.</param>
/// <param name="Verb">The verb of the command line.</param>
/// <param name="HasAccount">What is told goes to a log: it begins and ends with a <see cref="JobAccount"/>.</param>
public sealed record JobOptions(
    bool IsQuiet, Dealing Dealing, string? LogFolder = null, string? StageFolder = null, string Verb = "job", bool HasAccount = false);

/// <summary>How work is dealt to ranks.</summary>
public enum Dealing
{
    /// <summary>Each rank asks for its next piece when it has done one.</summary>
    Dynamic,

    /// <summary>Every N-th piece, fixed in advance.</summary>
    Static,
}
