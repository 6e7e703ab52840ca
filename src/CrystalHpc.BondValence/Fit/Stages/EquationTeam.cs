using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;

namespace CrystalHpc.BondValence.Fit;

/// <summary>A team of ranks that holds all equations of a run between its members, for fits that do not wait for one another.</summary>
internal sealed class EquationTeam : IDisposable
{
    /// <summary>Divides the ranks into teams and reads the equations. A collective call.</summary>
    /// <param name="world">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="pieces">Pieces of work, one at least.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public EquationTeam(Job world, RunDirectory run, FitOptions options, int pieces)
    {
        Team = new Team(world, pieces);
        PriorTable = Fit.PriorTable.Read(world, options)?.Table;
        world.World.Together(() =>
        {
            var all = new EquationBlocks(run);
            Blocks = [.. Job.Mine([.. Enumerable.Range(0, all.Count)])
                .Select(block => all.Read(block).Where(equation => FitStage.IsUsed(options, equation)).ToArray())];
        });
        Keys = KeyUnion.OverRanks(Job, Blocks.SelectMany(block => EquationTable.KeysOf(block, options.Key)));
    }

    /// <summary>The team.</summary>
    public Team Team { get; }

    /// <summary>Its members as a job.</summary>
    public Job Job => Team.Job;

    /// <summary>The equations of this member.</summary>
    public IReadOnlyList<SiteEquation>[] Blocks { get; private set; } = [];

    /// <summary>Keys of all equations.</summary>
    public IReadOnlyList<BondKey> Keys { get; }

    /// <summary>The table that is a second prior; null: there is none.</summary>
    public ParameterTable? PriorTable { get; }

    /// <summary>Frees the communicator.</summary>
    public void Dispose() => Team.Dispose();
}
