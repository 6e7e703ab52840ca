using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// The blocks of equations and structures of this rank, a stretch of neighbors, read one after the other each time, and the groups of their
/// structures.
/// </summary>
internal sealed class SiteBlocks
{
    private readonly Job _job;
    private readonly EquationBlocks _equations;
    private readonly StructureBlocks _structures;

    private SiteBlocks(Job job, EquationBlocks equations, StructureBlocks structures, GroupDirectory groups) =>
        (_job, _equations, _structures, Groups, Mine) = (job, equations, structures, groups, job.Stretch(equations.Count));

    /// <summary>Numbers of the blocks.</summary>
    public int[] Mine { get; }

    /// <summary>Groups of the structures in them.</summary>
    public GroupDirectory Groups { get; }

    /// <summary>Finds them. A collective call.</summary>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public static SiteBlocks Open(Job job, RunDirectory run, EvaluationOptions options)
    {
        (EquationBlocks? equations, StructureBlocks? structures) = (null, null);
        var groups = new HashSet<ulong>();
        job.World.Together(() =>
        {
            (equations, structures) = (new EquationBlocks(run), new StructureBlocks(run));
            if (structures.Count != equations.Count)
                throw UserException.Unusable(
                    $"{run.Merged}: blocks.csv and {StructureBlocks.FileName} do not belong together; run 'crystalhpc merge' again");
            foreach (int block in job.Stretch(equations.Count))
                groups.UnionWith(Accepted(structures, block).Select(row => TextHash.Of(row.GroupId)));
        });
        return new SiteBlocks(job, equations!, structures!,
            GroupDirectory.Open(job, run, groups, Math.Max(1, options.Folds), options.Seed));
    }

    /// <summary>Visits the equations of every block. A collective call.</summary>
    public void ForEach(Action<int, IReadOnlyList<SiteEquation>> visit) => _job.World.Together(() =>
    {
        foreach (int block in Mine)
        {
            _job.StopPoint();
            visit(block, _equations.Read(block));
        }
    });

    /// <summary>The equations of a block.</summary>
    public IReadOnlyList<SiteEquation> Equations(int block) => _equations.Read(block);

    /// <summary>The accepted structures of a block, by id.</summary>
    public Dictionary<string, StructureRow> Structures(int block)
    {
        var structures = new Dictionary<string, StructureRow>(StringComparer.Ordinal);
        foreach (StructureRow row in Accepted(_structures, block))
            structures.TryAdd(row.StructureId, row);
        return structures;
    }

    private static IEnumerable<StructureRow> Accepted(StructureBlocks structures, int block) =>
        structures.Read(block).Where(row => row.Verdict == StructureOutcome.Accepted);
}
