using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Structures;

/// <summary>The groups of redeterminations of a merged run and the folds that they are dealt into.</summary>
public sealed class StructureGroups
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "groups.csv";

    private readonly Dictionary<string, string> _joined;
    private readonly Dictionary<string, int> _folds;

    /// <summary>Reads <c>merged/groups.csv</c>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folds">Number of folds, at least one.</param>
    /// <param name="seed">Chooses the folds.</param>
    /// <exception cref="UserException">The table is missing or damaged.</exception>
    public StructureGroups(RunDirectory run, int folds, int seed)
    {
        GroupRow[] rows = Read(run);
        Sizes = rows.ToDictionary(row => row.GroupId, row => row.Structures);
        _joined = rows.ToDictionary(row => row.GroupId, row => row.JoinedId);
        _folds = FoldPlan.Deal(_joined.Values, folds, seed);
    }

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

    /// <summary>Accepted structures in the group of each group id.</summary>
    public Dictionary<string, int> Sizes { get; }

    /// <summary>The group that a group id belongs to.</summary>
    public string JoinedOf(string groupId) => _joined.GetValueOrDefault(groupId, groupId);

    /// <summary>The fold of a group id.</summary>
    public int FoldOf(string groupId) => _folds.GetValueOrDefault(JoinedOf(groupId));
}
