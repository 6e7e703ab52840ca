using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>One finding: a row of <c>findings.csv</c>. Line and column count from 1; 0 when the finding has no place.</summary>
[CsvRecord]
public sealed partial record FindingRow(
    [property: CsvColumn("structure_id")] string StructureId,
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("line")] int Line,
    [property: CsvColumn("column")] int Column,
    [property: CsvColumn("severity")] string Severity,
    [property: CsvColumn("code")] string Code,
    [property: CsvColumn("message")] string Message);
