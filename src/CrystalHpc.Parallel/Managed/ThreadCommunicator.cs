using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CrystalHpc.Parallel.Managed;
using Slot = CrystalHpc.Parallel.Managed.ThreadTeam.Slot;

namespace CrystalHpc.Parallel;

/// <summary>Ranks that are threads of one process. Collective calls work directly on the memory of the other ranks.</summary>
public sealed unsafe class ThreadCommunicator : ManagedCommunicator
{
    /// <summary>Stands for "every rank" where a call names a root.</summary>
    private const int AllRanks = -1;

    /// <summary>Elements combined at a time, so that they stay in the first-level cache.</summary>
    private const int BlockLength = 512;

    private readonly ThreadTeam _team;

    private ThreadCommunicator(ThreadTeam team, int rank)
        : base(rank, team.Mailboxes) => _team = team;

    /// <summary>
    /// Runs a body once for each rank, each on a thread of its own, and returns when all have ended. An exception on one rank ends the
    /// others at their next call of the communicator and is thrown here.
    /// </summary>
    /// <param name="size">Number of ranks.</param>
    /// <param name="body">What each rank does; the communicator is valid until it returns.</param>
    /// <exception cref="CommunicatorAbortedException">A rank called <see cref="Abort"/>.</exception>
    public static void Run(int size, Action<ICommunicator> body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(body);
        var team = new ThreadTeam(size, new Gate(size));
        var threads = new Thread[size];
        for (int i = 0; i < size; i++)
        {
            int rank = i;
            threads[i] = new Thread(() => RunRank(team, rank, body))
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"rank {rank}"),
                IsBackground = true,
            };
        }

        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        team.Gate.Rethrow();
    }

    /// <inheritdoc/>
    public override void Barrier()
    {
        Begin(CollectiveCall.Barrier, ElementType.Byte, AllRanks, 0, null, 0);
        _team.End();
    }

    /// <inheritdoc/>
    public override void Broadcast<T>(Span<T> values, int root)
    {
        ElementType type = Require.Element<T>();
        Require.Root(root, Size);
        fixed (T* own = values)
        {
            Begin(CollectiveCall.Broadcast, type, root, 0, own, values.Length);
            if (Rank != root)
                new ReadOnlySpan<T>((void*)_team[root].Address, values.Length).CopyTo(values);
            _team.End();
        }
    }

    /// <inheritdoc/>
    public override void ReduceInPlace<T>(Span<T> values, ReduceOperation operation, int root)
    {
        Require.Root(root, Size);
        Reduce(values, operation, root);
    }

    /// <inheritdoc/>
    public override void AllreduceInPlace<T>(Span<T> values, ReduceOperation operation) => Reduce(values, operation, AllRanks);

    /// <inheritdoc/>
    public override void GatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root)
    {
        Require.Root(root, Size);
        if (Rank == root)
            Require.Counts(counts, Size, Rank, values.Length, gathered.Length);
        Gather(values, gathered, counts, root);
    }

    /// <inheritdoc/>
    public override void AllgatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts)
    {
        Require.Counts(counts, Size, Rank, values.Length, gathered.Length);
        Gather(values, gathered, counts, AllRanks);
    }

    /// <inheritdoc/>
    public override void ScatterFromFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> received, int root)
    {
        ElementType type = Require.Element<T>();
        Require.Root(root, Size);
        if (Rank == root)
            Require.Counts(counts, Size, Rank, received.Length, values.Length);
        long expected;
        fixed (T* own = values)
        fixed (int* ownCounts = counts)
        {
            Begin(CollectiveCall.Scatter, type, root, 0, own, values.Length, ownCounts);
            var all = new ReadOnlySpan<int>((void*)_team[root].Counts, Size);
            long offset = 0;
            for (int rank = 0; rank < Rank; rank++)
                offset += all[rank];
            expected = all[Rank];
            if (expected == received.Length)
                new ReadOnlySpan<T>((T*)_team[root].Address + offset, received.Length).CopyTo(received);
            _team.End();
        }

        if (expected != received.Length)
            throw new ArgumentException($"rank {Rank} expects {received.Length} elements, but the root sends {expected}", nameof(received));
    }

    /// <inheritdoc/>
    public override ICommunicator? Split(int? color, int key)
    {
        Require.Color(color);
        Begin(CollectiveCall.Split, ElementType.Byte, AllRanks, 0, (void*)(nint)(color ?? -1), key);
        int[] members = [.. Enumerable.Range(0, Size).Where(rank => _team[rank].Address == (color ?? -1))
            .OrderBy(rank => _team[rank].Length)];
        _team.End();
        if (color is not null && members[0] == Rank)
            _team.Children[Rank] = new ThreadTeam(members.Length, _team.Gate);
        Begin(CollectiveCall.Join, ElementType.Byte, AllRanks, 0, null, 0);
        ThreadTeam? child = color is null ? null : _team.Children[members[0]];
        _team.End();
        return child is null ? null : new ThreadCommunicator(child, Array.IndexOf(members, Rank));
    }

    /// <summary>Ends all ranks, each at its next call of a communicator; <see cref="Run"/> then throws
    /// <see cref="CommunicatorAbortedException"/> with the exit code.</summary>
    /// <param name="exitCode">From 1 to 255.</param>
    [DoesNotReturn]
    public override void Abort(int exitCode)
    {
        Require.ExitCode(exitCode);
        _team.Gate.Abort(exitCode);
        throw new CommunicatorAbortedException(exitCode);
    }

    private static void RunRank(ThreadTeam team, int rank, Action<ICommunicator> body)
    {
        JobContext.ThreadRank = rank;
        try
        {
            body(new ThreadCommunicator(team, rank));
        }
        catch (Exception exception)
        {
            JobContext.Attach(exception);
            team.Gate.Fail(exception);
        }
    }

    private void Begin(CollectiveCall call, ElementType type, int root, int detail, void* address, long length, void* counts = null)
    {
        var slot = new Slot
        {
            Call = call,
            Type = type,
            Root = root,
            Detail = detail,
            Address = (nint)address,
            Length = length,
            Counts = (nint)counts,
        };
        if (!_team.Begin(Rank, in slot))
            _team.EndMismatch();
    }

    /// <summary>
    /// Each rank combines its share of the elements over all ranks, in rank order, and writes the result where it is wanted. No other rank
    /// touches these elements, so no copy of the values is needed.
    /// </summary>
    private void Reduce<T>(Span<T> values, ReduceOperation operation, int root) where T : unmanaged
    {
        ElementType type = Require.Reducible<T>(operation);
        Span<T> block = stackalloc T[BlockLength];
        fixed (T* own = values)
        {
            Begin(CollectiveCall.Reduce, type, root, (int)operation, own, values.Length);
            int last = (int)((long)values.Length * (Rank + 1) / Size);
            int length;
            for (int start = (int)((long)values.Length * Rank / Size); start < last; start += length)
            {
                length = Math.Min(BlockLength, last - start);
                Span<T> result = block[..length];
                Of<T>(0, start, length).CopyTo(result);
                for (int rank = 1; rank < Size; rank++)
                    Reduction.Combine<T>(operation, result, Of<T>(rank, start, length));
                for (int rank = 0; rank < Size; rank++)
                {
                    if (root is AllRanks || root == rank)
                        result.CopyTo(Of<T>(rank, start, length));
                }
            }

            _team.End();
        }
    }

    private void Gather<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        int wrong = -1;
        long sent = 0;
        fixed (T* own = values)
        {
            Begin(CollectiveCall.Gather, type, root, 0, own, values.Length);
            if (root is AllRanks || root == Rank)
            {
                int offset = 0;
                for (int rank = 0; rank < Size; rank++)
                {
                    if (_team[rank].Length == counts[rank])
                        Of<T>(rank, 0, counts[rank]).CopyTo(gathered[offset..]);
                    else
                        (wrong, sent) = (rank, _team[rank].Length);
                    offset += counts[rank];
                }
            }

            _team.End();
        }

        if (wrong >= 0)
            throw new ArgumentException($"rank {wrong} sends {sent} elements, but the counts say {counts[wrong]}", nameof(counts));
    }

    private Span<T> Of<T>(int rank, int start, int length) where T : unmanaged => new((T*)_team[rank].Address + start, length);
}
