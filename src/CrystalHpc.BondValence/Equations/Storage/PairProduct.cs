using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// <c>pairs.csv</c> for people and <c>pair_bins.csv</c> for merging: bond lengths of the equations by species, or, in runs without
/// equations, distances of all listed neighbors by element.
/// </summary>
/// <param name="options">How distances are counted.</param>
/// <param name="bySpecies">Whether the run makes equations.</param>
internal sealed class PairProduct(PairDistanceOptions options, bool bySpecies) : IShardProduct
{
    /// <summary>The statistics of each pair.</summary>
    public const string TableName = "pairs.csv";

    /// <summary>Their histograms.</summary>
    public const string BinTableName = "pair_bins.csv";

    /// <inheritdoc/>
    public string Format => "pairs/2";

    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections => [BondValenceSections.PairDistances, BondValenceSections.Equations];

    /// <inheritdoc/>
    public ShellCenters Centers => bySpecies ? ShellCenters.None : ShellCenters.Configured;

    /// <inheritdoc/>
    public IReadOnlyList<string> Counted => [];

    /// <inheritdoc/>
    public StructureOutcome Derive(StructureOutcome outcome) => outcome;

    /// <inheritdoc/>
    public IShardWriter Start(ITableFolder folder) => new Writer(this, folder);

    /// <inheritdoc/>
    public void Merge(ShardMerge merge)
    {
        PairDistanceStatistics? total = PairReduction.Sum(merge.Job, merge.Runs, options);
        merge.Job.World.OnRankZero(() => Write(merge.Write, total!));
    }

    private PairDistanceStatistics NewStatistics() => new(options);

    private void Count(PairDistanceStatistics statistics, StructureOutcome outcome)
    {
        if (bySpecies)
        {
            foreach (SiteEquation equation in outcome.Part<StructureEquations>()?.Cations ?? [])
            {
                foreach (EquationBond bond in equation.Bonds)
                    statistics.Add(new SpeciesPair(equation.Center, bond.Neighbor), bond.DistanceAngstrom);
            }

            return;
        }

        foreach (CoordinationShell shell in outcome.Shells)
        {
            foreach (CoordinationBond bond in shell.Bonds)
            {
                var pair = SpeciesPair.OfElements(outcome.Structure!.SiteAt(shell.Center).Element,
                    outcome.Structure.SiteAt(bond.Atom).Element);
                statistics.Add(pair, bond.DistanceAngstrom);
            }
        }
    }

    private void Write(Action<string, Action<Stream>> file, PairDistanceStatistics statistics)
    {
        file(TableName, stream =>
        {
            if (bySpecies)
                Csv.Write(stream, statistics.Summaries.Select(SpeciesPairRow.Of));
            else
                Csv.Write(stream, statistics.Summaries.Select(ElementPairRow.Of));
        });
        file(BinTableName, stream => Csv.Write(stream, statistics.Rows.Select(PairBinRow.Of)));
    }

    private sealed class Writer(PairProduct product, ITableFolder folder) : IShardWriter
    {
        private readonly PairDistanceStatistics _statistics = product.NewStatistics();

        public IReadOnlyList<long> Counts => [];

        public void Append(ManifestRow file, StructureOutcome outcome) => product.Count(_statistics, outcome);

        public void Complete() => product.Write(folder.Write, _statistics);

        public void Dispose()
        {
        }
    }
}
