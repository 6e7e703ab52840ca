using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Ranks divided into teams for fits that do not wait for one another: each team holds all equations of a run and does every so many-th of the pieces of
/// work. A fit has the same bits on any team, and so the outcome on any number of ranks.
/// </summary>
internal sealed class EquationTeam : IDisposable
{
    private readonly Job _world;
    private readonly int _team;
    private readonly int _pieces;

    /// <summary>Divides the ranks into as many teams as there are pieces of work, or fewer, and reads the equations. All ranks call.</summary>
    /// <param name="world">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="pieces">Pieces of work, one at least.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public EquationTeam(Job world, RunDirectory run, FitOptions options, int pieces)
    {
        (_world, _pieces) = (world, pieces);
        Teams = Math.Min(pieces, world.World.Size);
        _team = world.World.Rank % Teams;
        Job = new Job(world.World.Split(_team, world.World.Rank)!, new JobOptions(IsQuiet: true, world.Options.Dealing), world.Signals);
        world.World.Together(() =>
        {
            var all = new EquationBlocks(run);
            Blocks = [.. Job.Mine([.. Enumerable.Range(0, all.Count)])
                .Select(block => all.Read(block).Where(equation => FitStage.IsUsed(options, equation)).ToArray())];
        });
        Keys = KeyUnion.OverRanks(Job, Blocks.SelectMany(block => EquationTable.KeysOf(block, options.Key)));
    }

    /// <summary>The team of this rank; says nothing.</summary>
    public Job Job { get; }

    /// <summary>Number of teams.</summary>
    public int Teams { get; }

    /// <summary>The equations of this member.</summary>
    public IReadOnlyList<SiteEquation>[] Blocks { get; private set; } = [];

    /// <summary>Keys of all equations.</summary>
    public IReadOnlyList<BondKey> Keys { get; }

    /// <summary>Does the pieces of work that fall to the team; between them all ranks stop when one was asked to.</summary>
    /// <exception cref="UserException">The job was stopped.</exception>
    public void ForEachPiece(Action<int> work)
    {
        for (int first = 0; first < _pieces; first += Teams)
        {
            _world.World.Together(_world.StopPoint);
            if (first + _team < _pieces)
                work(first + _team);
        }
    }

    /// <summary>Frees the communicator.</summary>
    public void Dispose() => Job.World.Dispose();
}
