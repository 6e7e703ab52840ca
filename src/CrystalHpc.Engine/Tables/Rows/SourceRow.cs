using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>One archive or loose file of the corpus as it was when it was indexed: a row of <c>sources.csv</c>.</summary>
[CsvRecord]
public sealed partial record SourceRow(
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("bytes")] long Bytes,
    [property: CsvColumn("modified_utc")] string ModifiedUtc);
