using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// The group of redeterminations that an accepted structure belongs to, and how many it has: a row of <c>merged/groups.csv</c>.
/// </summary>
[CsvRecord]
public sealed partial record GroupRow(
    [property: CsvColumn("group_id")] string GroupId,
    [property: CsvColumn("structures")] int Structures,
    [property: CsvColumn("joined_id")] string JoinedId);
