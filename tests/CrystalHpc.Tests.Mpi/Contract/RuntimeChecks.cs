using System.Runtime.CompilerServices;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>The .NET runtime works as usual beside a loaded MPI library, which may have replaced signal handlers.</summary>
internal static class RuntimeChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("A null reference is still an exception", 1, NullReference),
        new("A division by zero is still an exception", 1, DivisionByZero),
        new("Threads and the garbage collector work", 1, ThreadsAndCollector),
        new("A child process can be started", 1, ChildProcess),
    ];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Length(string? text) => text!.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Divide(int x, int y) => x / y;

    private static void NullReference(ICommunicator comm, Expectations expect) =>
        expect.Throws<NullReferenceException>(() => Length(null), "length of null");

    private static void DivisionByZero(ICommunicator comm, Expectations expect) =>
        expect.Throws<DivideByZeroException>(() => Divide(1, comm.Rank - comm.Rank), "1 / 0");

    private static void ThreadsAndCollector(ICommunicator comm, Expectations expect)
    {
        long sum = 0;
        System.Threading.Tasks.Parallel.For(0, 1000, i => Interlocked.Add(ref sum, new long[100].Length + i));
        GC.Collect();
        expect.Equal(sum, 599_500L, "sum of a parallel loop");
    }

    private static void ChildProcess(ICommunicator comm, Expectations expect)
    {
        using var process = System.Diagnostics.Process.Start("true");
        process.WaitForExit();
        expect.Equal(process.ExitCode, 0, "exit code of a child");
    }
}
