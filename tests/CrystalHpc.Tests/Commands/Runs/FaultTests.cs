using CrystalHpc.Chaos;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary>
/// A few failures of each kind of the chaos program's injector: whatever call of the C library fails, nothing is lost with exit code 0, and
/// the job can be started again. <c>CrystalHpc.Chaos --runs 0 --faults 200</c> does many more.
/// </summary>
[Category("Slow")]
public sealed class FaultTests
{
    private TemporaryFolder _folder = null!;
    private Injection _injection = null!;

    [OneTimeSetUp]
    public void Count_the_calls()
    {
        _folder = new TemporaryFolder();
        if (FaultInjector.Compile(_folder.Path, out string reason) is not { } injector)
        {
            Assert.Ignore(reason);
            return;
        }

        var laboratory = new Laboratory(_folder.Path, Laboratory.Quickstart, Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "1"));
        _injection = new Injection(laboratory, injector, _folder["counted"]);
    }

    [OneTimeTearDown]
    public void Remove_the_runs() => _folder.Dispose();

    // One seed for each kind: open, read, write, fsync, close, rename, mkdir, unlink.
    [Test]
    public void A_call_that_fails_loses_nothing_unsaid([Range(0, 7)] int seed) =>
        Assert.That(_injection.Run(_folder[$"run-{seed}"], seed, out string story), Is.Null, story);
}
