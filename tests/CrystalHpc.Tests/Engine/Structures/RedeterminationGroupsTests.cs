using CrystalHpc.Core.Matching;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Structures;

/// <summary>Redeterminations are found wherever their rows lie.</summary>
public sealed class RedeterminationGroupsTests
{
    private static readonly CellRow[] Cells =
    [
        Cubic("CsCl|a", 4.1, "Cs 0 0 0;Cl 0.5 0.5 0.5"), Cubic("NaCl|b", 4, "Na 0 0 0;Cl 0.5 0.5 0.5"),
        Cubic("CsCl|c", 4.2, "Cl 0 0 0;Cs 0.5 0.5 0.5"),
        Cubic("CsCl|d", 4.1, "Cs 0 0 0;Cl 0.5 0 0"), Cubic("NaCl|e", 4.3, "Na 0.25 0 0;Cl 0.75 0.5 0.5"),
    ];

    private static readonly (string, int, string)[] Groups =
        [("CsCl|a", 2, "CsCl|a"), ("CsCl|c", 2, "CsCl|a"), ("CsCl|d", 1, "CsCl|d"), ("NaCl|b", 2, "NaCl|b"), ("NaCl|e", 2, "NaCl|b")];

    [Test]
    public void The_groups_are_the_same_on_any_number_of_ranks_and_rounds(
        [Values(1, 2, 3, 7)] int ranks, [Values(10, 100, 1 << 20)] long bytesOfRound)
    {
        using var folder = new TemporaryFolder();
        ThreadCommunicator.Run(ranks, world =>
        {
            var job = new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), null);
            string table = folder[$"{world.Rank}.csv"];
            Csv.Write(table, Cells.Where((_, i) => i % world.Size == world.Rank).Reverse());
            IReadOnlyList<GroupRow> found = RedeterminationGroups.Find(job, [table], MatchTolerance.Default, bytesOfRound);
            IReadOnlyList<GroupRow>? all = world.Gather(found);
            Assert.That(all?.Select(row => (row.GroupId, row.Structures, row.JoinedId)), world.Rank > 0 ? Is.Null : Is.EqualTo(Groups));
        });
    }

    [Test]
    public void Without_a_tolerance_there_are_no_groups() => ThreadCommunicator.Run(2, world =>
    {
        var job = new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), null);
        Assert.That(RedeterminationGroups.Find(job, ["a table that is not there"], null), Is.Empty);
    });

    private static CellRow Cubic(string name, double edge, string places) => new(name, edge, edge, edge, 90, 90, 90, places);
}
