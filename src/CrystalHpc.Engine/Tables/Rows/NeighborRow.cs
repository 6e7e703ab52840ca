using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>One neighbor of one atom: a row of <c>neighbors.csv</c>. Atoms without neighbors have one row with an empty neighbor.</summary>
[CsvRecord]
public sealed partial record NeighborRow(
    [property: CsvColumn("structure_id")] string StructureId,
    [property: CsvColumn("site_index")] int SiteIndex,
    [property: CsvColumn("site_label")] string SiteLabel,
    [property: CsvColumn("element")] string Element,
    [property: CsvColumn("oxidation")] double? Oxidation,
    [property: CsvColumn("x")] double X,
    [property: CsvColumn("y")] double Y,
    [property: CsvColumn("z")] double Z,
    [property: CsvColumn("neighbor_index")] int? NeighborIndex,
    [property: CsvColumn("neighbor_label")] string NeighborLabel,
    [property: CsvColumn("neighbor_element")] string NeighborElement,
    [property: CsvColumn("neighbor_oxidation")] double? NeighborOxidation,
    [property: CsvColumn("image_a")] int? ImageA,
    [property: CsvColumn("image_b")] int? ImageB,
    [property: CsvColumn("image_c")] int? ImageC,
    [property: CsvColumn("distance_A")] double? DistanceA,
    [property: CsvColumn("weight")] double? Weight);
