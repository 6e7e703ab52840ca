using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>How many accepted structures share a group of redeterminations: a row of <c>merged/groups.csv</c>.</summary>
[CsvRecord]
public sealed partial record GroupRow(
    [property: CsvColumn("group_id")] string GroupId,
    [property: CsvColumn("structures")] int Structures,
    [property: CsvColumn("joined_id")] string JoinedId);
