using System.IO.Compression;
using System.Text;
using CrystalHpc.Engine.Corpora;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.ZStandard;
using SharpCompress.Compressors.ZStandard.Unsafe;
using CompressionMode = SharpCompress.Compressors.CompressionMode;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>A packed file is read to its end or is unreadable: never the part that came, never one with a flipped bit.</summary>
public sealed class PackedFileTests
{
    private const string Text = "data_x\n";

    // "data_x\n" by xz 5.4.1 -6.
    private static readonly byte[] Xz = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAGZGF0YV94CgAAtm94mp2y+iYAAR8HFi64cx+2830BAAAAAARZWg==");

    // A tar archive of "a.cif" with "data_a", by Python 3 and xz 5.4.1.
    private static readonly byte[] TarXz = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/AFxdADCLiGbT0QC7cKxc1TwjiNjcHRcLKu/RZ3tLtxiNXKfAFUwqnGdmoM5Q8GAlFsi4XfB4b6" +
        "dF3g1fU5MyRCLIwMYlOKoOCqY8wxqBFfa1UhsejWNvOLZKDJ0SM1YAAOPR3u9/cAKVAAF4gFAAAABB5M9escRn+wIAAAAABFla");

    private static readonly string[] Packings = [".gz", ".bz2", ".xz", ".zst"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void It_is_read_alone_and_when_joined_end_to_end([ValueSource(nameof(Packings))] string packing)
    {
        byte[] packed = Pack(packing, Text);
        Assert.That(Read(packing, packed), Is.EqualTo(Text));
        Assert.That(Read(packing, [.. packed, .. packed]), Is.EqualTo(Text + Text));
    }

    [Test]
    public void Cut_anywhere_it_is_unreadable([ValueSource(nameof(Packings))] string packing)
    {
        byte[] packed = Pack(packing, Text);
        for (int length = 0; length < packed.Length; length++)
            Assert.That(Read(packing, packed[..length]), Is.EqualTo("file-unreadable"), $"{length} of {packed.Length} bytes");
    }

    [Test]
    public void A_long_gzip_file_that_is_cut_is_unreadable()
    {
        byte[] packed = Pack(".gz", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i * 7919L % 100_003} ")));
        Assert.That(Read(".gz", packed), Has.Length.GreaterThan(300_000));
        foreach (int length in new[] { packed.Length / 3, packed.Length - 9, packed.Length - 8, packed.Length - 1 })
            Assert.That(Read(".gz", packed[..length]), Is.EqualTo("file-unreadable"));
        Assert.That(Read(".gz", [.. packed, .. packed[..(packed.Length / 2)]]), Is.EqualTo("file-unreadable"));
    }

    [Test]
    public void With_a_flipped_bit_it_is_unreadable([ValueSource(nameof(Packings))] string packing)
    {
        byte[] packed = Pack(packing, Text);
        int wrong = 0;
        for (int bit = 0; bit < 8 * packed.Length; bit++)
        {
            byte[] flipped = [.. packed];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            string read = Read(packing, flipped);
            wrong += read is Text or "file-unreadable" ? 0 : 1;
        }

        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void Zeros_behind_gzip_are_passed_over() => Assert.That(Read(".gz", [.. Pack(".gz", Text), .. new byte[512]]), Is.EqualTo(Text));

    [Test]
    public void Packings_that_are_not_read_are_told([Values(".Z", ".lz", ".lz4", ".7z")] string packing) =>
        Assert.That(Read(packing, "anything"u8.ToArray()), Is.EqualTo("file-unreadable"));

    [Test]
    public void Tar_archives_are_read_in_every_packing(
        [Values(".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst")] string ending)
    {
        byte[] tar = [.. TarBytes.Member("a.cif", "data_a"), .. TarBytes.End];
        string packing = Packings.Single(candidate => ending.EndsWith(candidate[1..], StringComparison.Ordinal));
        File.WriteAllBytes(_folder[$"t{ending}"], packing == ".xz" ? TarXz : Pack(packing, Encoding.Latin1.GetString(tar)));
        Assert.That(CorpusReading.Of(_folder[$"t{ending}"]), Is.EquivalentTo(
            new Dictionary<string, string> { [$"t{ending}!a.cif"] = "data_a" }));
    }

    [Test]
    public void Of_a_packed_archive_with_a_wrong_checksum_no_member_is_believed()
    {
        byte[] packed = Pack(".gz", Encoding.Latin1.GetString([.. TarBytes.Member("a.cif", "data_a"), .. TarBytes.End]));
        packed[^8] ^= 1;
        File.WriteAllBytes(_folder["t.tar.gz"], packed);
        Assert.That(CorpusReading.Of(_folder["t.tar.gz"]), Is.EquivalentTo(
            new Dictionary<string, string> { ["t.tar.gz"] = "file-unreadable" }));
    }

    private string Read(string packing, byte[] bytes)
    {
        File.WriteAllBytes(_folder[$"x.cif{packing}"], bytes);
        return CorpusReading.Of(_folder[$"x.cif{packing}"]).Values.Single();
    }

    private static byte[] Pack(string packing, string text)
    {
        if (packing == ".xz")
            return Xz;
        using var packed = new MemoryStream();
        using (Stream stream = packing switch
        {
            ".gz" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            ".bz2" => BZip2Stream.Create(packed, CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true,
            tolerateTruncatedStream: false),
            _ => WithChecksum(new CompressionStream(packed, leaveOpen: true)),
        })
        {
            stream.Write(Encoding.Latin1.GetBytes(text));
        }

        return packed.ToArray();
    }

    // As the zstd command does; without it a flipped bit cannot be told.
    private static CompressionStream WithChecksum(CompressionStream stream)
    {
        stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return stream;
    }
}
