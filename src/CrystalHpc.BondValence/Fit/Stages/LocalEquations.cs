using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The equations of a run that fall to this rank, as the arrays of the fit. Blocks are read one after the other; what is kept of a bond is
/// 20 bytes, of an equation some 50, and no names.
/// </summary>
internal sealed class LocalEquations
{
    private LocalEquations(int[] blocks, EquationTable[] tables, IReadOnlyList<BondKey> keys, GroupDirectory groups) =>
        (Blocks, Tables, Keys, Groups) = (blocks, tables, keys, groups);

    /// <summary>Numbers of the blocks of this rank, a stretch of neighbors.</summary>
    public int[] Blocks { get; }

    /// <summary>Their equations that enter the fit, weighed.</summary>
    public EquationTable[] Tables { get; }

    /// <summary>Keys of the equations of all ranks.</summary>
    public IReadOnlyList<BondKey> Keys { get; }

    /// <summary>The groups of their structures.</summary>
    public GroupDirectory Groups { get; }

    /// <summary>Reads them. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="folds">Number of folds that the groups are dealt into.</param>
    /// <param name="seed">Chooses the folds.</param>
    /// <exception cref="UserException">The job was stopped, or the run cannot be read.</exception>
    public static LocalEquations Read(Job job, RunDirectory run, FitOptions options, int folds = 1, int seed = 0)
    {
        int[] blocks = [];
        EquationTable[] tables = [];
        IReadOnlyList<BondKey>[] keysOf = [];
        job.World.Together(() =>
        {
            var all = new EquationBlocks(run);
            blocks = job.Stretch(all.Count);
            (tables, keysOf) = (new EquationTable[blocks.Length], new IReadOnlyList<BondKey>[blocks.Length]);
            for (int i = 0; i < blocks.Length; i++)
            {
                job.StopPoint();
                SiteEquation[] used = [.. all.Read(blocks[i]).Where(equation => IsUsed(options, equation))];
                keysOf[i] = EquationTable.KeysOf(used, options.Key);
                double[] weights = new double[used.Length];
                Array.Fill(weights, 1);
                tables[i] = EquationTable.Build(used, keysOf[i], weights, options.Key);
            }
        });

        IReadOnlyList<BondKey> keys = KeyUnion.OverRanks(job, keysOf.SelectMany(own => own));
        Dictionary<BondKey, int> indexOf = keys.Select((key, i) => (key, i)).ToDictionary(entry => entry.key, entry => entry.i);
        GroupDirectory groups = GroupDirectory.Open(job, run, tables.SelectMany(GroupsOf), folds, seed);
        for (int i = 0; i < tables.Length; i++)
        {
            EquationTable table = tables[i].WithKeys([.. keysOf[i].Select(key => indexOf[key])]);
            tables[i] = table.WithWeights(row => Weight(options, table, row, groups));
        }

        return new LocalEquations(blocks, tables, keys, groups);
    }

    /// <summary>
    /// True for equations that enter the fit: those of cations, and where the options say so the complete ones of anions.
    /// </summary>
    public static bool IsUsed(FitOptions options, SiteEquation equation) =>
        equation.IsCation || (options.AnionWeight > 0 && equation.IsComplete);

    // Redeterminations of the same structure share one vote, if the options say so.
    private static double Weight(FitOptions options, EquationTable table, int row, GroupDirectory groups) =>
        (table.IsCation[row] ? 1 : options.AnionWeight)
        / (options.RedeterminationsShareWeight ? groups.Find(table.Identities[row].Group)?.Structures ?? 1 : 1);

    private static IEnumerable<ulong> GroupsOf(EquationTable table) =>
        table.Identities.ToArray().Select(identity => identity.Group).Distinct();
}
