using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Structures;

/// <summary>Groups of redeterminations, dealt to ranks.</summary>
public sealed class GroupDirectoryTests
{
    // Every third structure belongs to the group of the one before it.
    private static readonly GroupRow[] Rows = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 2
        ? new GroupRow(NameOf(i), 2, NameOf(i - 1))
        : new GroupRow(NameOf(i), i % 3 == 1 ? 2 : 1, NameOf(i)))];

    [Test]
    public void Groups_and_folds_are_those_of_the_whole_table_on_any_number_of_ranks([Values(1, 2, 3, 4, 7)] int ranks)
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = RunIn(folder, Rows);
        Dictionary<string, int> folds = FoldPlan.Deal(Rows.Select(row => row.JoinedId), 5, 11);
        ThreadCommunicator.Run(ranks, world =>
        {
            GroupRow[] mine = [.. Rows.Where((_, i) => i % 5 % ranks == world.Rank)];
            GroupDirectory groups = GroupDirectory.Open(JobOf(world), run, mine.Select(row => TextHash.Of(row.GroupId)), 5, 11);
            foreach (GroupRow row in mine)
            {
                StructureGroup group = groups.Find(TextHash.Of(row.GroupId))!.Value;
                Assert.That(group.Structures, Is.EqualTo(row.Structures));
                Assert.That(group.Joined, Is.EqualTo(TextHash.Of(row.JoinedId)));
                Assert.That(group.Number, Is.EqualTo(Array.FindIndex(Rows, other => other.GroupId == row.JoinedId)),
                    "groups have the order of their names");
                Assert.That((groups.JoinedOf(row.GroupId), groups.FoldOf(row.GroupId)), Is.EqualTo((row.JoinedId, folds[row.JoinedId])));
            }

            Assert.That(world.Gather(groups.Listed(5, 11))?.Select(group => group.Number), world.Rank > 0 ? Is.Null
                : Is.EqualTo(Enumerable.Range(0, 300).Where(i => i % 3 < 2)));
        });
    }

    [TestCase("twice")]
    [TestCase("lacks a group")]
    [TestCase("named after a structure that it lacks")]
    [TestCase("without structures")]
    public void A_damaged_table_is_an_error_that_says_so(string problem)
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = RunIn(folder, problem switch
        {
            "twice" => [.. Rows, Rows[4]],
            "lacks a group" => Rows[1..],
            "without structures" => [.. Rows[..5], new GroupRow("z", 0, "z")],
            _ => [.. Rows[..5], new GroupRow("z", 2, "y")],
        });
        Exception? failure = Assert.Catch(() =>
            ThreadCommunicator.Run(2, world => GroupDirectory.Open(JobOf(world), run, [TextHash.Of(NameOf(0))])));
        Assert.That(failure!.ToString(), Does.Contain(problem).And.Contains("'crystalhpc merge' writes it anew"));
    }

    private static string NameOf(int i) => $"NaCl|{i:D4}";

    private static Job JobOf(ICommunicator world) => new(world, new JobOptions(IsQuiet: true, Dealing.Static), null);

    private static RunDirectory RunIn(TemporaryFolder folder, GroupRow[] rows)
    {
        var run = new RunDirectory(folder["run"]);
        Directory.CreateDirectory(run.Merged);
        Csv.Write(Path.Combine(run.Merged, StructureGroups.FileName), rows);
        return run;
    }
}
