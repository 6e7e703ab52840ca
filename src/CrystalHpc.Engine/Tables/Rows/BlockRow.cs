using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Where the rows of one shard lie in a merged table: a row of <c>merged/blocks.csv</c> for <c>equations.csv</c>, of
/// <c>merged/structure_blocks.csv</c> for
/// <c>structures.csv</c>, so that each rank reads its own part.
/// </summary>
[CsvRecord]
public sealed partial record BlockRow(
    [property: CsvColumn("block")] int Block,
    [property: CsvColumn("first_byte")] long FirstByte,
    [property: CsvColumn("bytes")] long Bytes,
    [property: CsvColumn("sha256")] string Sha256);
