using System.Globalization;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Pipeline;

/// <summary>Names the group of redeterminations that a structure belongs to, from what the structure itself says.</summary>
internal static class RedeterminationGroup
{
    /// <summary>
    /// Reduced formula, space group, atoms in the cell, and volume bucket. Two determinations on either side of a bucket's edge count as two structures.
    /// </summary>
    public static string IdOf(CrystalStructure structure, double volumePercent)
    {
        string formula = ChemicalFormula.OfCell(structure).Reduced().ToString().Replace(" ", "", StringComparison.Ordinal);
        string spaceGroup = structure.Metadata.SpaceGroup.Replace(" ", "", StringComparison.Ordinal);
        double bucket = Math.Round(Math.Log(structure.Cell.Volume / structure.AtomCount) / Math.Log(1 + volumePercent / 100));
        return string.Create(CultureInfo.InvariantCulture, $"{formula}|{spaceGroup}|{structure.AtomCount}|{bucket}");
    }
}
