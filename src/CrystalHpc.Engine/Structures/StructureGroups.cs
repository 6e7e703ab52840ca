using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Structures;

/// <summary>The groups of redeterminations of a merged run and the folds that they are dealt into.</summary>
public sealed class StructureGroups
{
    private readonly Dictionary<string, string> _joined;
    private readonly Dictionary<string, int> _folds;

    /// <summary>Reads <c>merged/groups.csv</c>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folds">Number of folds, at least one.</param>
    /// <param name="seed">Chooses the folds.</param>
    /// <exception cref="UserException">The table is missing or damaged.</exception>
    public StructureGroups(RunDirectory run, int folds, int seed)
    {
        string path = Path.Combine(run.Merged, "groups.csv");
        GroupRow[] rows = [.. Csv.Read<GroupRow>(path)];
        if (rows.DistinctBy(row => row.GroupId).Count() < rows.Length || Array.Exists(rows, row => row.Structures < 1 || row.GroupId.Length == 0 || row.JoinedId.Length == 0))
            throw UserException.Unusable($"{path} is damaged: a group stands there twice, or without structures; 'crystalhpc merge' writes it anew");
        Sizes = rows.ToDictionary(row => row.GroupId, row => row.Structures);
        _joined = rows.ToDictionary(row => row.GroupId, row => row.JoinedId);
        _folds = FoldPlan.Deal(_joined.Values, folds, seed);
    }

    /// <summary>Accepted structures of the joined group of each group id.</summary>
    public Dictionary<string, int> Sizes { get; }

    /// <summary>The joined group that a group id belongs to.</summary>
    public string JoinedOf(string groupId) => _joined.GetValueOrDefault(groupId, groupId);

    /// <summary>The fold of a group id.</summary>
    public int FoldOf(string groupId) => _folds.GetValueOrDefault(JoinedOf(groupId));
}
