using System.Globalization;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Structures;

/// <summary>
/// Finds redeterminations over all ranks: the structures of a formula go to the rank that owns it, which compares them with one another.
/// Formulas are dealt into rounds as well, and each round reads the tables again, so that no rank holds more than some megabytes of
/// structures, or those of one formula.
/// </summary>
internal static class RedeterminationGroups
{
    private const long BytesOfRound = 1 << 23;

    /// <summary>
    /// The group of each structure: each rank gets a range of names, so that the ranks have all of them in order, one after the other. A
    /// collective call.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="tables">Tables of <see cref="CellRow"/> of this rank.</param>
    /// <param name="tolerance">How far structures may differ and be one group; null: there are no groups.</param>
    /// <param name="bytesOfRound">Length of the tables that a rank gets in a round, about.</param>
    public static IReadOnlyList<GroupRow> Find(Job job, IReadOnlyList<string> tables, MatchTolerance? tolerance,
        long bytesOfRound = BytesOfRound)
    {
        if (tolerance is null)
            return [];
        long bytes = 0;
        job.World.Together(() => bytes = tables.Sum(table => new FileInfo(table).Length));
        int rounds = (int)(job.World.Allreduce(bytes, ReduceOperation.Sum) / (bytesOfRound * job.World.Size)) + 1;
        var groups = new List<GroupRow>();
        for (int round = 0; round < rounds; round++)
        {
            byte[][] received = job.World.ExchangeBytes(Send(job, tables, round, rounds).Take);
            job.World.Together(() => groups.AddRange(GroupsOf(job, received, tolerance)));
        }

        return RankSort.Sort(job.World, groups, Comparer<GroupRow>.Create((x, y) => string.CompareOrdinal(x.GroupId, y.GroupId)),
            Write, Read);
    }

    private static IEnumerable<GroupRow> GroupsOf(Job job, byte[][] received, MatchTolerance tolerance)
    {
        IEnumerable<CellRow> rows = received.Where(table => table.Length > 0).SelectMany(table => Csv.Read<CellRow>(table, "message"));
        foreach (IGrouping<string, CellRow> formula in rows.GroupBy(row => Redeterminations.FormulaOf(row.GroupId)))
        {
            job.StopPoint();
            foreach (IReadOnlyList<string> names in Redeterminations.Group(formula.Select(row => (row.GroupId, PlacesOf(row))), tolerance))
            {
                foreach (string name in names)
                    yield return new GroupRow(name, names.Count, names[0]);
            }
        }
    }

    // What goes to a rank is a table: the header row, then rows as they are.
    private static Outboxes Send(Job job, IReadOnlyList<string> tables, int round, int rounds)
    {
        var outboxes = new Outboxes(job.World.Size);
        bool[] hasHeader = new bool[job.World.Size];
        job.World.Together(() =>
        {
            foreach (string table in tables)
            {
                job.StopPoint();
                byte[] bytes = File.ReadAllBytes(table);
                int end = bytes.AsSpan().IndexOf((byte)'\n') + 1;
                Span<byte> header = bytes.AsSpan(0, end);
                for (int start = end; start < bytes.Length; start = end)
                {
                    int length = bytes.AsSpan(start).IndexOf((byte)'\n');
                    end = length < 0 ? bytes.Length : start + length + 1;
                    ulong hash = TextHash.Of(FormulaOf(bytes.AsSpan(start, end - start)));
                    if ((int)(hash / (ulong)job.World.Size % (ulong)rounds) != round)
                        continue;
                    int owner = (int)(hash % (ulong)job.World.Size);
                    BinaryWriter outbox = outboxes.For(owner);
                    if (!hasHeader[owner])
                        outbox.Write(header);
                    hasHeader[owner] = true;
                    outbox.Write(bytes, start, end - start);
                }
            }
        });
        return outboxes;
    }

    // The first cell is the name of the structure, which begins with the formula; a quote in front of it is none of its letters.
    private static string FormulaOf(ReadOnlySpan<byte> row) =>
        Redeterminations.FormulaOf(Encoding.UTF8.GetString(row[..Math.Max(0, row.IndexOf((byte)','))]).TrimStart('"'));

    private static void Write(BinaryWriter writer, GroupRow row)
    {
        writer.Write(row.GroupId);
        writer.Write(row.Structures);
        writer.Write(row.JoinedId);
    }

    private static GroupRow Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadInt32(), reader.ReadString());

    private static OccupiedPlaces PlacesOf(CellRow row) =>
        new(new UnitCell(row.A, row.B, row.C, row.Alpha, row.Beta, row.Gamma), [.. row.Places.Split(';').Select(PlaceOf)]);

    private static OccupiedPlace PlaceOf(string text)
    {
        string[] parts = text.Split(' ');
        return new OccupiedPlace(parts[0], new Fractional(Number(parts[1]), Number(parts[2]), Number(parts[3])));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
