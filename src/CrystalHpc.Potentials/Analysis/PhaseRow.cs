using CsvHelper;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>A structure and its place on the hull: a row of <c>hull.csv</c>.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Formula">Its formula.</param>
/// <param name="Atoms">Number of atoms.</param>
/// <param name="Enthalpy">Enthalpy, eV an atom.</param>
/// <param name="Formation">Formation enthalpy, eV an atom; empty where an element has no structure of its own.</param>
/// <param name="AboveHull">Height above the hull, eV an atom.</param>
/// <param name="SpaceGroup">Symbol of the space group; empty for particles.</param>
/// <param name="SpaceGroupNumber">Its number.</param>
/// <param name="Type">Structure type; empty: none that is known.</param>
/// <param name="Distance">Rms distance of the atoms from their places in the type, A.</param>
/// <param name="Origin">How it was made.</param>
[CsvRecord]
internal sealed partial record PhaseRow(
    [property: CsvColumn("structure")] string Id,
    [property: CsvColumn("formula")] string Formula,
    [property: CsvColumn("atoms")] int Atoms,
    [property: CsvColumn("enthalpy_eV_per_atom")] double Enthalpy,
    [property: CsvColumn("formation_eV_per_atom")] double? Formation,
    [property: CsvColumn("above_hull_eV_per_atom")] double? AboveHull,
    [property: CsvColumn("space_group")] string SpaceGroup,
    [property: CsvColumn("space_group_number")] int? SpaceGroupNumber,
    [property: CsvColumn("type")] string Type,
    [property: CsvColumn("distance_A")] double? Distance,
    [property: CsvColumn("origin")] string Origin)
{
    /// <summary>The row of a structure.</summary>
    public static PhaseRow Of(Phase phase) => new(
        phase.Id, phase.Formula, phase.Frame.AtomCount, phase.EnthalpyAnAtom, phase.Formation, phase.AboveHull, phase.SpaceGroup,
        phase.SpaceGroupNumber, phase.Type,
        phase.DistanceAngstrom, phase.Origin);
}
