using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Structures;

/// <summary>
/// The table of the groups of redeterminations of a merged run, whole. What grows with the corpus asks a <see cref="GroupDirectory"/>
/// instead.
/// </summary>
public static class StructureGroups
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "groups.csv";

    /// <summary>The rows of <c>merged/groups.csv</c>.</summary>
    /// <exception cref="UserException">The table is missing or damaged.</exception>
    public static GroupRow[] Read(RunDirectory run)
    {
        string path = PathIn(run);
        GroupRow[] rows = [.. Csv.Read<GroupRow>(path)];
        bool isSound = rows.DistinctBy(row => row.GroupId).Count() == rows.Length
            && Array.TrueForAll(rows, row => row.Structures > 0 && row.GroupId.Length > 0 && row.JoinedId.Length > 0);
        return isSound ? rows : throw Damaged(run, "a group stands there twice, or without structures");
    }

    /// <summary>What to throw when the table does not fit the others of its run.</summary>
    public static UserException Damaged(RunDirectory run, string problem) =>
        UserException.Unusable($"{PathIn(run)} is damaged: {problem}; 'crystalhpc merge' writes it anew");

    private static string PathIn(RunDirectory run) => Path.Combine(run.Merged, FileName);
}
