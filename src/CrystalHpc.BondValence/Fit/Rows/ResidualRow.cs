using CsvHelper;

namespace CrystalHpc.BondValence.Fit;

/// <summary>How well one equation is met by the fitted parameters: a row of <c>residuals.csv</c>.</summary>
[CsvRecord]
internal sealed partial record ResidualRow(
    [property: CsvColumn("structure_id")] string StructureId,
    [property: CsvColumn("site_index")] int SiteIndex,
    [property: CsvColumn("site_label")] string SiteLabel,
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("n_bonds")] int Bonds,
    [property: CsvColumn("valence_sum_vu")] double ValenceSumVu,
    [property: CsvColumn("deviation_vu")] double DeviationVu,
    [property: CsvColumn("weight")] double Weight,
    [property: CsvColumn("use")] string Use);
