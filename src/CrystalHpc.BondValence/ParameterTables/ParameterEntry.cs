using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>One pair of parameters of a table.</summary>
/// <param name="Cation">The first element.</param>
/// <param name="CationCharge">Its oxidation state; null when the table leaves it open.</param>
/// <param name="Anion">The second element.</param>
/// <param name="AnionCharge">Its oxidation state; null when the table leaves it open.</param>
/// <param name="R0Angstrom">Length of a bond of one valence unit, Å.</param>
/// <param name="SoftnessAngstrom">Softness B, Å.</param>
/// <param name="IsDoubtful">The table itself warns of the pair (at a bound of its fit, or not fitted to data), or its B is no usual one.</param>
public sealed record ParameterEntry(
    Element Cation, int? CationCharge, Element Anion, int? AnionCharge, double R0Angstrom, double SoftnessAngstrom, bool IsDoubtful = false);
