using CrystalHpc.Parallel;
using CrystalHpc.Tests.Mpi.Contract;

namespace CrystalHpc.Tests.Parallel;

/// <summary>The serial and the threaded communicator keep the communicator contract.</summary>
public sealed class ManagedCommunicatorTests
{
    private const int TimeoutMilliseconds = 60_000;

    private static IEnumerable<TestCaseData> SerialChecks() => Cases(sizes: [1]);

    private static IEnumerable<TestCaseData> ThreadChecks() => Cases(sizes: [1, 2, 3, 4]);

    [TestCaseSource(nameof(SerialChecks))]
    public void A_serial_communicator_keeps_the_contract(int size, object check)
    {
        using var communicator = new SerialCommunicator();
        Assert.That(communicator.Size, Is.EqualTo(size));
        var expectations = new Expectations();
        ((ContractCheck)check).Body(communicator, expectations);
        Assert.That(expectations.Failures, Is.Empty);
    }

    [TestCaseSource(nameof(ThreadChecks))]
    public void A_threaded_communicator_keeps_the_contract(int size, object check)
    {
        var expectations = new Expectations[size];
        Exception? surfaced = Within(() => ThreadCommunicator.Run(size, communicator =>
        {
            expectations[communicator.Rank] = new Expectations();
            ((ContractCheck)check).Body(communicator, expectations[communicator.Rank]);
        }));
        Assert.That(surfaced, Is.Null);
        Assert.That(expectations.SelectMany(rank => rank.Failures), Is.Empty);
    }

    [Test]
    public void Threads_add_floating_point_numbers_in_rank_order()
    {
        // ((1e16 + 1) - 1e16) + 1 is 1 in this order only; other orders give 0 or 2.
        double[] values = [1e16, 1, -1e16, 1];
        double[] sums = new double[4];
        ThreadCommunicator.Run(4, communicator => sums[communicator.Rank] = communicator.Allreduce(
            values[communicator.Rank], ReduceOperation.Sum));
        Assert.That(sums, Is.All.EqualTo(1.0));
    }

