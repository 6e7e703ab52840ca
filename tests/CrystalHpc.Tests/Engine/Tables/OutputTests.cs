using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Tables;

/// <summary>What was not written is told, and what others wrote is not overwritten.</summary>
public sealed class OutputTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(200_000)]
    public void Bytes_written_in_any_pieces_are_the_bytes_of_the_file(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        foreach (int piece in (int[])[1, 1000, 65_536, 200_000])
        {
            if (piece == 1 && length > 1)
                continue;
            using (var file = new OutputFileStream(_folder["out"]))
            {
                for (int at = 0; at < length; at += piece)
                    file.Write(bytes.AsSpan(at, Math.Min(piece, length - at)));
                Assert.That(file.Position, Is.EqualTo(length));
            }

            Assert.That(File.ReadAllBytes(_folder["out"]), Is.EqualTo(bytes));
        }
    }

    [Test]
    public void A_device_that_is_full_is_told_when_the_buffer_is_written_out_at_the_latest_when_the_file_is_closed()
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("no /dev/full");
        var file = new OutputFileStream("/dev/full");
        file.WriteByte(1);
        Assert.That(file.Dispose, Throws.InstanceOf<IOException>().With.Message.Contains("/dev/full"));
        Assert.That(file.Dispose, Throws.Nothing, "it is closed");
    }

    [Test]
    public void A_file_of_others_is_left_as_it_is_and_one_of_ours_is_replaced()
    {
        string theirs = _folder.Write("theirs.svg", "<svg>drawn by hand</svg>"), ours = _folder["ours.svg"];
        Assert.That(
            () => NamedOutput.Write(theirs, "drawn by crystalhpc", _ => { }),
            Throws.TypeOf<UserException>().With.Message.Contains("was not written by this program; it is left as it is"));
        Assert.That(File.ReadAllText(theirs), Is.EqualTo("<svg>drawn by hand</svg>"));
        foreach (string content in (string[])["drawn by crystalhpc: 1", "drawn by crystalhpc: 2"])
        {
            NamedOutput.Write(ours, "drawn by crystalhpc", stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(content)));
            Assert.That(File.ReadAllText(ours), Is.EqualTo(content));
        }
    }

    [Test]
    public void A_folder_that_is_not_there_is_told() => Assert.That(
        () => NamedOutput.Write(_folder["no/where.svg"], "x", _ => { }),
        Throws.TypeOf<UserException>().With.Message.Contains("cannot be written"));
}
