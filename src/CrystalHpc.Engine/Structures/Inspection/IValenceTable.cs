using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Engine.Structures;

/// <summary>
/// Valences of bonds by some table of bond-valence parameters. It stands here so that what shows or judges structures can ask for valences
/// without knowing bond valence.
/// </summary>
public interface IValenceTable
{
    /// <summary>
    /// What the table says of a bond between two sites; null when their charges are not opposite whole numbers, or the table lacks the
    /// pair.
    /// </summary>
    TabulatedBond? Find(AtomSite one, AtomSite other, double distanceAngstrom);
}

/// <summary>The valence of a bond with the parameters that it follows from.</summary>
/// <param name="ValenceVu">Valence, v.u.</param>
/// <param name="ValenceErrorVu">Its standard error by those of r0 and B and their correlation, v.u.; null where the table does not have
/// them.</param>
/// <param name="R0Angstrom">Length of a bond of one valence unit, Å.</param>
/// <param name="R0ErrorAngstrom">Its standard error, Å; null where the table has none.</param>
/// <param name="SoftnessAngstrom">Softness B, Å.</param>
/// <param name="SoftnessErrorAngstrom">Its standard error, Å; null where the table has none.</param>
/// <param name="Law">Name of the law that the parameters belong to.</param>
/// <param name="Source">Where they come from: the table's own words, and on how many groups of structures they rest where it says
/// so.</param>
public sealed record TabulatedBond(
    double ValenceVu, double? ValenceErrorVu, double R0Angstrom, double? R0ErrorAngstrom, double SoftnessAngstrom,
    double? SoftnessErrorAngstrom,
    string Law, string Source);
