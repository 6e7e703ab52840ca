using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>The neighbors of a structure as rows of <c>neighbors.csv</c>.</summary>
internal static class NeighborTable
{
    /// <summary>The rows of an outcome; none when it has no structure.</summary>
    public static IEnumerable<NeighborRow> Rows(StructureOutcome outcome) =>
        outcome.Structure is { } structure ? outcome.Shells.SelectMany(shell => Rows(outcome.StructureId, structure, shell)) : [];

    private static IEnumerable<NeighborRow> Rows(string structureId, CrystalStructure structure, CoordinationShell shell)
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
