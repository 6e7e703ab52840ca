namespace CrystalHpc.Core.Cif;

/// <summary>What a data block or file describes.</summary>
public enum CifKind
{
    /// <summary>None of the kinds below: publication text, experimental data without sites, ...</summary>
    Other,

    /// <summary>A crystal structure: atom sites with fractional coordinates of one cell.</summary>
    Structure,

    /// <summary>
    /// A magnetic structure (magCIF): moments or a magnetic group, in which the symmetry of the atoms is not given apart.
    /// </summary>
    Magnetic,

    /// <summary>A modulated or composite structure (msCIF): the listed sites are an average that no atom needs to be at.</summary>
    Modulated,

    /// <summary>A macromolecule (mmCIF, PDBx): Cartesian coordinates or none.</summary>
    Macromolecule,

    /// <summary>A chemical component: ligand or restraint dictionary.</summary>
    Component,

    /// <summary>Structure factors or reflections without sites.</summary>
    Reflections,

    /// <summary>Powder diffraction data without sites.</summary>
    Powder,

    /// <summary>A dictionary of data names.</summary>
    Dictionary,

    /// <summary>A template: neither cell nor coordinates, or nothing at all, are filled in.</summary>
    Template,
}
