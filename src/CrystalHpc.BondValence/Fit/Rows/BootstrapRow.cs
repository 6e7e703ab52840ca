using CrystalHpc.BondValence.Equations;
using CsvHelper;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Scatter of the parameters of a pair over the replicates of the bootstrap: a row of <c>bootstrap.csv</c>.</summary>
[CsvRecord]
internal sealed partial record BootstrapRow(
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("n_groups")] int Groups,
    [property: CsvColumn("n_replicates")] int Replicates,
    [property: CsvColumn("r0_sd_A")] double? R0SdA,
    [property: CsvColumn("r0_low95_A")] double? R0Low95A,
    [property: CsvColumn("r0_high95_A")] double? R0High95A,
    [property: CsvColumn("b_sd_A")] double? BSdA,
    [property: CsvColumn("b_low95_A")] double? BLow95A,
    [property: CsvColumn("b_high95_A")] double? BHigh95A,
    [property: CsvColumn("correlation")] double? Correlation)
{
    /// <summary>The row of a pair; without figures when the spread is not known.</summary>
    public static BootstrapRow Of(BondKey key, int groups, int replicates, BootstrapSpread? spread) => new(
        key.Cation.Element.Symbol, key.Cation.Charge, key.Anion.Element.Symbol, key.Anion.Charge, groups, replicates,
        spread?.R0.StandardDeviation, spread?.R0.Low95, spread?.R0.High95,
        spread?.Softness.StandardDeviation, spread?.Softness.Low95, spread?.Softness.High95, spread?.Correlation);
}
