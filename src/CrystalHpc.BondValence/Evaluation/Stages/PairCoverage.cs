using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// For each pair of cation and anion: how many cations have such a bond, for how many of them each table knows the pair, and how many
/// groups of structures do.
/// </summary>
internal sealed class PairCoverage
{
    private readonly Dictionary<BondKey, long> _groups;

    private PairCoverage(IReadOnlyList<PairCount> rows) => (Rows, _groups) = (rows, rows.ToDictionary(row => row.Key, row => row.Groups));

    /// <summary>The pairs, sorted; the same on every rank.</summary>
    public IReadOnlyList<PairCount> Rows { get; }

    /// <summary>Groups of structures with a cation that has such a bond.</summary>
    public int GroupsOf(BondKey key) => (int)_groups.GetValueOrDefault(key);

    /// <summary>Counts. A collective call.</summary>
    public static PairCoverage Count(Job job, SiteBlocks blocks, TablesByFold tables)
    {
        int width = 2 + tables.Names.Length;
        var counts = new Dictionary<BondKey, long[]>();
        var ofOwners = new Outboxes(job.World.Size);
        blocks.ForEach((_, equations) =>
        {
            var known = new HashSet<(BondKey, ulong)>();
            foreach (SiteEquation equation in equations)
            {
                ulong id = TextHash.Of(equation.GroupId);
                StructureGroup? group = blocks.Groups.Find(id);
                ParameterTable[] candidates = tables.Of(group?.Fold ?? 0);
                foreach (BondKey key in KeysOf(equation))
                {
                    long[] count = CountOf(counts, key, width);
                    if (!equation.IsCation)
                        continue;
                    count[0]++;
                    for (int table = 0; table < candidates.Length; table++)
                        count[2 + table] += candidates[table].Find(key) is null ? 0 : 1;
                    if (!known.Add((key, group?.Joined ?? id)))
                        continue;

                    // Groups of several structures may know the pair elsewhere, too: their owner counts them.
                    if (group is { Structures: 1 })
                        count[1]++;
                    else
                        Write(ofOwners.For((int)((group?.Joined ?? id) % (ulong)job.World.Size)), key, group?.Joined ?? id);
                }
            }
        });
        var shared = new HashSet<(BondKey Key, ulong)>(job.World.ExchangeBytes(ofOwners.Take).SelectMany(Read));
        foreach ((BondKey key, _) in shared)
            CountOf(counts, key, width)[1]++;

        IReadOnlyList<BondKey> keys = KeyUnion.OverRanks(job, counts.Keys);
        long[] sums = [.. keys.SelectMany(key => counts.GetValueOrDefault(key) ?? new long[width])];
        job.GlobalSum(sums);
        return new PairCoverage([.. keys.Select((key, i) =>
            new PairCount(key, sums[i * width], sums[i * width + 1], sums[(i * width + 2)..((i + 1) * width)]))]);
    }

    private static IEnumerable<BondKey> KeysOf(SiteEquation equation) => equation.Bonds.Select(equation.KeyOf).Distinct();

    private static long[] CountOf(Dictionary<BondKey, long[]> counts, BondKey key, int width)
    {
        if (!counts.TryGetValue(key, out long[]? count))
            counts.Add(key, count = new long[width]);
        return count;
    }

    private static void Write(BinaryWriter writer, BondKey key, ulong group)
    {
        foreach (Species ion in (Species[])[key.Cation, key.Anion])
        {
            writer.Write(ion.Element.AtomicNumber);
            writer.Write(ion.Charge);
        }

        writer.Write(group);
    }

    private static IEnumerable<(BondKey Key, ulong Group)> Read(byte[] pairs)
    {
        using var reader = new BinaryReader(new MemoryStream(pairs));
        while (reader.BaseStream.Position < pairs.Length)
        {
            Species cation = new(new Element(reader.ReadByte()), reader.ReadSByte()),
                anion = new(new Element(reader.ReadByte()), reader.ReadSByte());
            yield return (new BondKey(cation, anion), reader.ReadUInt64());
        }
    }
}

/// <summary>A pair of cation and anion.</summary>
/// <param name="Key">The pair.</param>
/// <param name="Sites">Cations with such a bond.</param>
/// <param name="Groups">Groups of structures that have one of them.</param>
/// <param name="Covered">For each table, those of the cations for whose fold it knows the pair.</param>
internal sealed record PairCount(BondKey Key, long Sites, long Groups, long[] Covered);
