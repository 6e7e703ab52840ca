using System.Text;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Structures;

/// <summary>What is known of the group of redeterminations that a structure belongs to.</summary>
/// <param name="Structures">Accepted structures in the group.</param>
/// <param name="Number">Number of the group: these have the order of the names of groups, with gaps.</param>
/// <param name="Joined">Hash of the name of the group.</param>
/// <param name="Fold">Its fold.</param>
public readonly record struct StructureGroup(int Structures, int Number, ulong Joined, int Fold);

/// <summary>
/// The groups of redeterminations of a merged run and their folds, dealt to ranks: every rank reads a stretch of <c>groups.csv</c>,
/// structures have owners by the hash of their group id, and a rank asks the owners of those that it works on.
/// </summary>
public sealed class GroupDirectory
{
    private readonly Job _job;
    private readonly RunDirectory _run;
    private readonly Dictionary<ulong, StructureGroup> _found = [];
    private readonly Dictionary<ulong, string> _texts = [];

    private GroupDirectory(Job job, RunDirectory run) => (_job, _run) = (job, run);

    /// <summary>Asks for groups. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="wanted">Hashes of the group ids that this rank asks for: <see cref="TextHash"/>; repetitions do not matter.</param>
    /// <param name="folds">Number of folds, at least one.</param>
    /// <param name="seed">Chooses the folds.</param>
    /// <exception cref="UserException">The table is missing or damaged, or lacks one of the groups.</exception>
    public static GroupDirectory Open(Job job, RunDirectory run, IEnumerable<ulong> wanted, int folds = 1, int seed = 0)
    {
        var directory = new GroupDirectory(job, run);
        GroupShare share = GroupShare.Collect(job.World, run);
        share.Deal(job.World, folds, seed);
        ILookup<int, ulong> byOwner = wanted.Distinct().ToLookup(id => GroupShare.OwnerOf(id, job.World));
        byte[][] answers = job.World.Ask(
            owner => GroupShare.Pack(writer =>
            {
                foreach (ulong id in byOwner[owner])
                    writer.Write(id);
            }),
            share.Answer);
        for (int owner = 0; owner < answers.Length; owner++)
        {
            using var reader = new BinaryReader(new MemoryStream(answers[owner]), Encoding.UTF8);
            foreach (ulong id in byOwner[owner])
                directory.Take(id, reader);
        }

        return directory;
    }

    /// <summary>The group of a group id by its hash; null for an empty id.</summary>
    public StructureGroup? Find(ulong groupId) => _found.TryGetValue(groupId, out StructureGroup group) ? group : null;

    /// <summary>The name of the group that a group id belongs to.</summary>
    public string JoinedOf(string groupId) =>
        Find(TextHash.Of(groupId)) is { } group && _texts.TryGetValue(group.Joined, out string? joined) ? joined : groupId;

    /// <summary>The fold of a group id.</summary>
    public int FoldOf(string groupId) => Find(TextHash.Of(groupId))?.Fold ?? 0;

    /// <summary>The groups that this rank's stretch of the table names, each on one rank. A collective call.</summary>
    /// <param name="folds">Number of folds that the directory was opened with.</param>
    /// <param name="seed">The seed that it was opened with.</param>
    public IReadOnlyList<StructureGroup> Listed(int folds, int seed)
    {
        ulong[] names = [];
        _job.World.Together(() =>
            names = [.. GroupShare.Rows(_job.World, _run).Where(row => row.GroupId == row.JoinedId)
            .Select(row => TextHash.Of(row.GroupId))]);
        GroupDirectory own = Open(_job, _run, names, folds, seed);
        return [.. names.Select(name => own._found[name])];
    }

    private void Take(ulong id, BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return;
        var group = new StructureGroup(reader.ReadInt32(), reader.ReadInt32(), reader.ReadUInt64(), reader.ReadInt32());
        _found.Add(id, group);
        if (group.Joined != id)
            _texts[group.Joined] = reader.ReadString();
    }
}
