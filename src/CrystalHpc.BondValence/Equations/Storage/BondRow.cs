using CsvHelper;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// One bond of one bond-valence equation: a row of <c>equations.csv</c>. The rows of one equation stand together and repeat its first
/// columns.
/// </summary>
[CsvRecord]
internal sealed partial record BondRow(
    [property: CsvColumn("structure_id")] string StructureId,
    [property: CsvColumn("site_index")] int SiteIndex,
    [property: CsvColumn("site_label")] string SiteLabel,
    [property: CsvColumn("center")] string Center,
    [property: CsvColumn("complete")] bool Complete,
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("multiplicity")] int Multiplicity,
    [property: CsvColumn("group_id")] string GroupId,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("distance_A")] double DistanceA);
