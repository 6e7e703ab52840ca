using System.Diagnostics.CodeAnalysis;
using CrystalHpc.Parallel.Managed;

namespace CrystalHpc.Parallel;

/// <summary>The only rank of a job without MPI: collective calls copy, messages go to itself.</summary>
public sealed class SerialCommunicator : ManagedCommunicator
{
    /// <summary>Makes a communicator of one rank.</summary>
    public SerialCommunicator()
        : base(0, [new Mailbox(new Gate(1))])
    {
    }

    /// <inheritdoc/>
    public override void Barrier()
    {
    }

    /// <inheritdoc/>
    public override void Broadcast<T>(Span<T> values, int root)
    {
        Require.Element<T>();
        Require.Root(root, 1);
    }

    /// <inheritdoc/>
    public override void ReduceInPlace<T>(Span<T> values, ReduceOperation operation, int root)
    {
        Require.Root(root, 1);
        AllreduceInPlace(values, operation);
    }

    /// <inheritdoc/>
    public override void AllreduceInPlace<T>(Span<T> values, ReduceOperation operation) => Require.Reducible<T>(operation);

    /// <inheritdoc/>
    public override void GatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root)
    {
        Require.Root(root, 1);
        AllgatherFlattened(values, gathered, counts);
    }

    /// <inheritdoc/>
    public override void AllgatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts)
    {
        Require.Element<T>();
        Require.Counts(counts, 1, 0, values.Length, gathered.Length);
        values.CopyTo(gathered);
    }

    /// <inheritdoc/>
    public override void ScatterFromFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> received, int root)
    {
        Require.Element<T>();
        Require.Root(root, 1);
        Require.Counts(counts, 1, 0, received.Length, values.Length);
        values[..received.Length].CopyTo(received);
    }

    /// <inheritdoc/>
    public override ICommunicator? Split(int? color, int key)
    {
        Require.Color(color);
        return color is null ? null : new SerialCommunicator();
    }

    /// <inheritdoc/>
    [DoesNotReturn]
    public override void Abort(int exitCode)
    {
        Require.ExitCode(exitCode);
        Environment.Exit(exitCode);
    }
}
