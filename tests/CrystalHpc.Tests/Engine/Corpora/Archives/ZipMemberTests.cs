using System.IO.Compression;
using System.Text;
using CrystalHpc.Engine.Corpora;
using SharpCompress.Common;
using SharpCompress.Writers.Zip;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Every member of a zip archive is read or has a finding, whatever stands beside it.</summary>
public sealed class ZipMemberTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 500).Select(i => $"_tag_{i} {i * 7919 % 10007}\n"));

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    // Written by SharpCompress 0.50.8.
    [TestCase(CompressionType.BZip2)]
    [TestCase(CompressionType.LZMA)]
    [TestCase(CompressionType.PPMd)]
    [TestCase(CompressionType.ZStandard)]
    public void Members_packed_in_ways_that_dotnet_does_not_know_are_read(CompressionType packing)
    {
        WriteByLibrary(packing);
        Assert.That(CorpusReading.Of(_folder["t.zip"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.zip!one.cif"] = Text, ["t.zip!two.cif"] = Text }));
    }

    [Test]
    public void A_flipped_bit_costs_its_member_and_no_other([Values] bool isStored)
    {
        Write(isStored ? CompressionLevel.NoCompression : CompressionLevel.Optimal, ("one.cif", Text), ("two.cif", Text));
        Change(bytes => bytes[400] ^= 0x01);
        Assert.That(CorpusReading.Of(_folder["t.zip"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.zip!one.cif"] = "file-unreadable", ["t.zip!two.cif"] = Text }));
    }

    [Test]
    public void A_flipped_bit_in_a_member_that_the_library_unpacks_is_found()
    {
        WriteByLibrary(CompressionType.BZip2);
        Change(bytes => bytes[400] ^= 0x01);
        Assert.That(CorpusReading.Of(_folder["t.zip"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.zip!one.cif"] = "file-unreadable", ["t.zip!two.cif"] = Text }));
    }

    [Test]
    public void An_encrypted_member_is_unreadable_and_the_others_are_read()
    {
        Write(CompressionLevel.Optimal, ("one.cif", Text), ("two.cif", Text));

        // Bit 0 of the flags, in the first header of the directory and before the member.
        Change(bytes => (bytes[6], bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) + 8]) = (1, 1));
        Assert.That(CorpusReading.Of(_folder["t.zip"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.zip!one.cif"] = "file-unreadable", ["t.zip!two.cif"] = Text }));
        Assert.That(CorpusReading.MessageOf(_folder["t.zip"]), Does.Contain("encrypted"));
    }

    [Test]
    public void Links_are_told_and_packed_members_unpacked()
    {
        using (ZipArchive archive = ZipFile.Open(_folder["t.zip"], ZipArchiveMode.Create))
        {
            ZipArchiveEntry link = archive.CreateEntry("link.cif");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            using (var writer = new StreamWriter(link.Open()))
                writer.Write("one.cif");
            using (var gzip = new GZipStream(archive.CreateEntry("one.cif.gz").Open(), CompressionLevel.Fastest))
                gzip.Write(Encoding.ASCII.GetBytes(Text));
        }

        Assert.That(CorpusReading.Of(_folder["t.zip"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.zip!link.cif"] = "file-skipped", ["t.zip!one.cif.gz"] = Text }));
    }

    [Test]
    public void Members_that_share_their_bytes_unpack_to_no_more_than_the_archive_may()
    {
        Write(CompressionLevel.Optimal, [.. Enumerable.Range(0, 100).Select(i => ($"{i:D3}.cif", new string('x', 1 << 20)))]);
        Assert.That(CorpusReading.Of(new CorpusLimits(1 << 20, 100), _folder["t.zip"]),
            Is.EquivalentTo(new Dictionary<string, string> { ["t.zip"] = "file-unreadable" }));
        Assert.That(CorpusReading.Of(new CorpusLimits(1 << 20, 10_000), _folder["t.zip"]), Has.Count.EqualTo(100));
    }

    [Test]
    public void Names_that_are_no_utf8_are_escaped_and_read()
    {
        Write(CompressionLevel.Optimal, ("one.cif", Text), ("two.cif", Text));
        Change(bytes =>
        {
            for (int at; (at = bytes.AsSpan().IndexOf("one.cif"u8)) >= 0;)
                bytes[at] = 0xFF;
        });
        Assert.That(CorpusReading.Of(_folder["t.zip"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.zip!%FFne.cif"] = Text, ["t.zip!two.cif"] = Text }));
    }

    private void Write(CompressionLevel level, params (string Name, string Text)[] members)
    {
        using ZipArchive archive = ZipFile.Open(_folder["t.zip"], ZipArchiveMode.Create);
        foreach ((string name, string text) in members)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name, level).Open());
            writer.Write(text);
        }
    }

    private void WriteByLibrary(CompressionType packing)
    {
        using FileStream file = File.Create(_folder["t.zip"]);
        using var writer = new ZipWriter(file, new ZipWriterOptions(packing));
        foreach (string name in new[] { "one.cif", "two.cif" })
            writer.Write(name, new MemoryStream(Encoding.ASCII.GetBytes(Text)), modificationTime: null);
    }

    private void Change(Action<byte[]> change)
    {
        byte[] bytes = File.ReadAllBytes(_folder["t.zip"]);
        change(bytes);
        File.WriteAllBytes(_folder["t.zip"], bytes);
    }
}
