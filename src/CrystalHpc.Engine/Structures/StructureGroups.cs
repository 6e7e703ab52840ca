using CrystalHpc.Core.Statistics;
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
    public StructureGroups(RunDirectory run, int folds, int seed)
    {
        GroupRow[] rows = [.. Csv.Read<GroupRow>(Path.Combine(run.Merged, "groups.csv"))];
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
