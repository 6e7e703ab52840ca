using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Golden;

/// <summary>
/// The tables are the same bytes from version to version. A change that is meant to alter them comes with new digests, in a commit that
/// says how large the differences are; the test leaves the digests that it found in the folder that its failure names.
/// </summary>
public sealed class GoldenTableTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void Tables_of_the_quickstart_are_those_on_record() => Compare("quickstart", "quickstart.json");

    [Test]
    public void Neighbor_tables_of_the_sample_corpus_are_those_on_record() =>
        Compare("neighbors", "neighbors.json", "--corpus", Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"));

    [Test]
    [Category("Slow")]
    public void Tables_of_2312_real_files_are_those_on_record() =>
        Compare("cod-real", "quickstart.json", "--corpus", TestPaths.SharedOrIgnore("corpus/cod-real.tar.gz"));

    private void Compare(string name, string configuration, params string[] options)
    {
        string run = _folder["run"];
        ChildResult result = CrystalHpcCommand.Run(["run", CrystalHpcCommand.Configuration(configuration), "--run", run, .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] found = GoldenDigests.Of(run);
        string record = Path.Combine(AppContext.BaseDirectory, "Golden", "Data", $"{name}.sha256");
        string[] expected = File.Exists(record) ? File.ReadAllLines(record) : [];
        string copy = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{name}.sha256");
        File.WriteAllLines(copy, found);
        Assert.That(found, Is.EqualTo(expected), $"the digests found are in {copy}");
    }
}
