using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Mpi.Contract;

namespace CrystalHpc.Tests.Mpi;

/// <summary>Started under mpirun by the tests: checks the communicator contract between real processes, or fails on purpose.</summary>
internal static class Program
{
    private const string Usage =
        "contract | throw | throw-thread | throw-rank-thread | throw-stuck | abort CODE | info | mpi | stop FILE | libraries";

    private static int Main(string[] arguments)
    {
        try
        {
            return MpiEnvironment.Run(arguments is ["mpi"] ? true : null, environment => Run(environment, arguments));
        }
        catch (MpiStartException problem)
        {
            Console.Error.WriteLine($"error: {problem.Message}");
            return 2;
        }
    }

    private static int Run(MpiEnvironment environment, string[] arguments)
    {
        ICommunicator world = environment.World;
        switch (arguments)
        {
            case [] or ["contract"]:
                return CheckContract(world);
            case ["throw"]:
                FailOnLastRank(world, () => throw new InvalidDataException("failure on purpose"));
                return 0;
            case ["throw-stuck"]:
                FailOnLastRank(world, () => throw new StuckException());
                return 0;
            case ["throw-thread"]:
                FailOnLastRank(world, () =>
                {
                    var thread = new Thread(ThrowWithContext);
                    thread.Start();
                    thread.Join();
                });
                return 0;
            case ["abort", var code]:
                FailOnLastRank(world, () => world.Abort(int.Parse(code, CultureInfo.InvariantCulture)));
                return 0;
            case ["throw-rank-thread"]:
                ThreadCommunicator.Run(2, threads =>
                {
                    if (threads.Rank == 1)
                        ThrowWithContext();
                    threads.Barrier();
                });
                return 0;
            case ["stop", var file]:
                return WaitForStop(file);
            case ["libraries"]:
                foreach (ProcessModule module in Process.GetCurrentProcess().Modules)
                    Console.WriteLine(module.ModuleName);
                foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
                    Console.WriteLine(assembly.GetName().Name);
                return 0;
            case ["info"] or ["mpi"]:
                if (world.Rank == 0)
                    Console.WriteLine(environment.Describe());
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 1;
        }
    }

    /// <summary>Says by a file that it listens, then waits for a signal, says so, and waits for a second one.</summary>
    private static int WaitForStop(string file)
    {
        using var signals = new StopSignals();
        File.WriteAllText(file, "ready");
        while (signals.Requested is null)
            Thread.Sleep(10);
        Console.WriteLine($"asked to stop by {signals.Requested}");
        Thread.Sleep(TimeSpan.FromSeconds(20));
        return 0;
    }

    private static int CheckContract(ICommunicator world)
    {
        int passed = 0, failed = 0, skipped = 0;
        foreach (ContractCheck check in CommunicatorContract.Checks)
        {
            if (world.Size < check.MinimumSize)
            {
                skipped++;
                continue;
            }

            JobContext.File = check.Name;
            var expectations = new Expectations();
            check.Body(world, expectations);
            string[]? reports = world.GatherStrings(string.Join('\n', expectations.Failures), 0);
            int failures = world.Allreduce(expectations.Failures.Count, ReduceOperation.Sum);
            _ = failures == 0 ? passed++ : failed++;
            for (int rank = 0; rank < reports?.Length; rank++)
            {
                if (reports[rank].Length > 0)
                    Console.WriteLine($"FAILED {check.Name}, rank {rank}:\n{reports[rank]}");
            }
        }

        if (world.Rank == 0)
            Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>The last rank fails while the others wait for it.</summary>
    private static void FailOnLastRank(ICommunicator world, Action fail)
    {
        if (world.Rank == world.Size - 1)
        {
            SetContext();
            fail();
        }

        world.Barrier();
    }

    private static void ThrowWithContext()
    {
        SetContext();
        throw new InvalidDataException("failure on purpose");
    }

    private static void SetContext()
    {
        JobContext.Shard = 17;
        JobContext.File = "1000041.cif";
    }

    /// <summary>A failure whose report never ends, as an abort that hangs inside MPI.</summary>
    private sealed class StuckException : Exception
    {
        public override string ToString()
        {
            Thread.Sleep(Timeout.Infinite);
            return "";
        }
    }
}
