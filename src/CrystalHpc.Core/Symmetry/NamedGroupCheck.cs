using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Symmetry;

/// <summary>Whether atoms have the space group that their file names, where its operations are those of another.</summary>
public static class NamedGroupCheck
{
    private static readonly SymmetryTolerance Near = new(0.1);

    /// <summary>A finding when the atoms have less symmetry than the group named, and are not near it; null otherwise.</summary>
    /// <param name="finder">The finder to use.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="found">Its symmetry.</param>
    public static Finding? Check(SymmetryFinder finder, CrystalStructure structure, CrystalSymmetry found)
    {
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(found);
        StructureMetadata metadata = structure.Metadata;
        IReadOnlyList<SpaceGroup> settings = HermannMauguinSymbol.Find(metadata.SpaceGroup);
        int? named = settings.Count > 0 ? settings[0].Number : metadata.SpaceGroupNumber;
        // Atoms made by the operations of the group have it.
        if (named is not (>= 1 and <= 230) || SpaceGroup.Identify(structure.Operations)?.Number == named)
            return null;
        int order = ReferenceSetting.Of(named.Value).Rotations.Length;
        if (found.Order >= order || finder.Find(structure, Near) is not { } near || near.Order >= order)
            return null;
        return new Finding(CrystalFindings.SymmetryNotOfAtoms,
            $"the atoms have {found.Group.ShortSymbol} ({found.Number}), the file names "
            + $"{ReferenceSetting.Of(named.Value).Group.ShortSymbol} ({named})");
    }
}
