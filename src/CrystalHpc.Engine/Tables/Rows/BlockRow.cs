using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// Where the rows of one shard lie in <c>merged/equations.csv</c>: a row of <c>merged/blocks.csv</c>, so that each rank reads its own part.
/// </summary>
[CsvRecord]
public sealed partial record BlockRow(
    [property: CsvColumn("block")] int Block,
    [property: CsvColumn("first_byte")] long FirstByte,
    [property: CsvColumn("bytes")] long Bytes,
    [property: CsvColumn("sha256")] string Sha256);
