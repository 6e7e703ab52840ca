using CsvHelper;

namespace CrystalHpc.Storage.Tables;

/// <summary>One archive or loose file of the corpus while it is being indexed: a row of <c>index/sources.csv</c>.</summary>
[CsvRecord]
internal sealed partial record SourceRow([property: CsvColumn("chunk")] int Chunk, [property: CsvColumn("path")] string Path);
