using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Lattices;

/// <summary>CIF files as data of lattices.</summary>
public sealed class StructureTableTests
{
    [Test]
    public void A_run_and_the_files_themselves_give_the_same_groups_and_cells()
    {
        using var folder = new TemporaryFolder();
        string corpus = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");
        ChildResult result = CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("crystals.json"), "--run", folder["run"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        LatticeTable run = LatticeTableReader.Read(folder["run"]);
        LatticeTable files = StructureTable.Of(CrystalFiles.Read(corpus, CommandLine.Systems.Configuration.Defaults), corpus);
        Dictionary<string, LatticeRow[]> byKey = files.Rows.GroupBy(row => row.Key).ToDictionary(rows => rows.Key, rows => rows.ToArray());
        Assert.That(run.Rows, Is.Not.Empty);
        foreach (LatticeRow row in run.Rows)
            Assert.That(byKey[row.Key].Select(other => other.Group), Does.Contain(row.Group), row.Text);
        Assert.That(files.Rows, Has.Count.GreaterThanOrEqualTo(run.Rows.Count), "redeterminations are one row of a run");
        Assert.That(run.Cells, Has.Count.EqualTo(run.Rows.Count));
        Assert.That(run.Cells.Select(cell => files.Cells.Any(other => other.Key == cell.Key && other.Cell == cell.Cell)), Is.All.True);
        Assert.That(run.Digest, Is.Not.Empty);
    }

    [Test]
    public void A_run_that_was_changed_after_merging_is_refused()
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("crystals.json"), "--run", folder["run"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        File.AppendAllText(Path.Combine(folder["run"], "merged", "structures.csv"), "x\n");
        Assert.That(() => LatticeTableReader.Read(folder["run"]), Throws.TypeOf<UserException>().With.Message.Contains("structures.csv"));
    }

    [Test]
    public void A_structure_without_a_space_group_is_refused_with_its_reasons()
    {
        StructureRow rejected = Row("a", "Na Cl", null) with { Verdict = "rejected", ReasonCodes = "reject-disordered" };
        LatticeTable table = StructureTable.Of([Row("b", "Na4 Cl4", 225), rejected, Row("c", "K4 Br4", null)], "folder");
        Assert.That(table.Rows.Select(row => (row.Key, row.Group)), Is.EqualTo(new[] { ("NaCl", 224) }));
        Assert.That(table.Refused.Select(row => row.Finding.Code), Is.All.EqualTo(FormulaTableFindings.UnusableStructure));
        Assert.That(table.Refused[0].Finding.Message, Does.Contain("reject-disordered"));
        Assert.That(table.Cells[0].Cell.VolumePerAtom, Is.EqualTo(22.5).Within(1e-12));
        Assert.That(FormulaSplit.PartOf(table.Rows[0].Key), Is.EqualTo(SplitPart.Test), "as any other table's NaCl");
    }

    private static StructureRow Row(string id, string formula, int? group) => new(
        id, $"{id}.cif", "", formula, "", "", group, 5.64, 5.64, 5.64, 90, 90, 90, 180, 2, 8, "none", null, null, null, "", "accepted", "");
}
