using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>One run that the merged tables were made of: a row of <c>merged/runs.csv</c>.</summary>
[CsvRecord]
public sealed partial record RunRow(
    [property: CsvColumn("run")] string Run,
    [property: CsvColumn("code_version")] string CodeVersion,
    [property: CsvColumn("extraction_digest")] string ExtractionDigest,
    [property: CsvColumn("manifest_sha256")] string ManifestSha256,
    [property: CsvColumn("files")] int Files,
    [property: CsvColumn("first_block")] int FirstBlock,
    [property: CsvColumn("blocks")] int Blocks,
    [property: CsvColumn("first_structure")] long FirstStructure,
    [property: CsvColumn("structures")] long Structures);
