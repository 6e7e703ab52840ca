using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>The verdict on one structure, or on a file that yields none: a row of <c>structures.csv</c>.</summary>
[CsvRecord]
public sealed partial record StructureRow(
    [property: CsvColumn("structure_id")] string StructureId,
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("cod_id")] string CodId,
    [property: CsvColumn("formula")] string Formula,
    [property: CsvColumn("space_group")] string SpaceGroup,
    [property: CsvColumn("found_space_group")] string FoundSpaceGroup,
    [property: CsvColumn("found_space_group_number")] int? FoundSpaceGroupNumber,
    [property: CsvColumn("conventional_a_A")] double? ConventionalA,
    [property: CsvColumn("conventional_b_A")] double? ConventionalB,
    [property: CsvColumn("conventional_c_A")] double? ConventionalC,
    [property: CsvColumn("conventional_alpha_deg")] double? ConventionalAlpha,
    [property: CsvColumn("conventional_beta_deg")] double? ConventionalBeta,
    [property: CsvColumn("conventional_gamma_deg")] double? ConventionalGamma,
    [property: CsvColumn("volume_A3")] double? VolumeA3,
    [property: CsvColumn("sites_asymmetric")] int? SitesAsymmetric,
    [property: CsvColumn("sites_cell")] int? SitesCell,
    [property: CsvColumn("oxidation_source")] string OxidationSource,
    [property: CsvColumn("oxidation_confidence")] double? OxidationConfidence,
    [property: CsvColumn("temperature_K")] double? TemperatureK,
    [property: CsvColumn("pressure_kPa")] double? PressureKPa,
    [property: CsvColumn("group_id")] string GroupId,
    [property: CsvColumn("verdict")] string Verdict,
    [property: CsvColumn("reason_codes")] string ReasonCodes);
