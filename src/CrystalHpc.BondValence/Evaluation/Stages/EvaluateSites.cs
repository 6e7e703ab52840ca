using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Evaluates the equations of a run with all tables, each rank its blocks, one after the other. What the tables for people say of a site is
/// written at once; what the figures need of it goes to the rank that owns its group of structures.
/// </summary>
internal sealed class EvaluateSites(Job job, EvaluationOptions options, SiteBlocks blocks, TablesByFold tables, PairCoverage pairs)
{
    // Blocks whose sites travel together.
    private const int BlocksOfRound = 32;

    private readonly EvaluatedSites _sites = new(tables.Names);
    private readonly Outboxes _foreign = new(job.World.Size);

    /// <summary>Evaluates all sites. A collective call.</summary>
    /// <param name="files">Receives the rows of this rank's blocks.</param>
    /// <returns>The sites of the groups that this rank owns.</returns>
    public EvaluatedSites Run(SiteTables files)
    {
        int rounds = job.World.Allreduce((blocks.Mine.Length + BlocksOfRound - 1) / BlocksOfRound, ReduceOperation.Max);
        for (int round = 0; round < rounds; round++)
        {
            job.World.Together(() =>
            {
                foreach (int block in blocks.Mine.Skip(round * BlocksOfRound).Take(BlocksOfRound))
                {
                    job.StopPoint();
                    Evaluate(block, files);
                }
            });
            if (job.World.Size == 1)
                continue;
            foreach (byte[] received in job.World.ExchangeBytes(_foreign.Take))
                Receive(received);
        }

        return _sites;
    }

    private void Evaluate(int block, SiteTables files)
    {
        Dictionary<string, StructureRow> structures = blocks.Structures(block);
        IReadOnlyList<SiteEquation> equations = blocks.Equations(block);
        var evaluated = new List<SiteOfTables>(equations.Count);
        int first = 0;
        for (int i = 0; i < equations.Count; i++)
        {
            SiteEquation equation = equations[i];
            if (equation.StructureId != equations[first].StructureId)
                first = i;
            ulong id = TextHash.Of(equation.GroupId);
            StructureGroup group = blocks.Groups.Find(id) ?? new StructureGroup(0, -1, id, 0);
            var row = EvaluatedRow.Of(equation, tables.Of(group.Fold), options.RoundEachBond);
            string? reason = EvaluateExclusions.ReasonOf(row, options);
            StructureRow structure = structures[row.StructureId];
            evaluated.Add(new SiteOfTables(row, reason, structure, blocks.Groups.JoinedOf(row.GroupId), group.Fold, block, i));
            Hand(
                group,
                new EvaluatedSite(group.Joined, group.Number, block, i, first, 0, row.Multiplicity),
                new SiteClass(
                    row.Center, row.Neighbors.Count == 1 ? row.Neighbors[0] : null, SubsetKey.RangeOf(row.Keys.Min(pairs.GroupsOf)),
                        row.Coordination,
                    structure.OxidationSource, row.IsComplete, reason is not null),
                row.Sums);
        }

        files.Add(evaluated);
    }

    // A group of one structure is complete here.
    private void Hand(StructureGroup group, EvaluatedSite site, SiteClass kind, double[] sums)
    {
        int owner = group.Structures == 1 ? job.World.Rank : (int)(group.Joined % (ulong)job.World.Size);
        if (owner == job.World.Rank)
            _sites.Add(site, kind, sums);
        else
            Write(_foreign.For(owner), site, kind, sums);
    }

    private void Receive(byte[] received)
    {
        using var reader = new BinaryReader(new MemoryStream(received));
        double[] sums = new double[tables.Names.Length];
        while (reader.BaseStream.Position < received.Length)
        {
            var site = new EvaluatedSite(
                reader.ReadUInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), 0, reader.ReadInt32());
            (Species center, Species neighbor) = (ReadSpecies(reader), ReadSpecies(reader));
            var kind = new SiteClass(
                center, neighbor == default ? null : neighbor, reader.ReadInt32(), reader.ReadInt32(), reader.ReadString(),
                    reader.ReadBoolean(), reader.ReadBoolean());
            for (int table = 0; table < sums.Length; table++)
                sums[table] = reader.ReadDouble();
            _sites.Add(site, kind, sums);
        }
    }

    private static void Write(BinaryWriter writer, EvaluatedSite site, SiteClass kind, double[] sums)
    {
        writer.Write(site.GroupName);
        writer.Write(site.Group);
        writer.Write(site.Block);
        writer.Write(site.Index);
        writer.Write(site.Structure);
        writer.Write(site.Multiplicity);
        foreach (Species ion in (Species[])[kind.Center, kind.Neighbor ?? default])
        {
            writer.Write(ion.Element.AtomicNumber);
            writer.Write(ion.Charge);
        }

        writer.Write(kind.PairRange);
        writer.Write(kind.Coordination);
        writer.Write(kind.Source);
        writer.Write(kind.IsComplete);
        writer.Write(kind.IsExcluded);
        foreach (double sum in sums)
            writer.Write(sum);
    }

    private static Species ReadSpecies(BinaryReader reader) => new(new Element(reader.ReadByte()), reader.ReadSByte());
}
