namespace CrystalHpc.Core.Cif;

/// <summary>What the data names of a block speak of; from these follows its kind.</summary>
[Flags]
internal enum CifTraits
{
    None = 0,
    Values = 1 << 0,
    Sites = 1 << 1,
    Placement = 1 << 2,
    Magnetic = 1 << 3,
    Modulated = 1 << 4,
    CartesianSites = 1 << 5,
    Macromolecule = 1 << 6,
    Component = 1 << 7,
    Reflections = 1 << 8,
    Powder = 1 << 9,
    Dictionary = 1 << 10,
    Unfilled = 1 << 11,
}
