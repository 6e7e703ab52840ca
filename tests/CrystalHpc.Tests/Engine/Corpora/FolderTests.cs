using System.Net.Sockets;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Folders are walked to their ends whatever lies in them: nothing is waited for, taken twice or lost.</summary>
public sealed class FolderTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder()
    {
        _folder = new TemporaryFolder();
        _folder.Write("cod/good.cif", "data_good");
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    [CancelAfter(30_000)]
    public void Pipes_sockets_and_devices_are_never_opened()
    {
        MakePipe("cod/pipe.cif");
        MakePipe("cod/pipe.tar.gz");
        File.CreateSymbolicLink(_folder["cod/zero.cif"], "/dev/zero");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["cod/socket.cif"]));
        AssertRead(("pipe.cif", "file-unreadable"), ("pipe.tar.gz", "file-unreadable"), ("zero.cif", "file-unreadable"),
            ("socket.cif", "file-unreadable"));
        Assert.That(() => new Corpus([_folder["cod/pipe.cif"]]), Throws.TypeOf<UserException>().With.Message.Contains("named pipe"));
    }

    [Test]
    public void A_file_that_several_paths_lead_to_is_taken_once_and_told()
    {
        File.CreateSymbolicLink(_folder["cod/soft.cif"], _folder["cod/good.cif"]);
        Assert.That(ChildProcess.Run("ln", [_folder["cod/good.cif"], _folder["cod/hard.cif"]]).ExitCode, Is.Zero);
        Directory.CreateSymbolicLink(_folder["cod/again"], _folder["cod"]);
        Directory.CreateSymbolicLink(_folder["root"], _folder["cod"]);
        _folder.Write("my.list", "cod/good.cif\n");
        var notes = new List<string>();
        string[] paths = [.. new Corpus([_folder["cod"], _folder["root"], _folder["my.list"]]).Sources(notes.Add)
            .Select(source => source.Path)];
        Assert.That(paths, Is.EqualTo(new[] { "cod/good.cif" }));
        Assert.That(notes.Select(note => note.Split(' ')[0]), Is.EqualTo(
            new[] { "cod/hard.cif", "cod/soft.cif", "cod/again", "my.list/cod/good.cif", "root" }));
    }

    [Test]
    public void Links_to_themselves_and_to_nothing_are_unreadable()
    {
        File.CreateSymbolicLink(_folder["cod/loop.cif"], _folder["cod/loop.cif"]);
        File.CreateSymbolicLink(_folder["cod/lost.cif.gz"], _folder["nowhere.cif.gz"]);
        AssertRead(("loop.cif", "file-unreadable"), ("lost.cif.gz", "file-unreadable"));
        Assert.That(() => new Corpus([_folder["cod"]]).Sources().Select(CorpusChanges.Describe).ToArray(), Throws.Nothing);
    }

    [Test]
    public void Names_with_marks_and_control_characters_are_escaped_and_read()
    {
        _folder.Write("cod/wow!x.cif", "data_1");
        _folder.Write("cod/tab\tline\n.cif", "data_2");
        _folder.Write("cod/a;b|c.cif", "data_3");
        _folder.Write("cod/100%25.cif", "data_4");
        _folder.Write("cod/in!ner/é, \"q\".cif", "data_5");
        AssertRead(
            ("wow%21x.cif", "data_1"), ("tab%09line%0A.cif", "data_2"), ("a%3Bb%7Cc.cif", "data_3"), ("100%2525.cif", "data_4"),
            ("in%21ner/é, \"q\".cif", "data_5"));
    }

    [Test]
    public void Names_that_are_no_utf8_have_rows_by_their_bytes()
    {
        Bash("""
            cd cod
            mkdir $'f\xff'
            for name in $'u\xff.cif' $'u\xfe.cif' $'t\xff.txt' $'f\xff/x.cif'; do cp good.cif "$name"; done
            """);
        AssertRead(("u%FF.cif", "file-unreadable"), ("u%FE.cif", "file-unreadable"), ("f%FF", "file-unreadable"));

        // .NET cannot remove them either.
        Bash("rm -r cod");
    }

    [Test]
    public void A_folder_that_cannot_be_entered_has_a_row()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("the system forbids this user nothing");
        Directory.CreateDirectory(_folder["cod/secret"]);
        Bash("chmod 000 cod/secret; touch cod/mine.cif; chmod 000 cod/mine.cif");
        AssertRead(("secret", "file-unreadable"), ("mine.cif", "file-unreadable"));
        Bash("chmod 700 cod/secret");
    }

    [Test]
    public void A_folder_that_lies_too_deep_has_a_row()
    {
        string deep = string.Concat(Enumerable.Repeat("/d", 65));
        _folder.Write($"cod{deep}/lost.cif", "data_lost");
        _folder.Write($"cod{deep[..^2]}/deep.cif", "data_deep");
        AssertRead(($"{deep[1..^2]}/deep.cif", "data_deep"), (deep[1..], "file-unreadable"));
    }

    [Test]
    public void A_run_directory_is_no_part_of_the_corpus()
    {
        _folder.Write("cod/run1/run.json", "{}");
        _folder.Write("cod/run1/manifest.csv", "");
        _folder.Write("cod/run1/fit/parameters.cif", "data_parameters");
        AssertRead();
    }

    private void AssertRead(params (string Name, string Expected)[] expected)
    {
        (string Name, string Expected)[] all = [("good.cif", "data_good"), .. expected];
        Assert.That(CorpusReading.Of(_folder["cod"]), Is.EquivalentTo(all.ToDictionary(item => $"cod/{item.Name}", item => item.Expected)));
    }

    private void MakePipe(string name) => Bash($"mkfifo {name}");

    private void Bash(string commands)
        => Assert.That(ChildProcess.Run("bash", ["-c", $"cd '{_folder.Path}'; {commands}"]).ExitCode, Is.Zero);
}
