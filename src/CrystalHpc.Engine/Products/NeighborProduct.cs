using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary><c>neighbors.csv</c>: every neighbor of every atom asked for. It stays in the shards: nothing reads all of it.</summary>
public sealed class NeighborProduct : TableProduct<NeighborRow>
{
    /// <inheritdoc/>
    public override string Format => "neighbors/2";

    /// <inheritdoc/>
    public override string Table => "neighbors.csv";

    /// <inheritdoc/>
    public override ShellCenters Centers => ShellCenters.Configured;

    /// <inheritdoc/>
    public override void Merge(ShardMerge merge)
    {
    }

    /// <inheritdoc/>
    protected override IEnumerable<NeighborRow> Rows(ManifestRow file, StructureOutcome outcome) =>
        outcome.Structure is { } structure ? outcome.Shells.SelectMany(shell => RowsOf(outcome.StructureId, structure, shell)) : [];

    private static IEnumerable<NeighborRow> RowsOf(string structureId, CrystalStructure structure, CoordinationShell shell)
    {
        AtomSite center = structure.SiteAt(shell.Center);
        Fractional position = structure.Positions[shell.Center];
        var alone = new NeighborRow(
            structureId, shell.Center, center.Label, center.Element.Symbol, center.Charge, position.X, position.Y, position.Z,
            null, "", "", null, null, null, null, null, null);
        if (shell.Bonds.Count == 0)
            yield return alone;
        foreach (CoordinationBond bond in shell.Bonds)
        {
            AtomSite neighbor = structure.SiteAt(bond.Atom);
            yield return alone with
            {
                NeighborIndex = bond.Atom,
                NeighborLabel = neighbor.Label,
                NeighborElement = neighbor.Element.Symbol,
                NeighborOxidation = neighbor.Charge,
                ImageA = bond.Image.A,
                ImageB = bond.Image.B,
                ImageC = bond.Image.C,
                DistanceA = bond.DistanceAngstrom,
                Weight = bond.Weight,
            };
        }
    }
}
