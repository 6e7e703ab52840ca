using System.Text;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Sorts rows over ranks: each rank gets a range of them, so that what the ranks have, one after the other, is sorted. No rank holds all.
/// </summary>
public static class RankSort
{
    // Rows of each rank that tell where ranges should end; ranges differ by some ten percent then.
    private const int Samples = 32;

    /// <summary>Sorts the rows of all ranks. A collective call.</summary>
    /// <typeparam name="TRow">A row.</typeparam>
    /// <param name="world">The ranks.</param>
    /// <param name="mine">Rows of this rank, which are sorted on the way.</param>
    /// <param name="order">A total order: no two rows are equal in it.</param>
    /// <param name="write">Writes a row as it travels.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>The rows of this rank's range, sorted.</returns>
    public static List<TRow> Sort<TRow>(
        ICommunicator world, List<TRow> mine, IComparer<TRow> order, Action<BinaryWriter, TRow> write, Func<BinaryReader, TRow> read)
    {
        mine.Sort(order);
        if (world.Size == 1)
            return mine;
        int samples = Math.Min(Samples, mine.Count);
        byte[][]? gathered = world.GatherBytes(Pack(Enumerable.Range(0, samples)
            .Select(i => mine[(int)((i + 0.5) * mine.Count / samples)])), 0);
        byte[] bounds = [];
        if (gathered is not null)
        {
            List<TRow> all = [.. gathered.SelectMany(Unpack).Order(order)];
            bounds = Pack(all.Count == 0 ? [] : Enumerable.Range(1, world.Size - 1)
                .Select(rank => all[(int)((long)all.Count * rank / world.Size)]));
        }

        List<TRow> ends = [.. Unpack(world.BroadcastBytes(bounds, 0))];
        int[] starts = [0, .. ends.Select(end => FirstNotBelow(mine, end, order)), mine.Count];
        byte[][] received = world.ExchangeBytes(rank => rank + 1 < starts.Length ? Pack(mine[starts[rank]..starts[rank + 1]]) : []);
        mine.Clear();
        List<TRow> sorted = [.. received.SelectMany(Unpack)];
        sorted.Sort(order);
        return sorted;

        byte[] Pack(IEnumerable<TRow> rows)
        {
            using var packed = new MemoryStream();
            using var writer = new BinaryWriter(packed, Encoding.UTF8);
            foreach (TRow row in rows)
                write(writer, row);
            writer.Flush();
            return packed.ToArray();
        }

        IEnumerable<TRow> Unpack(byte[] rows)
        {
            using var reader = new BinaryReader(new MemoryStream(rows), Encoding.UTF8);
            while (reader.BaseStream.Position < rows.Length)
                yield return read(reader);
        }
    }

    private static int FirstNotBelow<TRow>(List<TRow> sorted, TRow bound, IComparer<TRow> order)
    {
        (int low, int high) = (0, sorted.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = order.Compare(sorted[middle], bound) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
