using CsvHelper;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>A site that the filtered figures leave out: a row of <c>excluded.csv</c>.</summary>
[CsvRecord]
internal sealed partial record ExcludedRow(
    [property: CsvColumn("structure_id")] string StructureId,
    [property: CsvColumn("cod_id")] string CodId,
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("site_index")] int SiteIndex,
    [property: CsvColumn("site_label")] string SiteLabel,
    [property: CsvColumn("ion")] string Ion,
    [property: CsvColumn("charge")] int Charge,
    [property: CsvColumn("reason")] string Reason,
    [property: CsvColumn("smallest_misfit_A")] double? SmallestMisfitA);
