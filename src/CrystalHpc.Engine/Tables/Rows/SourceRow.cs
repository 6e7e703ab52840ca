using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>One archive or loose file of the corpus while it is being indexed: a row of <c>index/sources-000000.csv</c> and so on.</summary>
[CsvRecord]
public sealed partial record SourceRow([property: CsvColumn("path")] string Path);
