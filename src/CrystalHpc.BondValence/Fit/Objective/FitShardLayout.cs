using CrystalHpc.BondValence.Equations;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Puts the equations of a table into groups of equal shape: the plan of a <see cref="FitShard"/>.</summary>
internal sealed class FitShardLayout
{
    public FitShardLayout(EquationTable table)
    {
        Keys = [.. table.KeyIndices.ToArray().Distinct().Order()];
        SlotOfRow = new int[table.EquationCount];
        int[][] shapes = [.. Enumerable.Range(0, table.EquationCount).Select(row => ShapeOf(table, row))];
        for (int first = 0; first < shapes.Length;)
        {
            int count = 1;
            while (count < FitShard.Lanes && first + count < shapes.Length && shapes[first + count].AsSpan().SequenceEqual(shapes[first]))
                count++;
            AddGroup(table, shapes[first], first, count);
            first += count;
        }
    }

    /// <summary>Keys of the shard, ascending.</summary>
    public int[] Keys { get; }

    /// <summary>Slot of each equation.</summary>
    public int[] SlotOfRow { get; }

    /// <summary>Equation of each slot.</summary>
    public List<int> RowOfSlot { get; } = [];

    /// <summary>First segment of each group, and the number of all.</summary>
    public List<int> GroupSegments { get; } = [0];

    /// <summary>Bonds of each segment, the same in all lanes.</summary>
    public List<int> SegmentLengths { get; } = [];

    /// <summary>Key of each lane of each segment, numbered within the shard.</summary>
    public List<int> SegmentKeys { get; } = [];

    private void AddGroup(EquationTable table, int[] shape, int first, int count)
    {
        for (int lane = 0; lane < FitShard.Lanes; lane++)
            RowOfSlot.Add(first + Math.Min(lane, count - 1));
        for (int lane = 0; lane < count; lane++)
            SlotOfRow[first + lane] = RowOfSlot.Count - FitShard.Lanes + lane;
        int bond = 0;
        foreach (int length in shape)
        {
            for (int lane = 0; lane < FitShard.Lanes; lane++)
                SegmentKeys.Add(Array.BinarySearch(Keys, table.KeyIndices[table.BondOffsets[RowOfSlot[^(FitShard.Lanes - lane)]] + bond]));
            SegmentLengths.Add(length);
            bond += length;
        }

        GroupSegments.Add(SegmentLengths.Count);
    }

    private static int[] ShapeOf(EquationTable table, int row)
    {
        List<int> lengths = [];
        for (int bond = table.BondOffsets[row]; bond < table.BondOffsets[row + 1]; bond++)
        {
            if (bond > table.BondOffsets[row] && table.KeyIndices[bond] == table.KeyIndices[bond - 1])
                lengths[^1]++;
            else
                lengths.Add(1);
        }

        return [.. lengths];
    }
}
