using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Ranks divided into teams for pieces of work that do not wait for one another: each team does every so many-th of them, its members work
/// on each together. What a piece yields has the same bits on any team, and so the outcome on any number of ranks.
/// </summary>
public sealed class Team : IDisposable
{
    private readonly Job _world;
    private readonly int _pieces;
    private readonly int _number;

    /// <summary>Divides the ranks into as many teams as there are pieces of work, or fewer. A collective call.</summary>
    /// <param name="world">The job.</param>
    /// <param name="pieces">Pieces of work, one at least.</param>
    public Team(Job world, int pieces)
        : this(world, Math.Min(pieces, world.World.Size), pieces)
    {
    }

    /// <summary>Divides the ranks into a number of teams. A collective call.</summary>
    /// <param name="world">The job.</param>
    /// <param name="count">Number of teams, not more than there are ranks.</param>
    /// <param name="pieces">Pieces of work, one at least.</param>
    public Team(Job world, int count, int pieces)
    {
        (_world, _pieces, Count) = (world, pieces, count);
        _number = world.World.Rank % Count;
        Job = new Job(world.World.Split(_number, world.World.Rank)!, new JobOptions(IsQuiet: true, world.Options.Dealing), world.Signals);
    }

    /// <summary>The members of this rank's team as a job of their own, which says nothing.</summary>
    public Job Job { get; }

    /// <summary>Number of teams.</summary>
    public int Count { get; }

    /// <summary>The pieces of work that fall to the team.</summary>
    public IEnumerable<int> Pieces
    {
        get
        {
            for (int piece = _number; piece < _pieces; piece += Count)
                yield return piece;
        }
    }

    /// <summary>
    /// Does the pieces of work that fall to the team; between them all ranks stop when one was asked to. A collective call.
    /// </summary>
    /// <exception cref="UserException">The job was stopped.</exception>
    public void ForEachPiece(Action<int> work)
    {
        for (int first = 0; first < _pieces; first += Count)
        {
            _world.World.Together(_world.StopPoint);
            if (first + _number < _pieces)
                work(first + _number);
        }
    }

    /// <summary>Frees the communicator of the team.</summary>
    public void Dispose() => Job.World.Dispose();
}
