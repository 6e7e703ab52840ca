using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// <c>equations.csv</c>: the bond-valence equations of accepted structures, a row for each bond; merged with <c>blocks.csv</c>, which says
/// where the rows of each shard lie.
/// </summary>
internal sealed class EquationProduct : TableProduct<BondRow>
{
    /// <inheritdoc/>
    public override string Format => "equations/2";

    /// <inheritdoc/>
    public override string Table => EquationBlocks.TableName;

    /// <inheritdoc/>
    public override IReadOnlyList<Section> Sections => [BondValenceSections.Equations];

    /// <inheritdoc/>
    public override ShellCenters Centers => ShellCenters.CationSites;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Counted => ["equations", "bonds"];

    /// <inheritdoc/>
    public override StructureOutcome Derive(StructureOutcome outcome)
    {
        var findings = new List<Finding>();
        IReadOnlyList<SiteEquation> cations = EquationBuilder.Build(
            outcome.Structure!, outcome.Shells, outcome.StructureId, outcome.GroupId, findings);
        IReadOnlyList<SiteEquation> anions = AnionEquationBuilder.Build(outcome.Structure!, outcome.Shells, cations, findings);
        return outcome.With(new StructureEquations(cations, anions), findings);
    }

    /// <inheritdoc/>
    public override void Merge(ShardMerge merge)
    {
        IReadOnlyList<BlockRow>? blocks = merge.Join(Table);
        merge.Job.World.OnRankZero(() => merge.Write(EquationBlocks.BlockTableName, stream => Csv.Write(stream, blocks!)));
    }

    /// <inheritdoc/>
    protected override IEnumerable<BondRow> Rows(ManifestRow file, StructureOutcome outcome) =>
        outcome.Part<StructureEquations>() is { } equations ? equations.All.SelectMany(EquationFile.Rows) : [];

    /// <inheritdoc/>
    protected override void Count(StructureOutcome outcome, long[] counts)
    {
        if (outcome.Part<StructureEquations>() is not { } equations)
            return;
        counts[0] += equations.Cations.Count;
        counts[1] += equations.Cations.Sum(equation => equation.Bonds.Count);
    }
}

/// <summary>The bond-valence equations of one structure.</summary>
/// <param name="Cations">Those of the cation sites.</param>
/// <param name="Anions">Those of the anion sites, over the same bonds seen from their other ends.</param>
internal sealed record StructureEquations(IReadOnlyList<SiteEquation> Cations, IReadOnlyList<SiteEquation> Anions)
{
    /// <summary>Cations, then anions: the order of the table.</summary>
    public IEnumerable<SiteEquation> All => Cations.Concat(Anions);

    /// <inheritdoc/>
    public override string ToString() => $"{Cations.Count} equations";
}
