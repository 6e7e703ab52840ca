using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>A corpus is read where it lies: folders, archives and packed files, in an order that no machine changes.</summary>
public sealed class CorpusTests
{
    private static readonly CorpusLimits NoLimits = new(1 << 20, 1000);

    [Test]
    public void Folders_archives_and_packed_files_are_listed_in_a_fixed_order_and_read_back()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cod/2/22/2221282.cif", "data_loose");
        folder.Write("cod/readme.txt", "no CIF");
        WriteTar(folder["cod/b.tar.gz"], packed: true, ("x/one.cif", "data_tar"), ("notes.txt", "no CIF"), ("two.CIF", "data_two"));
        WriteTar(folder["cod/c.tar"], packed: false, ("plain.cif", "data_plain"));
        WriteZip(folder["cod/d.zip"], ("zipped.cif", "data_zip"));
        WriteGzip(folder["cod/e.cif.gz"], "data_gz");

        (Corpus corpus, IReadOnlyList<ManifestRow> rows) = Index(folder["cod"]);

        Assert.That(rows.Select(row => row.Path), Is.EqualTo(new[]
        {
            "cod/b.tar.gz!x/one.cif", "cod/b.tar.gz!two.CIF", "cod/c.tar!plain.cif", "cod/d.zip!zipped.cif", "cod/e.cif.gz",
                "cod/2/22/2221282.cif",
        }));
        Assert.That(rows.Select(row => row.Id), Is.EqualTo(new[]
        {
            "cod/b.tar.gz!x/one", "cod/b.tar.gz!two", "cod/c.tar!plain", "cod/d.zip!zipped", "cod/e", "2221282",
        }));
        using var reader = new CorpusReader(corpus, NoLimits);
        string[] forward = [.. rows.Select(row => Text(reader.Read(row)))];
        Assert.That(forward, Is.EqualTo(new[] { "data_tar", "data_two", "data_plain", "data_zip", "data_gz", "data_loose" }));
        Assert.That(rows.Reverse().Select(row => Text(reader.Read(row))), Is.EqualTo(forward.Reverse()),
            "reading backward gives the same bytes");
    }

    [Test]
    public void A_single_file_and_several_roots_make_a_corpus()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("one.cif", "data_1");
        folder.Write("more/two.cif", "data_2");
        Assert.That(Index(file, folder["more"]).Rows.Select(row => row.Path), Is.EqualTo(new[] { "more/two.cif", "one.cif" }));
    }

    [Test]
    public void A_list_file_names_files_relative_to_itself_or_anywhere()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/one.cif", "data_1");
        string elsewhere = folder.Write("b/two.cif", "data_2");
        folder.Write("lists/mine.list", $"# mine\n../a/one.cif\n\n{elsewhere}\n");
        (Corpus corpus, IReadOnlyList<ManifestRow> rows) = Index(folder["lists/mine.list"]);
        Assert.That(rows.Select(row => row.Path), Is.EqualTo(new[] { "mine.list/../a/one.cif", $"mine.list/{elsewhere}" }));
        using var reader = new CorpusReader(corpus, NoLimits);
        Assert.That(rows.Select(row => Text(reader.Read(row))), Is.EqualTo(new[] { "data_1", "data_2" }));
    }

    [Test]
    public void A_list_file_that_names_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.list", "notes.txt\n");
        Assert.That(() => Index(folder["mine.list"]), Throws.TypeOf<UserException>().With.Message.Contains("'notes.txt'"));
    }

    [Test]
    public void A_folder_that_links_to_one_above_it_is_walked_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cod/a/one.cif", "data_1");
        Directory.CreateSymbolicLink(folder["cod/a/again"], folder["cod"]);
        Assert.That(Index(folder["cod"]).Rows.Select(row => row.Path), Is.EqualTo(new[] { "cod/a/one.cif" }));
    }

    [Test]
    public void A_packed_archive_that_unpacks_beyond_reason_is_given_up()
    {
        using var folder = new TemporaryFolder();
        WriteTar(folder["t.tar.gz"], packed: true, ("big.cif", new string('x', 80 << 20)), ("two.cif", "data_2"));
        var limits = new CorpusLimits(1 << 20, 100);
        Assert.That(CorpusReading.Of(limits, folder["t.tar.gz"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.tar.gz"] = "file-unreadable" }));
        Assert.That(
            CorpusReading.RowsOf(new Corpus([folder["t.tar.gz"]]), limits).First().Id,
            Does.Contain("more than 100 times its size").And.Contain("big.cif"));
    }

    [Test]
    public void A_member_over_the_limit_costs_no_other()
    {
        using var folder = new TemporaryFolder();
        WriteZip(folder["t.zip"], ("big.cif", new string('x', 80 << 20)), ("two.cif", "data_2"));
        Assert.That(
            CorpusReading.Of(new CorpusLimits(1 << 20, 100), folder["t.zip"]),
            Is.EquivalentTo(new Dictionary<string, string> { ["t.zip!big.cif"] = "file-too-large", ["t.zip!two.cif"] = "data_2" }));
    }

    [Test]
    public void Roots_of_the_same_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/cif/1.cif", "data_1");
        folder.Write("b/cif/1.cif", "data_1");
        Assert.That(() => new Corpus([folder["a/cif"], folder["b/cif"]]),
            Throws.TypeOf<UserException>().With.Message.Contains("the name 'cif'"));
    }

    [Test]
    public void Members_with_unsafe_or_repeated_names_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        WriteTar(
            folder["t.tar"], packed: false,
            ("../up.cif", "data_1"), ("/root.cif", "data_2"), ("good.cif", "data_3"), ("good.cif", "data_again"),
            ("good.cif", "data_again"));
        ManifestRow[] rows = [.. CorpusReading.RowsOf(new Corpus([folder["t.tar"]]), NoLimits)];
        Assert.That(
            rows.Where(CorpusIndexer.IsRefused).Select(row => row.Path),
            Is.EqualTo(new[] { "t.tar!../up.cif", "t.tar!/root.cif", "t.tar!good.cif|2", "t.tar!good.cif|3" }));
        Dictionary<string, string> read = CorpusReading.Of(folder["t.tar"]);
        Assert.That(read["t.tar!good.cif"], Is.EqualTo("data_3"));
        Assert.That(read.Values.Count(text => text == "file-refused"), Is.EqualTo(4));
        Assert.That(CorpusReading.Contents(NoLimits, [folder["t.tar"]]).Select(item => item.Row.Id), Is.Unique);
    }

    [Test]
    public void An_archive_that_is_cut_short_has_a_row([Values("t.tar.gz", "t.tar", "t.zip")] string name)
    {
        using var folder = new TemporaryFolder();
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"_tag_{i * 7919 % 10007} {i}\n"));
        if (name.EndsWith("zip", StringComparison.Ordinal))
            WriteZip(folder[name], ("one.cif", text), ("two.cif", text));
        else
            WriteTar(folder[name], packed: name.EndsWith("gz", StringComparison.Ordinal), ("one.cif", text), ("two.cif", text));
        byte[] bytes = File.ReadAllBytes(folder[name]);
        File.WriteAllBytes(folder[name], bytes[..(bytes.Length * 3 / 4)]);
        Dictionary<string, string> read = CorpusReading.Of(folder[name]);
        Assert.That(read[name], Is.EqualTo("file-unreadable"));

        // Only of a plain archive can the members before the cut be believed.
        Assert.That(read.GetValueOrDefault($"{name}!one.cif"), Is.EqualTo(name == "t.tar" ? text : null));
        Assert.That(CorpusIndexer.IsDamagedArchive(CorpusReading.Contents(NoLimits, [folder[name]]).Last().Row), Is.True);
    }

    [Test]
    public void Of_an_archive_cut_short_the_table_holds_what_can_be_believed([Values("t.tar.gz", "t.tar")] string name)
    {
        using var folder = new TemporaryFolder();
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"_tag_{i * 7919 % 10007} {i}\n"));
        WriteTar(folder[name], packed: name.EndsWith("gz", StringComparison.Ordinal), ("one.cif", text), ("two.cif", text));
        byte[] bytes = File.ReadAllBytes(folder[name]);
        File.WriteAllBytes(folder[name], bytes[..(bytes.Length * 3 / 4)]);
        new CorpusIndexer(NoLimits).Write(folder["rows.csv"], new Corpus([folder[name]]).Sources());
        Assert.That(
            Csv.Read<ManifestRow>(folder["rows.csv"]).Select(row => row.Path),
            Is.EqualTo(name == "t.tar" ? new[] { "t.tar!one.cif", "t.tar!two.cif", "t.tar" } : ["t.tar.gz"]));
    }

    [Test]
    public void A_file_that_changed_since_it_was_indexed_is_not_used()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cod/1.cif", "data_before");
        (Corpus corpus, IReadOnlyList<ManifestRow> rows) = Index(folder["cod"]);
        folder.Write("cod/1.cif", "data_after_");
        using var reader = new CorpusReader(corpus, NoLimits);
        Assert.That(reader.Read(rows[0]).Failure?.Code, Is.EqualTo(FileFindings.Changed));
    }

    [Test]
    public void A_file_that_vanished_or_cannot_be_opened_is_unreadable()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cod/1.cif", "data_1");
        File.CreateSymbolicLink(folder["cod/2.cif"], folder["nowhere.cif"]);
        (Corpus corpus, IReadOnlyList<ManifestRow> rows) = Index(folder["cod"]);
        Assert.That(rows[1].Sha256, Is.Empty);
        File.Delete(folder["cod/1.cif"]);
        using var reader = new CorpusReader(corpus, NoLimits);
        Assert.That(rows.Select(row => reader.Read(row).Failure?.Code), Is.All.EqualTo(FileFindings.Unreadable));
    }

    [Test]
    public void A_file_over_the_limit_is_listed_but_not_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cod/1.cif", new string('x', 100));
        WriteGzip(folder["cod/2.cif.gz"], new string('x', 100_000));
        var corpus = new Corpus([folder["cod"]]);
        ManifestRow[] rows = [.. CorpusReading.RowsOf(corpus, new CorpusLimits(50, 1000))];
        using var reader = new CorpusReader(corpus, new CorpusLimits(50, 1000));
        Assert.That(rows.Select(row => reader.Read(row).Failure?.Code), Is.All.EqualTo(FileFindings.TooLarge));
    }

    [Test]
    public void A_manifest_of_another_corpus_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("here/1.cif", "data_1");
        var corpus = new Corpus([folder["here"]]);
        Assert.That(() => corpus.SourceOf("there/1.cif"), Throws.TypeOf<UserException>().With.Message.Contains(
            "no corpus path is called 'there'"));
    }

    private static (Corpus Corpus, IReadOnlyList<ManifestRow> Rows) Index(params string[] roots)
    {
        var corpus = new Corpus(roots);
        ManifestRow[] rows = [.. CorpusReading.RowsOf(corpus, NoLimits)];
        var plan = new ShardPlan(rows.Sum(ShardPlan.Weight), 2);
        return (corpus, [.. rows.Select(plan.Place)]);
    }

    private static string Text(FileContent content) => Encoding.UTF8.GetString(content.Bytes.Span);

    private static void WriteTar(string path, bool packed, params (string Name, string Text)[] members)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Stream file = File.Create(path);
        using Stream stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var writer = new TarWriter(stream);
        foreach ((string name, string text) in members)
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }

    private static void WriteZip(string path, params (string Name, string Text)[] members)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, string text) in members)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private static void WriteGzip(string path, string text)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
