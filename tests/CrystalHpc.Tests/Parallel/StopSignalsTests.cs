namespace CrystalHpc.Tests.Parallel;

/// <summary>The first signal asks, the second ends.</summary>
public sealed class StopSignalsTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CrystalHpc.Tests.Mpi.dll");

    [TestCase("USR1", "TERM", 143)]
    [TestCase("TERM", "USR1", 138)]
    public void A_first_signal_asks_to_stop_and_a_later_one_ends_at_once(string first, string second, int exitCode)
    {
        using var folder = new TemporaryFolder();
        ChildResult result = Signal(folder["ready"], $"kill -{first} $p; sleep 1.5; kill -{second} $p");
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        Assert.That(result.Output, Does.Contain($"asked to stop by SIG{first}"));
    }

    [Test]
    public void The_same_signal_passed_on_twice_is_one_request()
    {
        using var folder = new TemporaryFolder();
        ChildResult result = Signal(folder["ready"], "kill -TERM $p; kill -USR1 $p; sleep 0.1; kill -TERM $p; sleep 0.5; kill -KILL $p");
        Assert.That(result.ExitCode, Is.EqualTo(137), result.ToString());
    }

    private static ChildResult Signal(string ready, string signals) => ChildProcess.Run(
        "sh",
        ["-c", $"dotnet '{Program}' stop '{ready}' & p=$!; while [ ! -s '{ready}' ]; do sleep 0.05; done; {signals}; wait $p"],
        LaunchedProgram.TestMachine);
}
