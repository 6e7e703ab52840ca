using CrystalHpc.BondValence.Synthesis;
using CsvHelper;

namespace CrystalHpc.BondValence.Commands;

/// <summary>
/// The truth about one pair of a synthetic corpus: a row of <c>planted.csv</c>, with the columns of <c>parameters.csv</c> as far as they
/// apply.
/// A pair of two populations has two rows.
/// </summary>
[CsvRecord]
internal sealed partial record PlantedRow(
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("r0_A")] double R0A,
    [property: CsvColumn("b_A")] double BA,
    [property: CsvColumn("n_sites")] long Sites,
    [property: CsvColumn("n_bonds")] long Bonds,
    [property: CsvColumn("n_structures")] long Structures,
    [property: CsvColumn("source")] string Source,
    [property: CsvColumn("flags")] string Flags)
{
    /// <summary>The rows of a pair.</summary>
    public static IEnumerable<PlantedRow> Of(PlantedPair pair, long sites, long bonds, long structures)
        => pair.R0Angstrom.Select(r0 => new PlantedRow(
        pair.Key.Cation.Element.Symbol, pair.Key.Cation.Charge, pair.Key.Anion.Element.Symbol, pair.Key.Anion.Charge,
        r0, pair.SoftnessAngstrom, sites, bonds, structures, "planted", pair.R0Angstrom.Count > 1 ? "two-populations" : ""));
}

/// <summary>Which file of a synthetic corpus got what dirt: a row of <c>dirt.csv</c>.</summary>
[CsvRecord]
internal sealed partial record DirtRow(
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("kind")] string Kind);

/// <summary>Parameters that a user gives: the columns of <c>parameters.csv</c> that a law needs; others are ignored.</summary>
[CsvRecord]
internal sealed partial record GivenParameterRow(
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("r0_A")] double R0A,
    [property: CsvColumn("b_A")] double BA);
