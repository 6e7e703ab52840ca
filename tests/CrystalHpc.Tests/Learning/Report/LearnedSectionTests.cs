using System.Xml.Linq;
using CrystalHpc.Learning.Metrics;
using CrystalHpc.Learning.Report;
using CrystalHpc.Learning.Runs;

namespace CrystalHpc.Tests.Learning.Report;

/// <summary>Charts about models.</summary>
public sealed class LearnedSectionTests
{
    [Test]
    public void Learning_curves_name_the_best_epoch_of_each_member()
    {
        HistoryRow[] history =
        [
            new(0, 1, 0.01, 2, 3, 1, true), new(0, 2, 0.02, 1, 2.5, 1, true), new(1, 1, 0.01, 2, 2.2, 1, true),
            new(1, 2, 0.02, 1, 2.4, 1, false),
        ];
        XElement section = LearningCurves.Of(history);
        Assert.That(section.Value, Does.Contain("2 networks, 4 epochs in all").And.Contain("lowest after epoch 2, 1"));
        Assert.That(section.Descendants("svg").Count(svg => svg.Attribute("id") is not null), Is.EqualTo(3));
    }

    [Test]
    public void A_confusion_matrix_shows_shares_of_rows_and_figures_of_classes()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(0, 0);
        matrix.Add(0, 1);
        matrix.Add(1, 1);
        string[] texts = [.. ConfusionChart.Draw("c", matrix, ["cubic", "<odd>"]).Descendants("text").Select(text => text.Value)];
        Assert.That(texts.Where(text => text is "50" or "100"), Is.EqualTo(new[] { "50", "50", "100" }));
        Assert.That(texts.Count(text => text == "<odd>"), Is.EqualTo(2));
        Assert.That(ConfusionChart.Table("t", matrix, ["cubic", "<odd>"]).Descendants("tr").Count(), Is.EqualTo(3));
    }

    [Test]
    public void A_reliability_diagram_has_a_point_an_interval()
    {
        XElement chart = ReliabilityChart.Draw("r", Calibration.Reliability([0.9, 0.1, 0.6, 0.4], [0, 1], 10));
        Assert.That(chart.Descendants("circle").Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_parity_plot_draws_no_more_points_than_can_be_told_apart()
    {
        double[] actual = [.. Enumerable.Range(0, 9001).Select(i => (double)i)], predicted = [.. actual.Select(value => value + 1)];
        XElement chart = ParityChart.Draw("p", "volume (A^3)", actual, predicted);
        Assert.That(chart.Descendants("circle").Count(), Is.InRange(1000, 2000));
        Assert.That(chart.Value, Does.Contain("mean absolute error 1.00"));
    }

    [Test]
    public void A_single_value_still_makes_a_parity_plot() =>
        Assert.That(ParityChart.Draw("p", "x", [3], [3]).Descendants("circle").Count(), Is.EqualTo(1));
}