    [Test]
    public void An_exception_on_one_rank_ends_the_others_and_surfaces()
    {
        foreach (Action<ICommunicator> wait in WaysToWait())
        {
            var failure = new InvalidDataException("on purpose");
            int ended = 0;
            Exception? surfaced = Within(() => ThreadCommunicator.Run(4, communicator =>
            {
                try
                {
                    if (communicator.Rank == 2)
                        throw failure;
                    wait(communicator);
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            }));
            Assert.That(surfaced, Is.SameAs(failure));
            Assert.That(ended, Is.EqualTo(4));
        }
    }

    [Test]
    public void An_abort_on_one_rank_ends_the_others_with_its_exit_code()
    {
        foreach (Action<ICommunicator> wait in WaysToWait())
        {
            Exception? surfaced = Within(() => ThreadCommunicator.Run(3, communicator =>
            {
                if (communicator.Rank == 1)
                    communicator.Abort(9);
                wait(communicator);
            }));
            Assert.That((surfaced as CommunicatorAbortedException)?.ExitCode, Is.EqualTo(9));
        }
    }

    [Test]
    public void A_rank_that_ignores_the_failure_of_another_ends_at_its_next_call()
    {
        using var failed = new ManualResetEventSlim();
        var reached = new bool[2];
        Exception? surfaced = Within(() => ThreadCommunicator.Run(2, communicator =>
        {
            if (communicator.Rank == 0)
            {
                failed.Set();
                throw new InvalidDataException("on purpose");
            }

            failed.Wait();
            try
            {
                communicator.Barrier();
            }
            catch (CommunicatorAbortedException)
            {
                reached[0] = true;
            }

            communicator.Send<int>([1], 0, 0);
            reached[1] = true;
        }));
        Assert.That(surfaced, Is.InstanceOf<InvalidDataException>());
        Assert.That(reached, Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void Ranks_that_make_different_calls_are_told_which()
    {
        Exception? surfaced = Within(() => ThreadCommunicator.Run(3, communicator =>
        {
            if (communicator.Rank == 1)
                communicator.Allreduce(1.5, ReduceOperation.Sum);
            else
                communicator.Barrier();
        }));
        Assert.That(surfaced, Is.InstanceOf<MpiException>());
        Assert.That(surfaced!.Message, Does.Contain("rank 0 Barrier").And.Contain("rank 1 Reduce Sum of 1 Double"));
    }

    [Test]
    public void Ranks_that_bring_different_lengths_are_told_so()
    {
        Exception? surfaced = Within(() => ThreadCommunicator.Run(2, communicator =>
            communicator.AllreduceInPlace<long>(new long[3 + communicator.Rank], ReduceOperation.Sum)));
        Assert.That(surfaced!.Message, Does.Contain("rank 0 Reduce Sum of 3 Int64").And.Contain("rank 1 Reduce Sum of 4 Int64"));
    }

    [Test]
    public void A_gather_whose_counts_are_wrong_names_the_rank()
    {
        Exception? surfaced = Within(() => ThreadCommunicator.Run(2, communicator =>
            communicator.GatherFlattened<int>(new int[2 + communicator.Rank], new int[4], [2, 2], 0)));
        Assert.That(surfaced, Is.InstanceOf<ArgumentException>());
        Assert.That(surfaced!.Message, Does.Contain("rank 1 sends 3 elements, but the counts say 2"));
    }

    [Test]
    public void A_single_rank_does_not_wait_for_a_message_that_nobody_sends()
    {
        using var serial = new SerialCommunicator();
        Assert.That(() => serial.Receive<int>(new int[1], 0, 0), Throws.InvalidOperationException);
        Assert.That(() => serial.Probe(0, 0), Throws.InvalidOperationException);
    }

    [Test]
    public void Reductions_survive_ranks_that_come_at_odd_times()
    {
        const int Size = 4;
        const int Rounds = 3000;
        long wrong = 0;
        Exception? surfaced = Within(() => ThreadCommunicator.Run(Size, communicator =>
        {
            var random = new Random(communicator.Rank);
            long[] values = new long[5];
            for (int round = 0; round < Rounds; round++)
            {
                Array.Fill(values, communicator.Rank + round);
                if (random.Next(50) == 0)
                    Thread.Sleep(random.Next(2));
                communicator.AllreduceInPlace<long>(values, ReduceOperation.Sum);
                if (values.Any(value => value != (Size * round) + 6))
                    Interlocked.Increment(ref wrong);
            }
        }));
        Assert.That(surfaced, Is.Null);
        Assert.That(wrong, Is.Zero);
    }

    private static IEnumerable<TestCaseData> Cases(int[] sizes) =>
        from size in sizes
        from check in CommunicatorContract.Checks
        where check.MinimumSize <= size
        select new TestCaseData(size, check).SetArgDisplayNames($"{size}", check.Name);

    private static IEnumerable<Action<ICommunicator>> WaysToWait() =>
    [
        communicator => communicator.Barrier(),
        communicator => communicator.Allreduce(1L, ReduceOperation.Sum),
        communicator => communicator.Receive<int>(new int[1], ICommunicator.AnySource, ICommunicator.AnyTag),
        communicator => communicator.Probe(ICommunicator.AnySource, ICommunicator.AnyTag),
        communicator => communicator.ImmediateReceive<int>(new int[1], 0, 0).Wait(),
        communicator =>
        {
            using Request request = communicator.ImmediateReceive<int>(new int[1], 0, 0);
            while (request.Test() is null)
                Thread.Yield();
        },
    ];

    /// <summary>Runs an action that could wait forever; returns its exception.</summary>
    private static Exception? Within(Action action)
    {
        Exception? caught = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                caught = exception;
            }
        }) { IsBackground = true };
        thread.Start();
        Assert.That(thread.Join(TimeoutMilliseconds), Is.True, "the ranks wait forever");
        return caught;
    }
}
