using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;

namespace CrystalHpc.BondValence.Fit;

/// <summary>A team of ranks that holds all equations of a run between its members, for fits that do not wait for one another.</summary>
internal sealed class EquationTeam : IDisposable
{
    // Of equations.csv, for each member. Teams have so many members that none has more, where there are so many ranks.
    private const long MostBytesOfMember = 50_000_000;

    /// <summary>Divides the ranks into teams and reads the equations. A collective call.</summary>
    /// <param name="world">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="pieces">Pieces of work, one at least.</param>
    /// <param name="folds">Number of folds that the groups are dealt into.</param>
    /// <param name="seed">Chooses the folds.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public EquationTeam(Job world, RunDirectory run, FitOptions options, int pieces, int folds = 1, int seed = 0)
    {
        long bytes = BitConverter.ToInt64(world.World.OnRankZero(() => BitConverter.GetBytes(EquationBlocks.BytesIn(run))));
        long members = Math.Max(1, (bytes + MostBytesOfMember - 1) / MostBytesOfMember);
        Team = new Team(world, (int)Math.Clamp(world.World.Size / members, 1, pieces), pieces);
        PriorTable = Fit.PriorTable.Read(world, options)?.Table;
        Equations = LocalEquations.Read(Job, run, options, folds, seed);
    }

    /// <summary>The team.</summary>
    public Team Team { get; }

    /// <summary>Its members as a job.</summary>
    public Job Job => Team.Job;

    /// <summary>The equations of this member.</summary>
    public LocalEquations Equations { get; }

    /// <summary>Keys of all equations.</summary>
    public IReadOnlyList<BondKey> Keys => Equations.Keys;

    /// <summary>The table that is a second prior; null: there is none.</summary>
    public ParameterTable? PriorTable { get; }

    /// <summary>Frees the communicator.</summary>
    public void Dispose() => Team.Dispose();
}
