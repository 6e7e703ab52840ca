using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>One pair of parameters of a table.</summary>
/// <param name="Cation">The first element.</param>
/// <param name="CationCharge">Its oxidation state; null when the table leaves it open.</param>
/// <param name="Anion">The second element.</param>
/// <param name="AnionCharge">Its oxidation state; null when the table leaves it open.</param>
/// <param name="R0Angstrom">Length of a bond of one valence unit, Å.</param>
/// <param name="SoftnessAngstrom">Softness B, Å.</param>
/// <param name="Law">The law that they belong to.</param>
/// <param name="IsDoubtful">The table itself warns of the pair (at a bound of its fit, or not fitted to data), or its B is no usual
/// one.</param>
public sealed record ParameterEntry(
    Element Cation, int? CationCharge, Element Anion, int? AnionCharge, double R0Angstrom, double SoftnessAngstrom, BondLaw Law,
    bool IsDoubtful = false)
{
    /// <summary>Standard error of r0, Å; null where the table has none.</summary>
    public double? R0ErrorAngstrom { get; init; }

    /// <summary>Standard error of B, Å; null where the table has none.</summary>
    public double? SoftnessErrorAngstrom { get; init; }

    /// <summary>Correlation of the two errors; null where the table has none.</summary>
    public double? Correlation { get; init; }

    /// <summary>Groups of structures that it rests on; null where the table does not say.</summary>
    public int? Groups { get; init; }

    /// <summary>Where it comes from, as the table says; empty where it does not.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Valence of a bond of this length, v.u.</summary>
    public double Valence(double distanceAngstrom) => BondLaws.Of(Law).Valence(distanceAngstrom, R0Angstrom, SoftnessAngstrom);

    /// <summary>
    /// Standard error of the valence of a bond of this length, v.u.; null where the table lacks an error or their correlation.
    /// </summary>
    public double? ValenceError(double distanceAngstrom) =>
        R0ErrorAngstrom is { } r0Error && SoftnessErrorAngstrom is { } softnessError && Correlation is { } correlation
            ? Valence(distanceAngstrom) * new ValenceCurve(Law, R0Angstrom, r0Error, SoftnessAngstrom, softnessError, correlation)
                .LogValenceError(distanceAngstrom)
            : null;

    /// <summary>Length of a bond of this valence, Å.</summary>
    public double Length(double valence) => BondLaws.Of(Law).Length(valence, R0Angstrom, SoftnessAngstrom);
}
