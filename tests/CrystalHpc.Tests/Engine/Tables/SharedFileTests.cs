using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Tables;

/// <summary>Tables that several ranks write and read.</summary>
public sealed class SharedFileTests
{
    private static readonly GroupRow[] Rows = [.. Enumerable.Range(0, 1000)
        .Select(i => new GroupRow($"g{i}", i + 1, new string('x', i % 40 + 1)))];

    [Test]
    public void The_file_is_what_one_rank_would_write([Values(1, 2, 3, 4)] int ranks, [Values] bool isLengthKnown)
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["alone.csv"], Rows);
        ThreadCommunicator.Run(ranks, world =>
        {
            using var part = new MemoryStream();
            if (world.Rank == 0)
                Csv.Write<GroupRow>(part, []);

            // The second rank has nothing to say.
            Csv.WriteRows(part, Rows.Where((_, i) => (i < 500 ? 0 : ranks - 1) == world.Rank));
            using SharedFile file = isLengthKnown ? new SharedFile(world, folder["shared.csv"], part.Length)
                : new SharedFile(world, folder["shared.csv"]);
            part.WriteTo(file.Part);
            file.Complete();
        });
        Assert.That(File.ReadAllBytes(folder["shared.csv"]), Is.EqualTo(File.ReadAllBytes(folder["alone.csv"])));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(2), "nothing is left beside them");
    }

    [Test]
    public void A_failure_of_one_rank_leaves_what_was_there([Values] bool isLengthKnown)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["table.csv"], "before");
        Assert.That(
            () => ThreadCommunicator.Run(3, world =>
            {
                using SharedFile file = isLengthKnown ? new SharedFile(world, folder["table.csv"], 5)
                    : new SharedFile(world, folder["table.csv"]);
                world.Together(() =>
                {
                    if (world.Rank == 1)
                        throw UserException.Unusable("the disk is full");
                    file.Part.Write("after"u8);
                });
                file.Complete();
            }),
            Throws.Exception);
        Assert.That(File.ReadAllText(folder["table.csv"]), Is.EqualTo("before"));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void Every_row_belongs_to_one_stretch([Values(1, 2, 3, 7, 64, 5000)] int parts)
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["table.csv"], Rows);
        Assert.That(Enumerable.Range(0, parts).SelectMany(part => TableStretch.Read<GroupRow>(folder["table.csv"], part, parts)),
            Is.EqualTo(Rows));
        Csv.Write<GroupRow>(folder["empty.csv"], []);
        Assert.That(Enumerable.Range(0, parts).SelectMany(part => TableStretch.Read<GroupRow>(folder["empty.csv"], part, parts)), Is.Empty);
    }

    [Test]
    public void A_table_that_is_cut_short_is_not_read()
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["table.csv"], Rows);
        byte[] bytes = File.ReadAllBytes(folder["table.csv"]);
        File.WriteAllBytes(folder["table.csv"], bytes[..^2]);
        Assert.That(() => TableStretch.Read<GroupRow>(folder["table.csv"], 0, 2).Count(), Throws.TypeOf<UserException>());
    }
}
