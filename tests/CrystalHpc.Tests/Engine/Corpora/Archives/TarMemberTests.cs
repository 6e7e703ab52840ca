using System.IO.Compression;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Every member of a tar archive is read or has a finding, whatever stands beside it.</summary>
public sealed class TarMemberTests
{
    private static readonly byte[] First = TarBytes.Member("a.cif", "data_a"), Last = TarBytes.Member("z.cif", "data_z");

    [Test]
    public void Links_and_devices_are_told_and_the_others_read() => AssertRead(
        [
            .. TarBytes.Member("hard.cif", "", '1', "a.cif"), .. TarBytes.Member("soft.cif", "", '2', "a.cif"),
            .. TarBytes.Member("pipe.cif", "", '6'),
            .. TarBytes.Member("folder.cif/", "", '5'), .. TarBytes.Member("old-folder.cif/", ""),
        ],
        ("hard.cif", "file-skipped"), ("soft.cif", "file-skipped"), ("pipe.cif", "file-unreadable"));

    [Test]
    public void A_sparse_member_of_gnu_tar_is_unreadable_and_the_others_are_read() => AssertRead(
        TarBytes.Member("s.cif"u8.ToArray(), "data_s"u8.ToArray(), 'S', change: header => "0000000"u8.CopyTo(header.AsSpan(386))),
        ("s.cif", "file-unreadable"));

    [Test]
    public void A_sparse_member_with_a_long_map_is_passed_over_as_a_whole()
    {
        byte[] member = TarBytes.Member("s.cif"u8.ToArray(), "data_s"u8.ToArray(), 'S', change: header => header[482] = 1);
        byte[] first = new byte[512], second = new byte[512];
        (first[0], first[504], second[0]) = (1, 1, 1);
        AssertRead([.. member[..512], .. first, .. second, .. member[512..]], ("s.cif", "file-unreadable"));
    }

    [Test]
    public void A_sparse_member_of_pax_is_unreadable_under_its_own_name()
    {
        (string, string)[] records = [("GNU.sparse.offset", "0"), ("GNU.sparse.numbytes", "6"), ("GNU.sparse.offset", "9"),
            ("GNU.sparse.name", "s.cif")];
        AssertRead([.. TarBytes.Records(records), .. TarBytes.Member("GNUSparseFile.1/s.cif", "data_s")], ("s.cif", "file-unreadable"));
    }

    [Test]
    public void Long_names_of_gnu_tar_and_of_pax_are_read()
    {
        string name = $"{new string('n', 200)}.cif";
        AssertRead([.. TarBytes.Member("././@LongLink", $"{name}\0", 'L'), .. TarBytes.Member("cut", "data_gnu")], (name, "data_gnu"));
        AssertRead([.. TarBytes.Records(("path", name), ("mtime", "1.5")), .. TarBytes.Member("cut", "data_pax")], (name, "data_pax"));
    }

    [Test]
    public void Lengths_in_base_256_and_in_pax_records_are_read()
    {
        byte[] large = TarBytes.Member("n.cif"u8.ToArray(), "data_n"u8.ToArray(), change: header =>
        {
            header.AsSpan(124, 12).Clear();
            (header[124], header[135]) = (0x80, 6);
        });
        AssertRead(large, ("n.cif", "data_n"));
        byte[] stated = TarBytes.Member("n.cif"u8.ToArray(), "data_n"u8.ToArray(), change: header => header.AsSpan(124, 12)
            .Fill((byte)'0'));
        AssertRead([.. TarBytes.Records(("size", "6")), .. stated], ("n.cif", "data_n"));
    }

    [Test]
    public void Names_that_are_no_utf8_or_hold_marks_are_escaped_and_read() => AssertRead(
        [
            .. TarBytes.Member([(byte)'u', 0xFF, .. ".cif"u8], "data_u"u8.ToArray()), .. TarBytes.Member("w!;|\t.cif", "data_w"),
            .. TarBytes.Member("é.cif", "data_e"),
        ],
        ("u%FF.cif", "data_u"), ("w%21%3B%7C%09.cif", "data_w"), ("é.cif", "data_e"));

