using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Wrong arguments are refused before anything is sent, alike by all communicators.</summary>
internal static class ArgumentChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("Element types outside the list are refused", 1, ElementTypes),
        new("Operations that a type lacks are refused", 1, Operations),
        new("Ranks and tags out of range are refused", 1, Ranges),
        new("Counts that do not fit are refused", 1, Counts),
    ];

    private static void ElementTypes(ICommunicator comm, Expectations expect)
    {
        expect.Throws<ArgumentException>(() => comm.Broadcast<char>(new char[1], 0), "broadcast of char");
        expect.Throws<ArgumentException>(() => comm.AllreduceInPlace<short>(new short[1], ReduceOperation.Sum), "sum of short");
        expect.Throws<ArgumentException>(() => comm.Send<decimal>(new decimal[1], 0, 0), "send of decimal");
        expect.Throws<ArgumentException>(() => comm.Receive<Guid>(new Guid[1], 0, 0), "receive of Guid");
        expect.Throws<ArgumentException>(() => comm.ImmediateReceive<uint>(new uint[1], 0, 0), "receive of uint");
        ArgumentException? error = expect.Throws<ArgumentException>(() => comm.ImmediateSend<bool>(new bool[1], 0, 0), "send of bool");
        expect.True(error?.Message.Contains("System.Boolean", StringComparison.Ordinal) is true, "the message names the type");
    }

    private static void Operations(ICommunicator comm, Expectations expect)
    {
        expect.Throws<ArgumentException>(() => comm.AllreduceInPlace<double>(new double[1], ReduceOperation.BitwiseOr), "or of doubles");
        expect.Throws<ArgumentException>(() => comm.ReduceInPlace<float>(new float[1], ReduceOperation.LogicalAnd, 0), "and of floats");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.AllreduceInPlace<int>(new int[1], (ReduceOperation)10), "operation 10");
    }

    private static void Ranges(ICommunicator comm, Expectations expect)
    {
        int[] one = new int[1];
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Broadcast<int>(one, comm.Size), "root beyond the last rank");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.ReduceInPlace<int>(one, ReduceOperation.Sum, -1), "root -1");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Send<int>(one, comm.Size, 0), "destination beyond the last rank");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Send<int>(one, 0, -1), "tag -1 of a send");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Send<int>(one, 0, ICommunicator.MaxTag + 1), "tag beyond the last");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Receive<int>(one, -2, 0), "source -2");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Probe(0, -2), "tag -2 of a probe");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Split(-1, 0), "color -1");
        expect.Throws<ArgumentOutOfRangeException>(() => comm.Abort(0), "exit code 0 of an abort");
    }

    private static void Counts(ICommunicator comm, Expectations expect)
    {
        int[] ones = new int[comm.Size];
        Array.Fill(ones, 1);
        long[] one = new long[1], all = new long[comm.Size];
        expect.Throws<ArgumentException>(() => comm.AllgatherFlattened<long>(one, all, [.. ones, 1]), "one count too many");
        expect.Throws<ArgumentException>(() => comm.AllgatherFlattened<long>([], all, ones), "nothing where the counts say one");
        expect.Throws<ArgumentException>(() => comm.AllgatherFlattened<long>(one, all.AsSpan(1), ones), "a buffer too short");
        expect.Throws<ArgumentException>(
            () => comm.GatherFlattened<long>(one, all.AsSpan(1), ones, comm.Rank), "a buffer of the root too short");
        expect.Throws<ArgumentException>(
            () => comm.ScatterFromFlattened<long>(all.AsSpan(1), ones, one, comm.Rank), "values of the root too few");
    }
}
