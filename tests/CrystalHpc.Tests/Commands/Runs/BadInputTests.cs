using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary>Whatever is wrong with the input: a clear message and the documented exit code, never a stack trace.</summary>
public sealed class BadInputTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void An_unknown_verb_or_option_is_a_fault_of_the_command_line()
    {
        AssertEnds(CrystalHpcCommand.Run("rum"), 1, "rum");
        AssertEnds(CrystalHpcCommand.Run("run"), 1, "CONFIG");
        AssertEnds(CrystalHpcCommand.Run("info", "--nonsense"), 1, "--nonsense");
        AssertEnds(CrystalHpcCommand.Run("merge", "x", "--threads", "0"), 1, "--threads must be a whole number from 1 to 1024, not '0'");
    }

    [Test]
    public void A_wrong_key_in_the_configuration_is_named()
    {
        string path = WriteConfiguration(json => json["corpus"]!["shard_count"] = 3);
        AssertEnds(CrystalHpcCommand.Run("run", path), 2, "key 'corpus.shard_count' is unknown");
    }

    [Test]
    public void A_corpus_that_does_not_exist_is_named() =>
        AssertEnds(CrystalHpcCommand.Run("run", WriteConfiguration(_ => { })), 4, $"the corpus path {_folder["cif"]} does not exist");

    [Test]
    public void A_folder_without_cif_files_is_named()
    {
        _folder.Write("cif/readme.txt", "nothing");
        AssertEnds(CrystalHpcCommand.Run("run", WriteConfiguration(_ => { })), 4, "no CIF file in");
    }

    [Test]
    public void An_empty_file_is_rejected_with_a_code_and_the_job_goes_on()
    {
        _folder.Write("cif/empty.cif", "");
        CopySample("cif/halite.cif");
        ChildResult result = CrystalHpcCommand.Run("run", WriteConfiguration(_ => { }));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.ReadAllText(_folder["run/merged/structures.csv"]), Does.Contain("cif/empty,cif/empty.cif,").And.Contain("cif-"));
    }

    [Test]
    public void An_unreadable_file_beyond_the_limit_ends_with_its_own_code()
    {
        CopySample("cif/halite.cif");
        File.CreateSymbolicLink(_folder["cif/lost.cif"], _folder["nowhere"]);
        AssertEnds(CrystalHpcCommand.Run("run", WriteConfiguration(_ => { })), 3, "1 of 2 files failed (50 %)");
        Assert.That(File.ReadAllText(_folder["run/merged/findings.csv"]), Does.Contain("file-unreadable"));
        Assert.That(File.Exists(_folder["run/fit/parameters.csv"]), Is.True, "the job is done all the same");
    }

    [Test]
    public void An_archive_cut_short_is_named()
    {
        _folder.Write("cif.tar.gz", "this is no archive");
        AssertEnds(
            CrystalHpcCommand.Run("run", WriteConfiguration(json => json["corpus"]!["paths"] = new JsonArray("cif.tar.gz"))), 4,
            "is damaged or cut short");
    }

    [Test]
    public void A_damaged_archive_beside_others_costs_itself_and_is_told_also_in_quiet()
    {
        CopySample("good/halite.cif");
        Directory.CreateDirectory(_folder["cif"]);
        System.IO.Compression.ZipFile.CreateFromDirectory(_folder["good"], _folder["cif/a.zip"]);
        _folder.Write("cif/b.zip", "this is no archive");
        string path = WriteConfiguration(json => json["corpus"]!["failure_limit_percent"] = 100);
        AssertEnds(CrystalHpcCommand.Run("run", path, "--quiet"), 3, "not read: the archive cif/b.zip is damaged",
            "1 archives could not be read to their ends");
        Assert.That(File.ReadAllText(_folder["run/merged/structures.csv"]), Does.Contain("a.zip!halite.cif,").And.Contain("cif/b.zip,"));
        AssertEnds(CrystalHpcCommand.Run("extract", _folder["run"], "--quiet"), 3, "1 archives could not be read to their ends");
    }

    [Test]
    public void A_named_pipe_is_not_opened()
    {
        Assert.That(ChildProcess.Run("mkfifo", [_folder["cif"], _folder["x.cif"]]).ExitCode, Is.Zero);
        AssertEnds(CrystalHpcCommand.Run("index", WriteConfiguration(_ => { })), 4, "is a named pipe");
        AssertEnds(CrystalHpcCommand.Run("inspect", _folder["x.cif"]), 4, "it is a named pipe");
    }

    [Test]
    public void A_file_that_memory_does_not_suffice_for_costs_no_other()
    {
        CopySample("cif/halite.cif");
        using (FileStream large = File.Create(_folder["cif/large.cif"]))
            large.SetLength(200 << 20);
        ChildResult result = ChildProcess.Run(
            "dotnet", [CrystalHpcCommand.Program, "run", WriteConfiguration(_ => { }), "--threads", "1"],
            ("DOTNET_GCHeapHardLimit", "0xA000000"));
        AssertEnds(result, 3, "1 of 2 files failed");
        Assert.That(File.ReadAllText(_folder["run/merged/findings.csv"]),
            Does.Contain("cif/large,cif/large.cif,0,0,error,file-unreadable,memory does not suffice"));
        Assert.That(File.ReadAllText(_folder["run/merged/structures.csv"]), Does.Contain(",accepted,"));
    }

    [Test]
    public void An_index_that_was_interrupted_goes_on_where_it_stopped()
    {
        _folder.Write("cif/a.zip", "this is no archive");
        string path = WriteConfiguration(_ => { });
        AssertEnds(CrystalHpcCommand.Run("index", path, "--threads", "1"), 4, "a.zip is damaged");

        // What was listed before is not listed again: a mark left in it comes out in the manifest.
        string listed = _folder["run/index/chunk-000000.csv"];
        File.WriteAllText(listed, File.ReadAllText(listed).Replace(",0,,0\n", ",7,,0\n", StringComparison.Ordinal));
        CopySample("good/halite.cif");
        System.IO.Compression.ZipFile.CreateFromDirectory(_folder["good"], _folder["cif/b.zip"]);
        ChildResult again = CrystalHpcCommand.Run("index", path, "--threads", "1");
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(File.ReadAllText(_folder["run/manifest.csv"]), Does.Contain("cif/a.zip,7,,").And.Contain("b.zip!halite.cif,"));
        Assert.That(Directory.Exists(_folder["run/index"]), Is.False);
    }

    [Test]
    public void A_run_directory_of_another_configuration_is_refused_with_the_difference()
    {
        CopySample("cif/halite.cif");
        string path = WriteConfiguration(_ => { });
        Assert.That(CrystalHpcCommand.Run("run", path).ExitCode, Is.Zero);
        WriteConfiguration(json => json["neighbors"]!["crystal_nn"]!["search_cutoff_angstrom"] = 8);
        AssertEnds(CrystalHpcCommand.Run("run", path), 4, "belongs to another configuration",
            "neighbors.crystal_nn.search_cutoff_angstrom (7 there, 8 here)");
    }

    [Test]
    public void Another_fit_of_the_same_run_is_allowed()
    {
        CopySample("cif/halite.cif");
        string path = WriteConfiguration(_ => { });
        Assert.That(CrystalHpcCommand.Run("run", path).ExitCode, Is.Zero);
        WriteConfiguration(json => json["fit"]!["softness_prior_mean_angstrom"] = 0.4);
        ChildResult again = CrystalHpcCommand.Run("run", path);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(again.Errors, Does.Contain("every shard is complete"));
        Assert.That(File.ReadAllText(_folder["run/fit/parameters.csv"]), Does.Contain(",0.4"));
    }

    [Test]
    public void A_folder_that_is_no_run_directory_is_named() =>
        AssertEnds(CrystalHpcCommand.Run("merge", _folder.Path), 4, "is not a run directory");

    [Test]
    public void A_shard_that_does_not_exist_is_named()
    {
        CopySample("cif/halite.cif");
        Assert.That(CrystalHpcCommand.Run("index", WriteConfiguration(_ => { })).ExitCode, Is.Zero);
        AssertEnds(CrystalHpcCommand.Run("extract", _folder["run"], "--shard", "7"), 4, "there is no shard 7");
    }

    [Test]
    public void Definitions_of_neighbors_are_compared_side_by_side_and_unknown_ones_named()
    {
        CopySample("halite.cif");
        ChildResult text = CrystalHpcCommand.Run("inspect", _folder["halite.cif"], "--definitions", "all");
        Assert.That(text.Output, Does.Contain("crystal_nn       CN 6: Cl ").And.Contain("econ             CN 6: Cl ").And.Contain(
            "cutoff           CN 6: Cl "));
        JsonNode json = JsonNode.Parse(CrystalHpcCommand.Run("inspect", _folder["halite.cif"], "--definitions", "econ,cutoff",
            "--json").Output)!;
        JsonNode shells = json[0]!["sites"]![0]!["shells"]!;
        Assert.That(shells.AsArray().Select(shell => (string)shell!["definition"]!), Is.EqualTo(new[] { "econ", "cutoff" }));
        Assert.That((int)shells[0]!["coordination_number"]!, Is.EqualTo(6));
        AssertEnds(CrystalHpcCommand.Run("inspect", _folder["halite.cif"], "--definitions", "econ,voronoi"), 1,
            "'voronoi' is no definition of neighbors");
    }

    [Test]
    public void Inspecting_what_does_not_exist_is_refused() =>
        AssertEnds(CrystalHpcCommand.Run("inspect", _folder["none.cif"]), 4, "there is no file");

    [Test]
    [Category("Mpi")]
    public void Under_mpi_all_ranks_end_together_and_one_speaks([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        ChildResult result = CrystalHpcCommand.Under(launcher, 3, "run", WriteConfiguration(_ => { }));
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That((result.Output + result.Errors).Split("does not exist"), Has.Length.EqualTo(2), "the message stands there once");
    }

    private static void AssertEnds(ChildResult result, int exitCode, params string[] messages)
    {
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        foreach (string message in messages)
            Assert.That(result.Errors, Does.Contain(message));
        Assert.That(result.Errors, Does.Not.Contain("   at "));
    }

    private string WriteConfiguration(Action<JsonNode> change)
    {
        JsonNode json = CommandLine.Systems.Configuration.Defaults.ToJson();
        json["run_directory"] = "run";
        json["corpus"]!["paths"] = new JsonArray("cif");
        change(json);
        return _folder.Write("run.json", json.ToJsonString());
    }

    private void CopySample(string name)
    {
        string sample = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");
        string halite = Directory.EnumerateFiles(sample, "*.cif", SearchOption.AllDirectories)
            .First(path => File.ReadAllText(path).Contains("'Cl Na'", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.Copy(halite, _folder[name]);
    }
}
