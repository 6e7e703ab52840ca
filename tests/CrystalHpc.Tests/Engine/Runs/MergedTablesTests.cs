using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>Merged tables are believed only as they were merged.</summary>
public sealed class MergedTablesTests
{
    private static readonly Job Job = new(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);

    private TemporaryFolder _folder = null!;
    private RunDirectory _run = null!;

    [SetUp]
    public void Merge()
    {
        _folder = new TemporaryFolder();
        _run = new RunDirectory(_folder.Path);
        Directory.CreateDirectory(_run.Merged);
        MergedTables.Open(_run);
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        foreach (string table in (string[])["groups.csv", "structures.csv"])
            digests[table] = Csv.Write(Path.Combine(_run.Merged, table), new[] { new GroupRow(table, 1, "accepted") });
        MergedTables.Close(_run, digests);
    }

    [TearDown]
    public void Remove_them() => _folder.Dispose();

    [Test]
    public void Tables_as_merged_are_believed() => Assert.That(() => MergedTables.Verify(Job, _run), Throws.Nothing);

    [TestCase("groups.csv")]
    [TestCase("structures.csv")]
    public void A_table_changed_by_hand_is_named(string table)
    {
        string path = Path.Combine(_run.Merged, table);
        File.WriteAllText(path, File.ReadAllText(path).Replace("accepted", "rejected", StringComparison.Ordinal));
        AssertRefused($"{path} is not as it was merged");
        File.Delete(path);
        AssertRefused($"{path} is not as it was merged");
    }

    [TestCase("\"structures.csv\": \"", "\"structures.csv\": \"0")]
    [TestCase("{", "")]
    [TestCase("\"tables\": {", "\"tables\": null, \"other\": {")]
    public void A_record_changed_by_hand_is_named(string old, string changed)
    {
        string record = Path.Combine(_run.Merged, "tables.json");
        string text = File.ReadAllText(record);
        File.WriteAllText(record, text.Replace(old, changed, StringComparison.Ordinal));
        AssertRefused($"{record} is not as it was merged");
    }

    [Test]
    public void Tables_of_a_merge_that_did_not_end_are_not_believed()
    {
        MergedTables.Open(_run);
        AssertRefused($"{_run.Root} is not merged, or not to the end: run 'crystalhpc merge");
    }

    private void AssertRefused(string message) =>
        Assert.That(() => MergedTables.Verify(Job, _run), Throws.TypeOf<UserException>().With.Message.Contains(message));
}
