using System.Text.Json.Nodes;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Commands;

/// <summary>What <c>pair</c> tells of two ions.</summary>
public sealed class PairCommandTests
{
    private const string Published =
        "cation,cation_charge,anion,anion_charge,r0,B,reference\nFe,2,O,-2,1.734,0.37,Brown and Altermatt 1985\nFe,3,O,-2,1.759,0.37,Brown "
        + "and Altermatt 1985\nFe,3,F,-1,1.679,0.37,Brown and Altermatt 1985\n";

    [Test]
    public void One_state_is_told_by_every_table()
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run("pair", "Fe3+", "O2-", "--parameters", folder.Write("brown.csv", Published));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Match(@"crystalhpc-\d +Fe3\+ O2- +1\.\d+\(\d\d\) +0\.\d+\(\d\d\) +\d+ "));

        // 1.759 - 0.37 ln 0.5 = 2.0155.
        Assert.That(result.Output, Does.Match(
            @"brown +Fe3\+ O2- +1\.7590 +0\.3700 +2\.611 2\.272 2\.015 1\.759 +Brown and Altermatt 1985"));
        Assert.That(result.Output, Does.Not.Contain("Fe2+").And.Not.Contain("F1-"));
    }

    [TestCase("Fe", "O", 2)]
    [TestCase("Fe+3", "O-2", 1)]
    [TestCase("Fe3+", "F-", 1)]
    public void An_ion_may_be_written_in_several_ways_or_leave_its_state_open(string cation, string anion, int ofBrown)
    {
        using var folder = new TemporaryFolder();
        JsonNode[] lines = [.. CrystalHpcCommand.Run("pair", cation, anion, "--json", "--parameters", folder.Write(
            "brown.csv", Published)).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.That(lines.Count(line => (string)line["table"]! == "brown"), Is.EqualTo(ofBrown));
        Assert.That(lines.Select(line => (string)line["law"]!), Is.All.EqualTo("exponential"));
    }

    [TestCase("Xx", "O2-", 1)]
    [TestCase("Fe33+", "O2-", 1)]
    [TestCase("He2+", "Ar", 4)]
    public void What_nobody_knows_is_said(string cation, string anion, int exitCode)
    {
        ChildResult result = CrystalHpcCommand.Run("pair", cation, anion);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        Assert.That(result.Errors, Does.Contain(cation));
    }
}
