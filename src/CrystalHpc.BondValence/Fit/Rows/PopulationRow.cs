using CsvHelper;

namespace CrystalHpc.BondValence.Fit;

/// <summary>A pair whose structures fall into two populations with different r0: a row of <c>populations.csv</c>.</summary>
[CsvRecord]
internal sealed partial record PopulationRow(
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("n_groups")] int Groups,
    [property: CsvColumn("low_r0_A")] double LowR0A,
    [property: CsvColumn("low_share")] double LowShare,
    [property: CsvColumn("high_r0_A")] double HighR0A,
    [property: CsvColumn("high_share")] double HighShare,
    [property: CsvColumn("sigma_A")] double SigmaA,
    [property: CsvColumn("evidence")] double Evidence)
{
    /// <summary>The row of a pair.</summary>
    public static PopulationRow Of(TwoPopulationFit fit) => new(
        fit.Key.Cation.Element.Symbol, fit.Key.Cation.Charge, fit.Key.Anion.Element.Symbol, fit.Key.Anion.Charge,
        fit.Groups, fit.LowR0Angstrom, fit.LowShare, fit.HighR0Angstrom, 1 - fit.LowShare, fit.SigmaAngstrom, fit.Evidence);
}
