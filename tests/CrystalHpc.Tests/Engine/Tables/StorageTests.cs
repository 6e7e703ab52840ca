using System.Security.Cryptography;
using CrystalHpc.Engine.Products;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Tables;

/// <summary>Tables appear whole or not at all, keep every bit, and are believed only when their digests agree.</summary>
public sealed class StorageTests
{
    private static readonly BondRow[] Bonds =
    [
        new("1000041", 0, "Na1", "cation", true, "Na", 1, 4, "NaCl|Fm-3m", "Cl", -1, 2.8200000000000003),
        new("odd, \"quoted\"\nid", 1, "", "anion", false, "Fe", 3, 24, "", "O", -2, 1.0 / 3),
    ];

    [Test]
    public void A_table_read_back_is_the_same_to_the_last_bit()
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["t.csv"], Bonds);
        Assert.That(Csv.Read<BondRow>(folder["t.csv"]), Is.EqualTo(Bonds));
        Assert.That(File.ReadAllText(folder["t.csv"]), Does.StartWith(
            "structure_id,site_index,site_label,center,complete,cation,").And.Not.Contain("\r"));
    }

    [Test]
    public void A_missing_or_torn_table_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => Csv.Read<BondRow>(folder["t.csv"]).Count(), Throws.TypeOf<UserException>());
        Csv.Write(folder["t.csv"], Bonds);
        byte[] bytes = File.ReadAllBytes(folder["t.csv"]);
        File.WriteAllBytes(folder["t.csv"], bytes[..^12]);
        Assert.That(() => Csv.Read<BondRow>(folder["t.csv"]).Count(), Throws.TypeOf<UserException>());
    }

    [Test]
    public void A_table_with_other_columns_is_refused()
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["t.csv"], new[] { new GroupRow("g", 1, "g") });
        Assert.That(() => Csv.Read<BondRow>(folder["t.csv"]).Count(), Throws.TypeOf<UserException>());
    }

    [Test]
    public void A_table_that_is_not_finished_does_not_appear()
    {
        using var folder = new TemporaryFolder();
        var run = new RunDirectory(folder.Path);
        using (var shard = new ShardFolder(run, 0))
            shard.Write("t.csv", stream => Csv.Write(stream, Bonds));
        Assert.That(Directory.EnumerateFileSystemEntries(folder["shards"]), Is.Empty);
        Directory.Delete(folder["shards"]);
        Assert.That(() => WholeFile.Write(folder["u.csv"], _ => throw new IOException("disk full")), Throws.TypeOf<IOException>());
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void Joined_tables_have_one_header_and_ranges_that_find_each_part()
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["0.csv"], Bonds[..1]);
        Csv.Write(folder["1.csv"], Array.Empty<BondRow>());
        Csv.Write(folder["2.csv"], Bonds[1..]);
        IReadOnlyList<BlockRow> blocks = [];
        WholeFile.Write(folder["all.csv"], merged => blocks = TableMerger.Join(
            [folder["0.csv"], folder["1.csv"], folder["2.csv"]], merged));
        Assert.That(Csv.Read<BondRow>(folder["all.csv"]), Is.EqualTo(Bonds));
        Assert.That(blocks[1].Bytes, Is.Zero);
        Assert.That(blocks[2].FirstByte, Is.EqualTo(blocks[0].FirstByte + blocks[0].Bytes));
        byte[] all = File.ReadAllBytes(folder["all.csv"]);
        Assert.That(
            blocks.Select(block => block.Sha256),
            Is.EqualTo(blocks.Select(block => Convert.ToHexStringLower(SHA256.HashData(
            all.AsSpan((int)block.FirstByte, (int)block.Bytes))))));
    }

    [Test]
    public void Tables_with_other_headers_are_not_joined()
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["0.csv"], Bonds);
        Csv.Write(folder["1.csv"], new[] { new GroupRow("g", 1, "g") });
        Assert.That(() => TableMerger.Join([folder["0.csv"], folder["1.csv"]], Stream.Null), Throws.TypeOf<UserException>());
    }

    [TestCase("nothing", null)]
    [TestCase("no mark", "missing")]
    [TestCase("torn mark", "its shard.json is damaged")]
    [TestCase("other digest", "stale: made with another configuration, corpus or format of tables")]
    [TestCase("other counts", "its shard.json is damaged")]
    [TestCase("other place", "foreign: it is shard 4 of some run")]
    [TestCase("flipped bit", "its structures.csv is missing or damaged")]
    [TestCase("lost table", "its structures.csv is missing or damaged")]
    public void A_shard_is_believed_only_when_it_is_complete_and_intact(string damage, string? problem)
    {
        using var folder = new TemporaryFolder();
        var run = new RunDirectory(folder.Path);
        string table = Path.Combine(run.Shard(3), "structures.csv"), mark = Path.Combine(run.Shard(3), ShardRecord.FileName);
        var counts = new ShardCounts(5, 6, 4, 1, new OrderedDictionary<string, long> { ["equations"] = 10, ["bonds"] = 60 });
        int shard = damage == "other place" ? 4 : 3;
        using (var writing = new ShardFolder(run, shard))
        {
            writing.Write("structures.csv", stream => Csv.Write(stream, Bonds));
            writing.Seal(damage == "other digest" ? "old" : "new", counts);
        }

        switch (damage)
        {
            case "no mark": File.Delete(mark); break;
            case "torn mark": File.WriteAllText(mark, File.ReadAllText(mark)[..40]); break;
            case "other counts": File.WriteAllText(mark, File.ReadAllText(mark).Replace("60", "61", StringComparison.Ordinal)); break;
            case "other place": Directory.Move(run.Shard(4), run.Shard(3)); break;
            case "lost table": File.Delete(table); break;
            case "flipped bit":
                byte[] bytes = File.ReadAllBytes(table);
                bytes[^3] ^= 1;
                File.WriteAllBytes(table, bytes);
                break;
        }

        Assert.That(ShardRecord.ProblemOf(run, 3, "new", out ShardRecord? record), Is.EqualTo(problem));
        if (problem is null)
        {
            Assert.That(record!.Counts with { Made = counts.Made }, Is.EqualTo(counts));
            Assert.That(record.Counts.Made, Is.EqualTo(counts.Made));
        }
    }

    [Test]
    public void Equations_read_back_are_the_same_whichever_ion_is_their_center()
    {
        Species ti = new(Element.Of("Ti"), 4), o = new(Element.Of("O"), -2);
        SiteEquation cation = new()
        {
            StructureId = "1", SiteIndex = 0, SiteLabel = "Ti1", Center = ti, Multiplicity = 2, GroupId = "g",
            Bonds = [new EquationBond(o, 1.9), new EquationBond(o, 2.0)],
        };
        SiteEquation anion = cation with { SiteIndex = 1, SiteLabel = "O1", Center = o, IsComplete = false,
            Bonds = [new EquationBond(ti, 1.9)] };
        SiteEquation[] read = [.. EquationFile.Read(EquationFile.Rows(cation).Concat(EquationFile.Rows(anion)), "t.csv")];
        Assert.That(read.Select(equation => equation with { Bonds = [] }),
            Is.EqualTo(new[] { cation with { Bonds = [] }, anion with { Bonds = [] } }));
        Assert.That(read.Select(equation => equation.Bonds), Is.EqualTo(new[] { cation.Bonds, anion.Bonds }));
        BondRow odd = EquationFile.Rows(cation).First() with { Center = "middle" };
        Assert.That(() => EquationFile.Read([odd], "t.csv").Count(), Throws.TypeOf<UserException>());
    }
}