    [Test]
    public void Packed_members_are_unpacked_and_archives_within_are_told()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("data_p"u8);
        AssertRead(
            [
                .. TarBytes.Member("p.cif.gz"u8.ToArray(), packed.ToArray()),
                .. TarBytes.Member("cut.cif.gz"u8.ToArray(), packed.ToArray()[..^9]),
                .. TarBytes.Member("inner.zip", "PK"), .. TarBytes.Member("__MACOSX/._p.cif", "x"), .. TarBytes.Member("._q.cif", "x"),
            ],
            ("p.cif.gz", "data_p"), ("cut.cif.gz", "file-unreadable"), ("inner.zip", "file-skipped"), ("__MACOSX/._p.cif", "file-skipped"),
            ("._q.cif", "file-skipped"));
    }

    [Test]
    public void Archives_joined_end_to_end_are_read_as_one()
        => AssertRead([.. TarBytes.Member("m.cif", "data_m"), .. TarBytes.End], ("m.cif", "data_m"));

    [Test]
    public void What_stands_before_a_damaged_header_or_a_cut_is_read_and_the_archive_has_a_row(
        [Values(100, 1024 + 512, 2048 - 100)] int bytes)
    {
        using var folder = new TemporaryFolder();
        byte[] archive = [.. First, .. TarBytes.Member("m.cif", "data_m"), .. Last, .. TarBytes.End];
        File.WriteAllBytes(folder["cut.tar"], archive[..bytes]);
        Dictionary<string, string> read = CorpusReading.Of(folder["cut.tar"]);
        Assert.That(read["cut.tar"], Is.EqualTo("file-unreadable"));
        Assert.That(read.GetValueOrDefault("cut.tar!a.cif"), Is.EqualTo(bytes > 1024 ? "data_a" : null));
        archive[1024 + 3] ^= 1;
        File.WriteAllBytes(folder["flip.tar"], archive);
        Assert.That(CorpusReading.Of(folder["flip.tar"]), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["flip.tar!a.cif"] = "data_a", ["flip.tar"] = "file-unreadable",
        }));
    }

    [Test]
    public void An_archive_without_its_end_mark_is_cut_short()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["t.tar"], [.. First, .. Last]);
        Assert.That(CorpusReading.Of(folder["t.tar"]), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["t.tar!a.cif"] = "data_a", ["t.tar!z.cif"] = "data_z", ["t.tar"] = "file-unreadable",
        }));
    }

    [Test]
    public void A_header_with_an_impossible_length_costs_no_more_than_the_archive()
    {
        using var folder = new TemporaryFolder();
        byte[] huge = TarBytes.Member("n.cif"u8.ToArray(), [], change: header => header.AsSpan(124, 11).Fill((byte)'7'));
        byte[] negative = TarBytes.Member("n.cif"u8.ToArray(), [], change: header => header.AsSpan(124, 12).Fill(0xFF));
        byte[] name = TarBytes.Member("././@LongLink"u8.ToArray(), [], 'L', change: header => "77777777777"u8.CopyTo(header.AsSpan(124)));
        foreach (byte[] member in new[] { huge, negative, name })
        {
            File.WriteAllBytes(folder["t.tar"], [.. First, .. member, .. Last, .. TarBytes.End]);
            Assert.That(CorpusReading.Of(folder["t.tar"])["t.tar"], Is.EqualTo("file-unreadable"));
        }
    }

    // The member stands between two others; the archive is read plain and packed.
    private static void AssertRead(byte[] members, params (string Name, string Expected)[] expected)
    {
        using var folder = new TemporaryFolder();
        byte[] archive = [.. First, .. members, .. Last, .. TarBytes.End];
        foreach (string name in new[] { "t.tar", "t.tgz" })
        {
            using (Stream file = File.Create(folder[name]))
            using (Stream stream = name == "t.tar" ? file : new GZipStream(file, CompressionLevel.Fastest))
                stream.Write(archive);
            (string Name, string Expected)[] all = [("a.cif", "data_a"), .. expected, ("z.cif", "data_z")];
            Assert.That(
                CorpusReading.Of(folder[name]),
                Is.EquivalentTo(all.ToDictionary(item => $"{name}!{item.Name}", item => item.Expected)));
        }
    }
}
