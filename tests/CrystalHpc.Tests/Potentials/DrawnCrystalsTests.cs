using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Potentials;

/// <summary>Crystals to learn from, and their labels.</summary>
public sealed class DrawnCrystalsTests
{
    private static readonly Element[] Elements = [Element.Of("Cu"), Element.Of("Pd"), Element.Of("Ag")];

    [Test]
    public void Each_group_of_elements_comes_in_its_turn_and_all_of_its_elements_occur()
    {
        AtomFrame[] frames = [.. DrawnCrystals.Draw(Elements, 210, 3)];
        Assert.That(frames.Select(frame => frame.AtomCount), Is.All.InRange(2, 16));
        foreach (IGrouping<int, AtomFrame> group in frames.Index().GroupBy(entry => entry.Index % 7, entry => entry.Item))
        {
            Assert.That(group.Select(frame => string.Join('-', frame.Species.Distinct().Order())).Distinct().ToArray(),
                Has.Length.EqualTo(1));
            Assert.That(group.First().Property("group"), Is.EqualTo(string.Join('-', group.First().Species.Distinct().Order())));
        }

        Assert.That(frames.Take(7).Select(frame => frame.Species.Distinct().Count()), Is.EqualTo(new[] { 1, 1, 1, 2, 2, 2, 3 }));
    }

    [Test]
    public void Volumes_lie_around_those_of_the_elements()
    {
        double[] shares = [.. DrawnCrystals.Draw(Elements, 300, 5).Select(frame =>
            Math.Abs(frame.Cell!.Value.Volume) / frame.Species.Sum(element => MagpieProperties.Of(element, MagpieProperty.GSvolume)))];
        Assert.That(shares.Min(), Is.GreaterThan(0.75));
        Assert.That(shares.Max(), Is.LessThan(1.4));
        Assert.That(shares.Average(), Is.EqualTo(1.05).Within(0.05));
    }

    [Test]
    public void A_drawing_follows_from_its_seed_and_goes_on_the_same()
    {
        AtomFrame[] few = [.. DrawnCrystals.Draw(Elements, 20, 7)], more = [.. DrawnCrystals.Draw(Elements, 30, 7)],
            others = [.. DrawnCrystals.Draw(Elements, 20, 8)];
        Assert.That(few.Select(frame => frame.PositionsAngstrom), Is.EqualTo(more.Take(20).Select(frame => frame.PositionsAngstrom)));
        Assert.That(few.Select(frame => frame.PositionsAngstrom), Is.Not.EqualTo(others.Select(frame => frame.PositionsAngstrom)));
    }

    [Test]
    public void Labels_are_those_of_the_potential_and_are_read_back()
    {
        using var folder = new TemporaryFolder();
        string drawn = folder["drawn.extxyz"], again = folder["again.extxyz"];
        ChildResult result = CrystalHpcCommand.Run("potential", "label", "--draw", "14", "--elements", "Ag,Cu,Pd", "--model", "gupta",
            "--out", drawn);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        result = CrystalHpcCommand.Run("potential", "label", drawn, "--model", "gupta", "--out", again);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.ReadAllText(again), Is.EqualTo(File.ReadAllText(drawn)));
    }

    [TestCase("--draw", "3", "--elements", "Fe"), TestCase("--draw", "3"), TestCase("missing.extxyz", "--draw", "3", "--elements", "Cu")]
    public void What_cannot_be_labelled_is_said(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run(["potential", "label", .. arguments, "--model", "gupta", "--out", folder["out.extxyz"]]);
        Assert.That(result.ExitCode, Is.EqualTo((int)CrystalHpc.Engine.Jobs.ExitCode.Configuration), result.ToString());
    }
}
