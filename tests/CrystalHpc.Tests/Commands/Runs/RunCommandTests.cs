using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary>The whole job on the sample corpus: what users see first.</summary>
[Category("Slow")]
public sealed class RunCommandTests
{
    private TemporaryFolder _folder = null!;
    private ChildResult _first = null!;
    private SortedDictionary<string, byte[]> _tables = null!;

    [OneTimeSetUp]
    public void Run_the_quickstart_once()
    {
        _folder = new TemporaryFolder();
        _first = Quickstart(_folder["first"], "--threads", "1");
        _tables = RunTables.Read(_folder["first"]);
    }

    [OneTimeTearDown]
    public void Remove_the_runs() => _folder.Dispose();

    [Test]
    public void The_quickstart_ends_well_and_prints_a_parameter_table()
    {
        Assert.That(_first.ExitCode, Is.Zero, _first.ToString());
        Assert.That(_first.Output, Does.Contain("Si4+    O2-").And.Contain("parameters.csv"));
        Assert.That(_first.Errors, Does.Contain("index ").And.Contain("extract ").And.Contain("merge ").And.Contain("stopped by gradient"));
    }

    [Test]
    public void Threads_give_the_same_bytes([Values(2, 3, 4)] int threads)
    {
        Quickstart(_folder[$"threads{threads}"], "--threads", threads.ToString(CultureInfo.InvariantCulture));
        RunTables.AssertSame(_tables, RunTables.Read(_folder[$"threads{threads}"]));
    }

    [Test]
    [Category("Mpi")]
    public void Shards_dealt_in_advance_give_the_same_bytes([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        string run = _folder[$"static-{launcher}"];
        ChildResult result = CrystalHpcCommand.Under(
            launcher, 3, "run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", run, "--dealing", "static");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    [Category("Mpi")]
    public void Mpi_ranks_give_the_same_bytes([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher,
        [Values(1, 2, 3, 4)] int ranks)
    {
        string run = _folder[$"{launcher}{ranks}"];
        ChildResult result = CrystalHpcCommand.Under(launcher, ranks, "run", CrystalHpcCommand.Configuration("quickstart.json"), "--run",
            run);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void A_run_started_again_finds_everything_complete()
    {
        ChildResult again = Quickstart(_folder["first"]);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(again.Errors, Does.Contain("continuing").And.Contain("every shard is complete"));
        RunTables.AssertSame(_tables, RunTables.Read(_folder["first"]));
    }

    [Test]
    public void A_lost_a_damaged_and_an_unfinished_shard_are_made_again()
    {
        string run = _folder["damaged"];
        Quickstart(run);
        var directory = new RunDirectory(run);
        Directory.Delete(directory.Shard(1), recursive: true);
        File.AppendAllText(Path.Combine(directory.Shard(2), "equations.csv"), "x");
        File.Delete(Path.Combine(directory.Shard(3), ShardRecord.FileName));
        ChildResult merge = CrystalHpcCommand.Run("merge", run);
        Assert.That(merge.ExitCode, Is.EqualTo(4), merge.ToString());
        Assert.That(merge.Errors, Does.Contain("shard 1 missing; shard 2 its equations.csv is missing or damaged; shard 3 missing"));
        Assert.That(Quickstart(run).Errors, Does.Contain("shards are complete already"));
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void One_shard_extracted_anew_is_the_same()
    {
        string run = _folder["one-shard"];
        Quickstart(run);
        ChildResult result = CrystalHpcCommand.Run("extract", run, "--shard", "5", "--verbose");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Contain("accepted, "));
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void The_verbs_one_by_one_give_what_run_gives()
    {
        string run = _folder["stages"];
        string[][] verbs = [["index", CrystalHpcCommand.Configuration("quickstart.json"), "--run", run], ["extract", run], ["merge", run],
            ["fit", run], ["evaluate", run]];
        foreach (string[] verb in verbs)
        {
            ChildResult result = CrystalHpcCommand.Run(verb);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
        }

        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void The_parts_of_an_array_together_are_the_whole_extraction()
    {
        string run = _folder["parts"];
        CrystalHpcCommand.Run("index", CrystalHpcCommand.Configuration("quickstart.json"), "--run", run);
        for (int part = 0; part < 3; part++)
        {
            ChildResult result = CrystalHpcCommand.Run("extract", run, "--part", $"{part}/3");
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
        }

        ChildResult again = CrystalHpcCommand.Run("extract", run, "--part", "1/3");
        Assert.That(again.Errors, Does.Contain("every shard is complete"));
        foreach (string verb in (string[])["merge", "fit", "evaluate"])
            CrystalHpcCommand.Run(verb, run);
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void A_part_that_makes_no_sense_is_refused([Values("3/3", "1", "-1/3", "a/b")] string part)
    {
        ChildResult result = CrystalHpcCommand.Run("extract", _folder["first"], $"--part={part}");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Does.Contain("--part must be I/N"));
    }

    [Test]
    public void A_run_without_equations_is_merged()
    {
        string run = _folder["neighbors"];
        string corpus = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9");
        ChildResult result = CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("neighbors.json"), "--corpus", corpus, "--run",
            run);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(Csv.Read<StructureRow>(Path.Combine(run, "merged", "structures.csv")).Select(row => row.Verdict),
            Does.Contain("accepted"));
    }

    [Test]
    public void Nothing_is_lost_between_manifest_and_tables()
    {
        string run = _folder["first"];
        ManifestRow[] manifest = [.. Csv.Read<ManifestRow>(Path.Combine(run, "manifest.csv"))];
        StructureRow[] structures = [.. Csv.Read<StructureRow>(Path.Combine(run, "merged", "structures.csv"))];
        Assert.That(structures.Select(row => row.Path).Distinct(), Is.EquivalentTo(manifest.Select(row => row.Path)));
        Assert.That(structures.Select(row => row.StructureId), Is.Unique);
        Assert.That(structures.Where(row => row.Verdict == "rejected").Select(row => row.ReasonCodes), Is.All.Not.Empty);
        Assert.That(structures.Select(row => row.Verdict), Is.All.AnyOf("accepted", "rejected"));

        JsonNode report = JsonNode.Parse(File.ReadAllBytes(Path.Combine(run, "run.json")))!["stages"]!["merge"]!;
        Assert.That((int)report["counts"]!["files"]!, Is.EqualTo(manifest.Length));
        Assert.That((int)report["counts"]!["structures"]!, Is.EqualTo(structures.Length));
        Assert.That((int)report["counts"]!["accepted"]!, Is.EqualTo(structures.Count(row => row.Verdict == "accepted")));

        BondRow[] bonds = [.. Csv.Read<BondRow>(Path.Combine(run, "merged", "equations.csv")).Where(row => row.Center == "cation")];
        Assert.That((int)report["counts"]!["made"]!["bonds"]!, Is.EqualTo(bonds.Length));
        long pairs = Csv.Read<SpeciesPairRow>(Path.Combine(run, "merged", "pairs.csv")).Sum(row => row.Count);
        Assert.That(pairs, Is.EqualTo(bonds.Length), "every bond counts in the pair statistics");
        int residuals = Csv.Read<ResidualRow>(Path.Combine(run, "fit", "residuals.csv")).Count();
        Assert.That(residuals, Is.EqualTo(bonds.Select(row => (row.StructureId, row.SiteIndex)).Distinct().Count()));
    }

    private static ChildResult Quickstart(string run, params string[] more) =>
        CrystalHpcCommand.Run(["run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", run, .. more]);
}
