using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.Validation;

/// <summary>
/// Which structures are accepted. Rules that compare with a measured value accept structures for which the file gives none.
/// </summary>
/// <param name="RequireOxygenOrHalogen">Accept only structures with O, F, Cl, Br or I beside a cation (first filter of the study).</param>
/// <param name="RequireOxidationStates">Accept only structures whose oxidation states are known (second filter of the study).</param>
/// <param name="RequireOrder">Reject partial occupancies, disorder groups, and sites that share a position.</param>
/// <param name="RequireCompleteness">Reject atom lists that lack atoms of the sum formula, or have others.</param>
/// <param name="AllowMissingHydrogen">Whether a complete structure may lack its hydrogen atoms.</param>
/// <param name="RequireFormula">Reject files without a readable sum formula.</param>
/// <param name="RejectTheoretical">Reject entries marked as computed.</param>
/// <param name="RejectDatabaseErrors">Reject entries that the database marks as erroneous or retracted.</param>
/// <param name="RejectDatabaseWarnings">Reject entries that the database marks with warnings.</param>
/// <param name="RejectDuplicates">Reject entries that the database marks as duplicates of another.</param>
/// <param name="RejectSuboptimal">Reject entries for which the database names a better one.</param>
/// <param name="RejectOnHold">Reject entries that are not published yet.</param>
/// <param name="ShortestDistanceFraction">Reject structures with two atoms closer than this fraction of their covalent radii's sum; 0 turns
/// the rule off. The shortest true bonds, those of uranyl, lie at 0.67.</param>
/// <param name="MaximumShorteningAngstrom">Reject structures with a cation whose bonds to O and F are, all together, shorter by more than
/// this, Å, than its ionic radius and state allow (half as much again for charges of 1 and 2); 0 turns the rule off. It holds for states
/// that the file gives as
/// for assigned ones.</param>
/// <param name="RequireBonds">Reject structures with a cation that has no anion within 4.5 Å.</param>
/// <param name="MaximumEmptyLayerAngstrom">Reject cells with a layer without atoms that is wider than this, Å: slabs in vacuum; 0 turns the
/// rule off.</param>
/// <param name="RejectUnreadableValues">Reject structures with a value (temperature, pressure, residual factor, density, Z, sum formula,
/// year, number of the space group) that is there but cannot be read.</param>
/// <param name="OldestYear">Reject structures published before this year; 0 accepts any.</param>
/// <param name="MinimumTemperatureKelvin">Lowest temperature of the measurement, K.</param>
/// <param name="MaximumTemperatureKelvin">Highest temperature of the measurement, K.</param>
/// <param name="MaximumPressureKilopascal">Highest pressure of the measurement, kPa.</param>
/// <param name="MaximumRFactor">Largest residual factor, as a fraction.</param>
/// <param name="MaximumSites">Largest number of symmetry-distinct sites.</param>
/// <param name="MaximumAtoms">Largest number of atoms in the cell.</param>
public sealed record ValidationOptions(
    bool RequireOxygenOrHalogen,
    bool RequireOxidationStates,
    bool RequireOrder,
    bool RequireCompleteness,
    bool AllowMissingHydrogen,
    bool RequireFormula,
    bool RejectTheoretical,
    bool RejectDatabaseErrors,
    bool RejectDatabaseWarnings,
    bool RejectDuplicates,
    bool RejectSuboptimal,
    bool RejectOnHold,
    [property: Range(0.0, 1.0)] double ShortestDistanceFraction,
    [property: Range(0.0, 10.0)] double MaximumShorteningAngstrom,
    bool RequireBonds,
    [property: Range(0.0, 1000.0)] double MaximumEmptyLayerAngstrom,
    bool RejectUnreadableValues,
    [property: Range(0, 3000)] int OldestYear,
    [property: Range(0.0, 1e5)] double MinimumTemperatureKelvin,
    [property: Range(0.0, 1e5)] double MaximumTemperatureKelvin,
    [property: Range(0.0, 1e12)] double MaximumPressureKilopascal,
    [property: Range(0.0, 1.0)] double MaximumRFactor,
    [property: Range(1, 1_000_000)] int MaximumSites,
    [property: Range(1, 10_000_000)] int MaximumAtoms)
{
    /// <summary>
    /// Ordered experimental structures near room conditions, complete but for hydrogen, with known states: 100 to 400 K, up to 1 GPa,
    /// R up to 0.10, published from 1950 on, no database errors or duplicates, 1,000 sites, 20,000 atoms.
    /// </summary>
    public static ValidationOptions Default { get; } = new(
        RequireOxygenOrHalogen: true,
        RequireOxidationStates: true,
        RequireOrder: true,
        RequireCompleteness: true,
        AllowMissingHydrogen: true,
        RequireFormula: false,
        RejectTheoretical: true,
        RejectDatabaseErrors: true,
        RejectDatabaseWarnings: false,
        RejectDuplicates: true,
        RejectSuboptimal: true,
        RejectOnHold: true,
        ShortestDistanceFraction: 0.6,
        MaximumShorteningAngstrom: 0.2,
        RequireBonds: true,
        MaximumEmptyLayerAngstrom: 8,
        RejectUnreadableValues: true,
        OldestYear: 1950,
        MinimumTemperatureKelvin: 100,
        MaximumTemperatureKelvin: 400,
        MaximumPressureKilopascal: 1e6,
        MaximumRFactor: 0.10,
        MaximumSites: 1000,
        MaximumAtoms: 20_000);
}
