using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Evaluation;

/// <summary>Held-out errors against the number of structures.</summary>
public sealed class LearningCurveTests
{
    [Test]
    public void Every_part_lies_within_the_next_one_and_the_last_one_is_everything()
    {
        ulong[] groups = [.. Enumerable.Range(0, 4096).Select(i => TextHash.Of($"group {i}"))];
        for (int part = 0; part <= 6; part++)
        {
            Assert.That(groups.Where(group => LearningCurve.IsInPart(group, 1, part))
                .All(group => part == 6 || LearningCurve.IsInPart(group, 1, part + 1)));
            Assert.That(groups.Count(group => LearningCurve.IsInPart(group, 1, part)), Is.EqualTo(64 << part).Within(25).Percent);
        }

        Assert.That(groups.All(group => LearningCurve.IsInPart(group, 7, 6)));
    }

    [Test, Category("Slow")]
    public void The_last_row_has_the_figures_of_the_cross_validation_on_any_number_of_ranks()
    {
        using var folder = new TemporaryFolder();
        string run = folder["run"];
        Assert.That(CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", run).ExitCode, Is.Zero);
        string[] tables = [.. new[] { "1", "3" }.Select(threads =>
        {
            string output = folder[$"by-{threads}"];
            ChildResult result = CrystalHpcCommand.Run("evaluate", "--learning-curve", run, "--out", output, "--threads", threads);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
            Assert.That(result.Output, Does.Contain("by structures in the fit"));
            return File.ReadAllText(Path.Combine(output, LearningCurve.FileName));
        })];
        Assert.That(tables[1], Is.EqualTo(tables[0]));
        LearningCurveRow[] rows = [.. Csv.Read<LearningCurveRow>(Path.Combine(folder["by-1"], LearningCurve.FileName))];
        MetricRow[] metrics = [.. Csv.Read<MetricRow>(Path.Combine(folder["by-1"], "metrics.csv"))];
        MetricRow all = metrics.Single(row => row is { Table: "held-out-extrapolated", Subset: "all/own" });
        Assert.That(rows, Has.Length.EqualTo(7));
        Assert.That(rows[^1].Fraction, Is.EqualTo(1));
        Assert.That((rows[^1].Sites, rows[^1].RmsdVu), Is.EqualTo(((long)all.Sites, all.RmsdVu))
            .Using<(long, double?)>((a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2!.Value - b.Item2!.Value) < 1e-9));
        Assert.That(rows.Select(row => row.Structures), Is.Ordered);
        Assert.That(rows[0].CoveredPercent, Is.LessThan(rows[^1].CoveredPercent!));
    }
}
