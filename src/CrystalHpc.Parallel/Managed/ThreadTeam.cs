using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Managed;

/// <summary>What the collective calls of a <see cref="ThreadCommunicator"/> share.</summary>
internal sealed class ThreadTeam
{
    private readonly TeamBarrier _barrier;
    private readonly Slot[] _slots;

    public ThreadTeam(int size, Gate gate)
    {
        Gate = gate;
        _barrier = new TeamBarrier(size, gate);
        _slots = new Slot[size];
        Children = new ThreadTeam?[size];
        Mailboxes = new Mailbox[size];
        for (int rank = 0; rank < size; rank++)
            Mailboxes[rank] = new Mailbox(gate);
    }

    public int Size => _slots.Length;

    public Gate Gate { get; }

    public Mailbox[] Mailboxes { get; }

    /// <summary>New teams of a split, at the index of their first rank.</summary>
    public ThreadTeam?[] Children { get; }

    /// <summary>What a rank brought to the current call; valid between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public ref readonly Slot this[int rank] => ref _slots[rank];

    /// <summary>
    /// Meets the other ranks in a collective call. From here to <see cref="End"/> every rank may use the memory that the others brought,
    /// so nothing may throw. False: the ranks made different calls; then no memory may be used.
    /// </summary>
    public bool Begin(int rank, in Slot slot)
    {
        _slots[rank] = slot;
        _barrier.Meet(breakable: true);
        return FirstMismatch() < 0;
    }

    /// <summary>Waits until every rank is done with the memory of the others.</summary>
    public void End() => _barrier.Meet(breakable: false);

    /// <summary>Ends a call in which the ranks disagree; throws the same on every rank.</summary>
    public void EndMismatch()
    {
        int other = FirstMismatch();
        Slot first = _slots[0];
        Slot differing = _slots[other];
        End();
        throw new MpiException(
            first.Call.ToString(), "MPI_ERR_OTHER", 0,
            $"the ranks make different calls: rank 0 {first.Text}; rank {other} {differing.Text}");
    }

    private int FirstMismatch()
    {
        ref readonly Slot first = ref _slots[0];
        for (int rank = 1; rank < _slots.Length; rank++)
        {
            if (!_slots[rank].Agrees(in first))
                return rank;
        }

        return -1;
    }

    /// <summary>A call of one rank; padded to cache lines of its own, since the ranks write at the same time.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    internal struct Slot
    {
        public CollectiveCall Call;
        public ElementType Type;
        public int Detail;
        public int Root;

        /// <summary>Number of elements at <see cref="Address"/>; in a split: the key.</summary>
        public long Length;

        /// <summary>Pinned memory; in a split: the color, or -1.</summary>
        public nint Address;

        /// <summary>Pinned counts of the root of a scatter.</summary>
        public nint Counts;

        public readonly string Text =>
            $"{Call}{(Call == CollectiveCall.Reduce ? $" {(ReduceOperation)Detail}" : "")} of {Length} {Type}, "
                + $"{(Root < 0 ? "all ranks" : $"root {Root}")}";

        public readonly bool Agrees(in Slot other) =>
            Call == other.Call && Type == other.Type && Detail == other.Detail && Root == other.Root &&
            (Length == other.Length || Call is not (CollectiveCall.Broadcast or CollectiveCall.Reduce));
    }
}

/// <summary>The collective calls that meet in a <see cref="ThreadTeam"/>.</summary>
internal enum CollectiveCall
{
    Barrier,
    Broadcast,
    Reduce,
    Gather,
    Scatter,
    Split,
    Join,
}
