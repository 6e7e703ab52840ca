using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>A table under test; one that belongs to a cross-validation differs from fold to fold.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="OfFold">The table that judges the groups of a fold.</param>
internal sealed record TableUnderTest(string Name, Func<int, ParameterTable> OfFold);

/// <summary>Evaluates the equations of a run with all tables; each rank its blocks.</summary>
internal sealed class EvaluateSites(Job job, RunDirectory run, StructureGroups groups, IReadOnlyList<TableUnderTest> tables, bool roundEachBond)
{
    private int[] _mine = [];
    private IReadOnlyList<SiteEquation>[] _blocks = [];

    /// <summary>Reads the blocks of this rank.</summary>
    public void ReadBlocks() => job.World.Together(() =>
    {
        var blocks = new EquationBlocks(run);
        _mine = [.. job.Mine([.. Enumerable.Range(0, blocks.Count)])];
        _blocks = [.. _mine.Select(blocks.Read)];
    });

    /// <summary>The sites of all ranks in the order of the manifest, on rank 0; null elsewhere.</summary>
    public IReadOnlyList<EvaluatedRow>? Gather()
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8))
        {
            for (int i = 0; i < _blocks.Length; i++)
            {
                writer.Write(_mine[i]);
                writer.Write(_blocks[i].Count);
                foreach (SiteEquation equation in _blocks[i])
                    EvaluatedRow.Of(equation, TablesOf(equation), roundEachBond).Write(writer);
            }
        }

        byte[][]? gathered = job.World.GatherBytes(packed.ToArray(), 0);
        return gathered is null ? null : [.. gathered.SelectMany(Unpack).OrderBy(block => block.Block).SelectMany(block => block.Rows)];
    }

    /// <summary>For each pair: cations with such a bond, and how many of them each table knows the pair for. The same on every rank.</summary>
    public IReadOnlyList<(BondKey Key, long Sites, long[] Covered)> Coverage()
    {
        IReadOnlyList<BondKey> keys = KeyUnion.OverRanks(job, _blocks.SelectMany(block => EquationTable.KeysOf(block)));
        Dictionary<BondKey, int> indexOf = keys.Select((key, i) => (key, i)).ToDictionary(item => item.key, item => item.i);
        int stride = 1 + tables.Count;
        long[] counts = new long[keys.Count * stride];
        foreach (SiteEquation equation in _blocks.SelectMany(block => block).Where(equation => equation.IsCation))
        {
            ParameterTable[] candidates = TablesOf(equation);
            foreach (BondKey key in EquationTable.KeysOf([equation]))
            {
                int first = indexOf[key] * stride;
                counts[first]++;
                for (int table = 0; table < candidates.Length; table++)
                    counts[first + 1 + table] += candidates[table].Find(key) is null ? 0 : 1;
            }
        }

        job.GlobalSum(counts);
        return [.. keys.Select((key, i) => (key, counts[i * stride], counts[(i * stride + 1)..((i + 1) * stride)]))];
    }

    private ParameterTable[] TablesOf(SiteEquation equation)
    {
        int fold = groups.FoldOf(equation.GroupId);
        return [.. tables.Select(table => table.OfFold(fold))];
    }

    private IEnumerable<(int Block, EvaluatedRow[] Rows)> Unpack(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        while (reader.BaseStream.Position < packed.Length)
        {
            int block = reader.ReadInt32();
            int count = reader.ReadInt32();
            yield return (block, [.. Enumerable.Range(0, count).Select(_ => EvaluatedRow.Read(reader, tables.Count))]);
        }
    }
}
