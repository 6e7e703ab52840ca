namespace CrystalHpc.Core.OxidationStates;

/// <summary>Where the oxidation states of a structure come from.</summary>
public enum OxidationSource
{
    /// <summary>They are not known.</summary>
    None,

    /// <summary>The authors' <c>_atom_type_oxidation_number</c>.</summary>
    Label,

    /// <summary>Charges in the authors' type symbols, such as <c>Fe3+</c>.</summary>
    Type,

    /// <summary>
    /// The only neutral combination of common states, or one that is far more frequent than all others: composition alone.
    /// </summary>
    Assigned,

    /// <summary>The neutral combination that ionic radii single out: distances had a say.</summary>
    Radii,

    /// <summary>The user gives one or more of them; the others come from the file, or make the cell neutral beside them.</summary>
    Given,
}
