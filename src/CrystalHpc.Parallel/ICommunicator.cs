using System.Diagnostics.CodeAnalysis;

namespace CrystalHpc.Parallel;

/// <summary>
/// A group of ranks that exchange messages: processes under MPI (<see cref="MpiCommunicator"/>), threads of one process
/// (<see cref="ThreadCommunicator"/>) or a single rank without either (<see cref="SerialCommunicator"/>).
/// </summary>
/// <remarks>
/// <para>Element types are byte, int, long, ulong, float and double; any other is an <see cref="ArgumentException"/>. Collective calls must
/// be made by every rank of the communicator, in the same order, with the same operation and root. Errors that the message layer reports
/// are <see cref="MpiException"/>.</para>
/// <para>A span holds at most 2^31-1 elements, which is also the largest count of an MPI call; longer data travels in pieces
/// (see <see cref="CommunicatorExtensions.GatherBytes(ICommunicator, ReadOnlySpan{byte}, int)"/>).</para>
/// <para>One thread of a rank may use a communicator at a time.</para>
/// </remarks>
public interface ICommunicator : IDisposable
{
    /// <summary>Accepts a message from any rank.</summary>
    const int AnySource = -1;

    /// <summary>Accepts a message with any tag.</summary>
    const int AnyTag = -1;

    /// <summary>The largest tag that every MPI library accepts.</summary>
    const int MaxTag = 32767;

    /// <summary>This rank, from 0 to <see cref="Size"/> - 1.</summary>
    int Rank { get; }

    /// <summary>Number of ranks.</summary>
    int Size { get; }

    /// <summary>Returns when every rank has come here.</summary>
    void Barrier();

    /// <summary>Copies the root's values to every rank.</summary>
    /// <param name="values">Read on the root, written elsewhere; the same length everywhere.</param>
    /// <param name="root">Rank that holds the values.</param>
    void Broadcast<T>(Span<T> values, int root) where T : unmanaged;

    /// <summary>Combines the values of all ranks element by element; the root's values become the result, the others keep theirs.</summary>
    /// <param name="values">Contribution of this rank; the same length everywhere.</param>
    /// <param name="operation">How two values combine. Logical and bitwise operations take whole numbers only.</param>
    /// <param name="root">Rank that receives the result.</param>
    void ReduceInPlace<T>(Span<T> values, ReduceOperation operation, int root) where T : unmanaged;

    /// <summary>
    /// Combines the values of all ranks element by element and gives every rank the result. Whole numbers give the same result for any
    /// number of ranks; sums of floating-point numbers do not (MPI fixes no order; the managed communicators add in rank order).
    /// </summary>
    /// <param name="values">Contribution of this rank, replaced by the result; the same length everywhere.</param>
    /// <param name="operation">How two values combine. Logical and bitwise operations take whole numbers only.</param>
    void AllreduceInPlace<T>(Span<T> values, ReduceOperation operation) where T : unmanaged;

    /// <summary>Lays the values of all ranks end to end, in rank order, on the root.</summary>
    /// <param name="values">Contribution of this rank, of length <c>counts[Rank]</c>.</param>
    /// <param name="gathered">On the root: receives the values, at least as long as the sum of the counts. Elsewhere: ignored.</param>
    /// <param name="counts">On the root: number of values of each rank. Elsewhere: ignored.</param>
    /// <param name="root">Rank that receives.</param>
    void GatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root) where T : unmanaged;

    /// <summary>Lays the values of all ranks end to end, in rank order, on every rank.</summary>
    /// <param name="values">Contribution of this rank, of length <c>counts[Rank]</c>.</param>
    /// <param name="gathered">Receives the values, at least as long as the sum of the counts.</param>
    /// <param name="counts">Number of values of each rank, the same everywhere.</param>
    void AllgatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts) where T : unmanaged;

    /// <summary>Deals the root's values out, in rank order.</summary>
    /// <param name="values">On the root: the values of all ranks end to end. Elsewhere: ignored.</param>
    /// <param name="counts">On the root: number of values of each rank. Elsewhere: ignored.</param>
    /// <param name="received">Receives this rank's values, of length <c>counts[Rank]</c>.</param>
    /// <param name="root">Rank that holds the values.</param>
    void ScatterFromFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> received, int root) where T : unmanaged;

    /// <summary>Sends values to a rank; may wait until the message is received.</summary>
    /// <param name="values">The message.</param>
    /// <param name="destination">Receiving rank.</param>
    /// <param name="tag">From 0 to <see cref="MaxTag"/>.</param>
    void Send<T>(ReadOnlySpan<T> values, int destination, int tag) where T : unmanaged;

    /// <summary>Waits for a message. One that is longer than <paramref name="values"/> is an <see cref="MpiException"/>
    /// of class MPI_ERR_TRUNCATE; the message is gone then.</summary>
    /// <param name="values">Receives the message; may be longer than it.</param>
    /// <param name="source">Sending rank, or <see cref="AnySource"/>.</param>
    /// <param name="tag">Tag of the message, or <see cref="AnyTag"/>.</param>
    MessageStatus Receive<T>(Span<T> values, int source, int tag) where T : unmanaged;

    /// <summary>Waits until a message can be received and describes it, leaving it there.</summary>
    /// <param name="source">Sending rank, or <see cref="AnySource"/>.</param>
    /// <param name="tag">Tag of the message, or <see cref="AnyTag"/>.</param>
    MessageStatus Probe(int source, int tag);

    /// <summary>Describes a message that can be received now, or null when there is none.</summary>
    /// <param name="source">Sending rank, or <see cref="AnySource"/>.</param>
    /// <param name="tag">Tag of the message, or <see cref="AnyTag"/>.</param>
    MessageStatus? ImmediateProbe(int source, int tag);

    /// <summary>Starts a send and returns at once. The values must not change before the request is complete.</summary>
    /// <param name="values">The message; kept pinned by the request.</param>
    /// <param name="destination">Receiving rank.</param>
    /// <param name="tag">From 0 to <see cref="MaxTag"/>.</param>
    Request ImmediateSend<T>(ReadOnlyMemory<T> values, int destination, int tag) where T : unmanaged;

    /// <summary>Starts a receive and returns at once. The values are valid once the request is complete.</summary>
    /// <param name="values">Receives the message; kept pinned by the request.</param>
    /// <param name="source">Sending rank, or <see cref="AnySource"/>.</param>
    /// <param name="tag">Tag of the message, or <see cref="AnyTag"/>.</param>
    Request ImmediateReceive<T>(Memory<T> values, int source, int tag) where T : unmanaged;

    /// <summary>Divides the ranks into new communicators, one for each color. A collective call.</summary>
    /// <param name="color">Ranks of equal color go together; null: this rank takes no part and gets null.</param>
    /// <param name="key">Order of the ranks in the new communicator; equal keys keep their order.</param>
    ICommunicator? Split(int? color, int key);

    /// <summary>Divides the ranks into one communicator for each node (ranks that share memory). A collective call.</summary>
    ICommunicator SplitNode();

    /// <summary>Ends all ranks, also those that wait or compute, and the job with the exit code.</summary>
    /// <param name="exitCode">Exit code of the job, from 1 to 255.</param>
    [DoesNotReturn]
    void Abort(int exitCode);
}
