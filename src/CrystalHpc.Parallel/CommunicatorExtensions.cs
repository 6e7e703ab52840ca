using System.Text;

namespace CrystalHpc.Parallel;

/// <summary>Conveniences over <see cref="ICommunicator"/>, written once for all communicators.</summary>
public static class CommunicatorExtensions
{
    /// <summary>Combines the values of all ranks element by element; see <see cref="ICommunicator.AllreduceInPlace"/>.</summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="values">Contribution of this rank; kept.</param>
    /// <param name="result">Receives the result; at least as long as the values.</param>
    /// <param name="operation">How two values combine.</param>
    public static void Allreduce<T>(
        this ICommunicator communicator, ReadOnlySpan<T> values, Span<T> result, ReduceOperation operation) where T : unmanaged
    {
        values.CopyTo(result);
        communicator.AllreduceInPlace(result[..values.Length], operation);
    }

    /// <summary>Combines one value of each rank.</summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="value">Contribution of this rank.</param>
    /// <param name="operation">How two values combine.</param>
    public static T Allreduce<T>(this ICommunicator communicator, T value, ReduceOperation operation) where T : unmanaged
    {
        communicator.AllreduceInPlace(new Span<T>(ref value), operation);
        return value;
    }

    /// <summary>One value of each rank, in rank order, on every rank.</summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="value">Contribution of this rank.</param>
    public static T[] Allgather<T>(this ICommunicator communicator, T value) where T : unmanaged
    {
        T[] gathered = new T[communicator.Size];
        int[] counts = new int[communicator.Size];
        Array.Fill(counts, 1);
        communicator.AllgatherFlattened(new ReadOnlySpan<T>(in value), gathered, counts);
        return gathered;
    }

    /// <summary>The root's bytes on every rank, whose length only the root need know.</summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="bytes">On the root: the bytes. Elsewhere: ignored.</param>
    /// <param name="root">Rank that holds the bytes.</param>
    public static byte[] BroadcastBytes(this ICommunicator communicator, ReadOnlySpan<byte> bytes, int root)
    {
        int length = bytes.Length;
        communicator.Broadcast(new Span<int>(ref length), root);
        byte[] copy = communicator.Rank == root ? bytes.ToArray() : new byte[length];
        communicator.Broadcast(copy.AsSpan(), root);
        return copy;
    }

    /// <summary>The root's text on every rank, sent as UTF-8.</summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="text">On the root: the text. Elsewhere: ignored.</param>
    /// <param name="root">Rank that holds the text.</param>
    public static string BroadcastString(this ICommunicator communicator, string? text, int root) =>
        Encoding.UTF8.GetString(communicator.BroadcastBytes(
            communicator.Rank == root ? Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text))) : [], root));

    /// <summary>
    /// The bytes of every rank, in rank order, on the root; null elsewhere. Travels in rounds, so that the bytes of all ranks together may
    /// exceed what one array or one MPI call can hold.
    /// </summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="bytes">Contribution of this rank, of any length.</param>
    /// <param name="root">Rank that receives.</param>
    public static byte[][]? GatherBytes(this ICommunicator communicator, ReadOnlySpan<byte> bytes, int root) =>
        communicator.GatherBytes(bytes, root, maximumRoundBytes: 1 << 28);

    /// <summary>The texts of all ranks, in rank order, on the root, sent as UTF-8; null elsewhere.</summary>
    /// <param name="communicator">The ranks that take part.</param>
    /// <param name="text">Contribution of this rank.</param>
    /// <param name="root">Rank that receives.</param>
    public static string[]? GatherStrings(this ICommunicator communicator, string text, int root) =>
        communicator.GatherBytes(Encoding.UTF8.GetBytes(text), root) is { } gathered
            ? Array.ConvertAll(gathered, Encoding.UTF8.GetString)
            : null;

    internal static byte[][]? GatherBytes(this ICommunicator communicator, ReadOnlySpan<byte> bytes, int root, int maximumRoundBytes)
    {
        int size = communicator.Size;
        int[] lengths = communicator.Allgather(bytes.Length);
        bool receives = communicator.Rank == root;
        byte[][]? gathered = receives ? Array.ConvertAll(lengths, length => new byte[length]) : null;

        int longest = lengths.Max();
        int share = Math.Max(1, maximumRoundBytes / size);
        int[] counts = new int[size];
        byte[] round = receives ? new byte[lengths.Sum(length => (long)Math.Min(length, share))] : [];
        for (long start = 0; start < longest; start += share)
        {
            for (int rank = 0; rank < size; rank++)
                counts[rank] = (int)Math.Clamp(lengths[rank] - start, 0, share);
            ReadOnlySpan<byte> part = bytes.Slice((int)Math.Min(start, bytes.Length), counts[communicator.Rank]);
            communicator.GatherFlattened(part, round, counts, root);
            if (gathered is null)
                continue;
            int offset = 0;
            for (int rank = 0; rank < size; rank++)
            {
                if (counts[rank] > 0)
                    round.AsSpan(offset, counts[rank]).CopyTo(gathered[rank].AsSpan((int)start));
                offset += counts[rank];
            }
        }

        return gathered;
    }
}
