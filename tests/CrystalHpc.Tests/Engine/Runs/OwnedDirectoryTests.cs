using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>The program writes and deletes only in directories that are its own, and there only what has a name that it gives.</summary>
public sealed class OwnedDirectoryTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase("notes.tmp")]
    [TestCase("index/chunk-000000.csv")]
    [TestCase("merged/structures.csv")]
    [TestCase("shards/0000/structures.csv")]
    [TestCase("report.html")]
    [TestCase("run.json")]
    [TestCase("logs.txt")]
    public void A_directory_with_files_of_others_is_refused_and_left_as_it_is(string file)
    {
        _folder.Write($"theirs/{file}", "{ \"format\": 2 }");
        string[] before = Everything(_folder["theirs"]);
        Assert.That(() => OwnedDirectory.Claim(_folder["theirs"]), Throws.TypeOf<UserException>().With.Message.Contains(
            "nothing in it was touched"));
        Assert.That(Everything(_folder["theirs"]), Is.EqualTo(before));
    }

    [Test]
    public void A_file_is_no_directory_to_take() => Assert.That(
        () => OwnedDirectory.Claim(_folder.Write("theirs", "text")),
        Throws.TypeOf<UserException>().With.Message.Contains("is a file; it is left as it is"));

    [Test]
    public void New_and_empty_directories_are_taken_and_so_are_those_that_hold_logs_of_the_batch_system()
    {
        Directory.CreateDirectory(_folder["empty"]);
        _folder.Write("submitted/logs/index-1.log", "queued");
        foreach (string name in (string[])["new", "empty", "submitted"])
        {
            OwnedDirectory.Claim(_folder[name]);
            _folder.Write($"{name}/merged/structures.csv", "");
            Assert.That(() => OwnedDirectory.Claim(_folder[name]), Throws.Nothing, "what is ours stays ours");
        }
    }

    [Test]
    public void A_run_directory_copied_without_its_marker_is_known_by_its_run_json()
    {
        _folder.Write("run/run.json", """{ "format": 2, "code_version": "1", "extraction_digest": "a" }""");
        OwnedDirectory.Claim(_folder["run"]);
        Assert.That(Directory.Exists(OwnedDirectory.MarkerOf(_folder["run"])));
    }

    [Test]
    public void Sweeping_removes_only_what_the_program_left_unfinished()
    {
        string[] theirs = ["notes.tmp", "structures.csv.1234-5.tmp", "crystalhpc-host-1-2-3.tmp", "a.crystalhpc-host-1-2.tmp"];
        foreach (string name in theirs)
            _folder.Write(name, "");
        File.WriteAllText(WholeFile.AsideOf(_folder["structures.csv"]), "half");
        WholeFile.Sweep(_folder.Path);
        Assert.That(Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName), Is.EquivalentTo(theirs));
    }

    [Test]
    public void Sweeping_of_shards_leaves_those_that_others_may_be_working_on()
    {
        var run = new RunDirectory(_folder.Path);
        string[] left = [.. new[] { 3, 4 }.Select(shard => WholeFile.AsideOf(run.Shard(shard)))];
        foreach (string folder in (string[])[.. left, _folder["shards/0003.tmp"], run.Shard(3)])
            Directory.CreateDirectory(folder);
        ShardFolder.Sweep(run, [3]);
        Assert.That(Directory.EnumerateDirectories(_folder["shards"]),
            Is.EquivalentTo(new[] { left[1], _folder["shards/0003.tmp"], run.Shard(3) }));
    }

    [Test]
    public void A_shard_is_not_replaced_while_its_folder_holds_files_of_others()
    {
        var run = new RunDirectory(_folder.Path);
        Extract(run);
        Extract(run);
        string notes = _folder.Write("shards/0000/notes.txt", "mine");
        Assert.That(() => Extract(run), Throws.TypeOf<UserException>().With.Message.Contains("move them away"));
        Assert.That(File.ReadAllText(notes), Is.EqualTo("mine"));
        Assert.That(Directory.EnumerateDirectories(_folder["shards"]), Has.Exactly(1).Items, "nothing is left beside it");
    }

    [Test]
    public void A_folder_goes_with_the_files_that_are_meant_and_stays_with_others()
    {
        _folder.Write("index/chunk-000000.csv", "");
        _folder.Write("index/sources-000000.csv", "");
        _folder.Write("index/mine.csv", "");
        Assert.That(OwnedDirectory.Remove(_folder["index"], IndexChunk.IsTable), Is.False);
        Assert.That(Directory.EnumerateFiles(_folder["index"]).Select(Path.GetFileName), Is.EqualTo(new[] { "mine.csv" }));
        File.Delete(_folder["index/mine.csv"]);
        Assert.That(OwnedDirectory.Remove(_folder["index"], IndexChunk.IsTable));
        Assert.That(Directory.Exists(_folder["index"]), Is.False);
    }

    private static void Extract(RunDirectory run)
    {
        using var shard = new ShardFolder(run, 0);
        shard.Write("structures.csv", stream => Csv.Write(stream, new[] { new GroupRow("g", 1, "g") }));
        shard.Seal("digest", ShardCounts.Zero([]));
    }

    private static string[] Everything(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {(File.Exists(path) ? File.ReadAllText(path) : "")}"),
    ];
}
