using System.Text;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Structures;

/// <summary>The rows of <c>groups.csv</c> that a rank owns, by the hash of their group ids.</summary>
internal sealed class GroupShare
{
    private static readonly ulong Nameless = TextHash.Of("");

    private readonly RunDirectory _run;
    private readonly Dictionary<ulong, StructureGroup> _groups = [];
    private readonly Dictionary<ulong, string> _texts = [];

    private GroupShare(RunDirectory run) => _run = run;

    /// <summary>The rank that owns a group id.</summary>
    public static int OwnerOf(ulong groupId, ICommunicator world) => (int)(groupId % (ulong)world.Size);

    /// <summary>Reads the table, each rank its stretch, and hands the rows to their owners. A collective call.</summary>
    /// <exception cref="UserException">The table is missing or damaged.</exception>
    public static GroupShare Collect(ICommunicator world, RunDirectory run)
    {
        var owned = new Outboxes(world.Size);
        int count = 0;
        world.Together(() =>
        {
            foreach (GroupRow row in Rows(world, run))
            {
                if (row.Structures <= 0 || row.GroupId.Length == 0 || row.JoinedId.Length == 0)
                    throw StructureGroups.Damaged(run, "a group stands there without structures or name");
                (ulong id, ulong joined) = (TextHash.Of(row.GroupId), TextHash.Of(row.JoinedId));
                BinaryWriter writer = owned.For(OwnerOf(id, world));
                writer.Write(id);
                writer.Write(joined);
                writer.Write(row.Structures);
                writer.Write(count++);
                if (id != joined)
                    writer.Write(row.JoinedId);
            }
        });
        int[] counts = world.Allgather(count);
        var share = new GroupShare(run);
        byte[][] received = world.ExchangeBytes(owned.Take);
        world.Together(() =>
        {
            for (int rank = 0, first = 0; rank < received.Length; first += counts[rank++])
                share.Add(received[rank], first);
        });
        return share;
    }

    /// <summary>This rank's stretch of the table.</summary>
    public static IEnumerable<GroupRow> Rows(ICommunicator world, RunDirectory run) =>
        TableStretch.Read<GroupRow>(Path.Combine(run.Merged, StructureGroups.FileName), world.Rank, world.Size);

    /// <summary>
    /// Deals the groups into folds as <see cref="FoldPlan"/> does, and tells the other structures of a group its number and fold. Each rank
    /// sorts a range of hashes. A collective call.
    /// </summary>
    public void Deal(ICommunicator world, int folds, int seed)
    {
        ulong[] names = [.. _groups.Where(entry => entry.Value.Joined == entry.Key).Select(entry => entry.Key)];
        ILookup<int, ulong> byRange = names.ToLookup(name =>
            (int)((UInt128)HashedBits.Of(name, (ulong)(uint)seed) * (ulong)world.Size >> 64));
        byte[][] asked = world.ExchangeBytes(range => PackAll(byRange[range]));
        ulong[] sorted = [.. asked.SelectMany(Unpack).OrderBy(name => HashedBits.Of(name, (ulong)(uint)seed)).ThenBy(name => name)];
        long before = world.Allgather(sorted.LongLength).Take(world.Rank).Sum();
        var foldOf = new Dictionary<ulong, int>(sorted.Length);
        for (int i = 0; i < sorted.Length; i++)
            foldOf[sorted[i]] = (int)((before + i) % folds);
        byte[][] answers = world.ExchangeBytes(rank => Pack(writer =>
        {
            foreach (ulong name in Unpack(asked[rank]))
                writer.Write(foldOf[name]);
        }));
        for (int range = 0; range < answers.Length; range++)
        {
            int next = 0;
            foreach (ulong name in byRange[range])
                _groups[name] = _groups[name] with { Fold = BitConverter.ToInt32(answers[range], sizeof(int) * next++) };
        }

        TellOthers(world);
    }

    /// <summary>What is known of the ids of a question; the answer has the order of the question.</summary>
    /// <exception cref="UserException">A group is not known.</exception>
    public byte[] Answer(byte[] ids) => Pack(writer =>
    {
        foreach (ulong id in Unpack(ids))
        {
            bool isKnown = _groups.TryGetValue(id, out StructureGroup group);
            if (!isKnown && id != Nameless)
                throw StructureGroups.Damaged(_run, "it lacks a group that the equations name");
            writer.Write(isKnown);
            if (!isKnown)
                continue;
            writer.Write(group.Structures);
            writer.Write(group.Number);
            writer.Write(group.Joined);
            writer.Write(group.Fold);
            if (group.Joined != id)
                writer.Write(_texts[group.Joined]);
        }
    });

    /// <summary>What a writer makes, as bytes.</summary>
    public static byte[] Pack(Action<BinaryWriter> write)
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return packed.ToArray();
    }

    private void Add(byte[] rows, int first)
    {
        using var reader = new BinaryReader(new MemoryStream(rows), Encoding.UTF8);
        while (reader.BaseStream.Position < rows.Length)
        {
            (ulong id, ulong joined, int structures, int row) = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadInt32(),
                reader.ReadInt32());
            if (!_groups.TryAdd(id, new StructureGroup(structures, first + row, joined, 0)))
                throw StructureGroups.Damaged(_run, "a group stands there twice");
            if (id != joined)
                _texts[joined] = reader.ReadString();
        }
    }

    // The number of a group is that of the row that names it.
    private void TellOthers(ICommunicator world)
    {
        ulong[] others = [.. _groups.Where(entry => entry.Value.Joined != entry.Key).Select(entry => entry.Key)];
        ILookup<int, ulong> byOwner = others.ToLookup(id => OwnerOf(_groups[id].Joined, world));
        byte[][] answers = world.Ask(
            owner => PackAll(byOwner[owner].Select(id => _groups[id].Joined)),
            names => Pack(writer =>
            {
                foreach (ulong name in Unpack(names))
                {
                    if (!_groups.TryGetValue(name, out StructureGroup group))
                        throw StructureGroups.Damaged(_run, "a group is named after a structure that it lacks");
                    writer.Write(group.Number);
                    writer.Write(group.Fold);
                }
            }));
        for (int owner = 0; owner < answers.Length; owner++)
        {
            using var reader = new BinaryReader(new MemoryStream(answers[owner]));
            foreach (ulong id in byOwner[owner])
                _groups[id] = _groups[id] with { Number = reader.ReadInt32(), Fold = reader.ReadInt32() };
        }
    }

    private static byte[] PackAll(IEnumerable<ulong> values) => Pack(writer =>
    {
        foreach (ulong value in values)
            writer.Write(value);
    });

    private static IEnumerable<ulong> Unpack(byte[] values)
    {
        for (int at = 0; at < values.Length; at += sizeof(ulong))
            yield return BitConverter.ToUInt64(values, at);
    }
}
