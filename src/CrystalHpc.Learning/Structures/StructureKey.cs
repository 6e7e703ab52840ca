using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Learning.Structures;

/// <summary>The key by which structures are dealt to the parts of a split.</summary>
public static class StructureKey
{
    /// <summary>The reduced formula of the atoms in the cell, as pymatgen writes it.</summary>
    public static string Of(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        string text = string.Concat(structure.SiteOfAtom.ToArray().CountBy(site => structure.Sites[site].Element).OrderBy(pair => pair.Key)
            .Select(pair => FormattableString.Invariant($"{pair.Key.Symbol}{pair.Value}")));
        return Formula.TryParse(text, out Formula? formula, out _) ? formula.ReducedKey : text;
    }
}
