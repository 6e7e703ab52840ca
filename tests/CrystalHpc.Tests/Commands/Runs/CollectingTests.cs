using System.IO.Compression;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary>
/// Runs looked into and collected elsewhere: one shard or file again, archives copied to the node, tables of several runs merged.
/// </summary>
[Category("Slow")]
public sealed class CollectingTests
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Run_once()
    {
        _folder = new TemporaryFolder();
        ZipFile.CreateFromDirectory(Path.Combine(Samples, "1"), _folder["one.zip"]);
        ZipFile.CreateFromDirectory(Path.Combine(Samples, "9"), _folder["nine.zip"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateDirectory(_folder["copied"]);
        foreach (string name in (string[])["one", "nine"])
            Succeed("run", CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", _folder[$"{name}.zip"], "--run", _folder[name]);
        File.Copy(_folder["one.zip"], _folder["elsewhere/one.zip"]);
        File.Copy(_folder["one/run.json"], _folder["copied/run.json"]);
        File.Copy(_folder["one/manifest.csv"], _folder["copied/manifest.csv"]);
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_shard_is_reproduced_elsewhere_byte_for_byte()
    {
        Succeed("extract", _folder["copied"], "--shard", "1", "--corpus", _folder["elsewhere/one.zip"]);
        string made = new RunDirectory(_folder["copied"]).Shard(1), original = new RunDirectory(_folder["one"]).Shard(1);
        RunTables.AssertSame(RunTables.Read(original), RunTables.Read(made));
    }

    [Test]
    public void One_file_is_shown_with_its_rows_in_the_tables()
    {
        BondRow bond = Csv.Read<BondRow>(_folder["one/merged/equations.csv"]).First();
        string shown = Succeed("extract", _folder["copied"], "--file", bond.StructureId, "--corpus", _folder["elsewhere/one.zip"]).Output;
        string[] rows = [.. File.ReadLines(_folder["one/merged/equations.csv"])
            .Where(line => line.StartsWith(bond.StructureId + ",", StringComparison.Ordinal))];
        Assert.That(shown, Does.Contain("verdict  accepted").And.Contain("neighbors.csv").And.Contain(string.Join('\n', rows)));
        ChildResult unknown = CrystalHpcCommand.Run("extract", _folder["copied"], "--file", "none", "--corpus",
            _folder["elsewhere/one.zip"]);
        Assert.That(unknown.ExitCode, Is.EqualTo(4));
        Assert.That(unknown.Errors, Does.Contain("has no file 'none'"));
    }

    [Test]
    public void Archives_copied_to_the_node_give_the_same_tables_and_are_removed()
    {
        string run = _folder["staged"];
        Succeed("index", CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", _folder["one.zip"], "--run", run);
        Succeed("extract", run, "--threads", "3", "--stage", _folder["node"]);
        RunTables.AssertSame(RunTables.Read(_folder["one/shards"]), RunTables.Read(Path.Combine(run, "shards")));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder["node"]), Is.Empty);
    }

    [Test]
    public void Runs_are_merged_with_a_record_of_what_comes_from_which()
    {
        string run = _folder["both"];
        Succeed("index", CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", _folder["one.zip"], "--run", run);
        Succeed("extract", run);
        Succeed("merge", run, "--with", _folder["nine"]);
        RunRow[] rows = [.. Csv.Read<RunRow>(Path.Combine(run, "merged", "runs.csv"))];
        StructureRow[] structures = [.. Csv.Read<StructureRow>(Path.Combine(run, "merged", "structures.csv"))];
        Assert.That(rows.Select(row => row.Run), Is.EqualTo(new[] { "both", "nine" }));
        Assert.That(structures[(int)rows[1].FirstStructure].StructureId,
            Is.EqualTo(Csv.Read<StructureRow>(_folder["nine/merged/structures.csv"]).First().StructureId));
        Assert.That(rows.Sum(row => row.Structures), Is.EqualTo(structures.Length));
        Succeed("fit", run);
    }

    [Test]
    public void Runs_that_share_a_file_or_were_made_otherwise_are_not_merged()
    {
        ChildResult twice = CrystalHpcCommand.Run("merge", _folder["one"], "--with", _folder["one"]);
        Assert.That(twice.ExitCode, Is.EqualTo(4), twice.ToString());
        Assert.That(twice.Errors, Does.Contain("it would count twice"));

        string other = _folder["other"];
        Directory.CreateDirectory(other);
        string json = File.ReadAllText(_folder["nine/run.json"]).Replace("\"site_tolerance\": 0.3", "\"site_tolerance\": 0.2",
            StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(other, "run.json"), json);
        ChildResult different = CrystalHpcCommand.Run("merge", _folder["one"], "--with", other);
        Assert.That(different.ExitCode, Is.EqualTo(4), different.ToString());
        Assert.That(different.Errors, Does.Contain("cannot be merged").And.Contain("groups.site_tolerance"));
    }

    private static ChildResult Succeed(params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run(arguments);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result;
    }
}
