using System.Xml.Linq;
using CrystalHpc.Engine.Report;

namespace CrystalHpc.Tests.Engine.Report.Charts;

public sealed class MarksTests
{
    private static readonly LinearScale X = new(0, 10, 0, 20), Y = new(0, 100, 50, 0);

    [Test]
    public void Bars_stand_on_the_axis_and_empty_bins_leave_nothing()
    {
        XElement bars = Marks.Histogram([new Bin(0, 1, 100), new Bin(1, 2, 0), new Bin(2, 4, 50)], X, Y, "bar");
        Assert.That(bars.Attribute("d")!.Value, Is.EqualTo("M0 50V0H2V50ZM4 50V25H8V50Z"));
    }

    [Test]
    public void Bars_are_cut_at_the_ends_of_the_axis() =>
        Assert.That(Marks.Histogram([new Bin(9.5, 12, 400)], X, Y, "bar").Attribute("d")!.Value, Is.EqualTo("M19 50V0H20V50Z"));

    [Test]
    public void A_curve_breaks_where_there_is_no_value() =>
        Assert.That(
            Marks.Curve([(0, 0), (1, 50), (2, double.NaN), (3, 100)], X, Y, "line").Attribute("d")!.Value,
            Is.EqualTo("M0 50L2 25M6 0"));

    [Test]
    public void A_band_runs_forth_along_its_top_and_back_along_its_bottom() =>
        Assert.That(
            Marks.Band([(0, 0, 50), (10, 50, 100)], X, Y, "band").Attribute("d")!.Value,
            Is.EqualTo("M0 25L20 0L20 25L0 50Z"));

    [Test]
    public void An_axis_has_a_mark_and_a_label_for_each_tick_and_a_name()
    {
        XElement axis = Axis.Bottom(new LinearScale(0, 10, 40, 240), new Frame(40, 10, 240, 110), "length (Å)", 5);
        Assert.That(axis.Elements("line").Where(line => line.Attribute("class")!.Value == "tick")
            .Select(line => line.Attribute("x1")!.Value),
            Is.EqualTo(new[] { "40", "80", "120", "160", "200", "240" }));
        Assert.That(axis.Elements("text").Select(text => text.Value), Is.EqualTo(new[] { "0", "2", "4", "6", "8", "10", "length (Å)" }));
    }

    [Test]
    public void Bars_of_a_chart_are_as_long_as_their_values()
    {
        XElement chart = BarChart.Draw("id", "title", "description", [new BarRow("a", 100, "100"), new BarRow("b", 25, "25", Part: 10)],
            500, 100);
        double[] widths = [.. chart.Descendants("rect").Select(bar => (double)bar.Attribute("width")!)];
        Assert.That(widths[1] / widths[0], Is.EqualTo(0.25).Within(1e-3));
        Assert.That(widths[2] / widths[0], Is.EqualTo(0.10).Within(1e-3));
    }

    [Test]
    public void Points_beyond_the_reach_of_an_axis_stand_at_its_end_as_diamonds()
    {
        XElement plot = DotPlot.Draw(
            "id", "title", "description", "axis", [new DotRow("near", 0.05, 0.01, 0.09, "0.05"),
            new DotRow("far", 0.31, 0.30, 0.32, "0.31")], 80, reach: 0.1);
        XElement near = plot.Descendants("circle").Single(), far = plot.Descendants("path").Single();
        XElement axis = plot.Descendants("line").Single(line => line.Attribute("class")!.Value == "base" && line.Attribute(
            "y1")!.Value == line.Attribute("y2")!.Value);
        double start = (double)axis.Attribute("x1")!, end = (double)axis.Attribute("x2")!;
        Assert.That((double)near.Attribute("cx")!, Is.EqualTo((start + end) / 2).Within(0.01));
        Assert.That(far.Attribute("d")!.Value, Does.StartWith(FormattableString.Invariant($"M{end:0.##} ")));
        Assert.That(plot.Descendants("text").Select(text => text.Value), Does.Contain("0.31"), "the number is written out");
    }

    [Test]
    public void An_interval_that_goes_on_beyond_the_axis_ends_in_a_tip()
    {
        var x = new LinearScale(0, 1, 100, 200);
        string[] tips = [.. new[] { (0.2, 0.8), (0.2, 1.8), (-1, 2), (3, 4) }.Select(interval => string.Join(
            ' ', Marks.HorizontalInterval(interval.Item1, interval.Item2, 10, x, "error").Descendants("path")
            .Select(tip => tip.Attribute("d")!.Value)))];
        Assert.That(tips, Is.EqualTo(new[] { "", "M194 6L200 10L194 14", "M106 6L100 10L106 14 M194 6L200 10L194 14", "" }));
    }

    [Test]
    public void A_drawing_says_what_it_shows()
    {
        XElement drawing = Svg.Drawing("c", "A title", "A description", 100, 50);
        string[] ids = drawing.Attribute("aria-labelledby")!.Value.Split(' ');
        Assert.That(drawing.Attribute("role")!.Value, Is.EqualTo("img"));
        Assert.That(drawing.Attribute("viewBox")!.Value, Is.EqualTo("0 0 100 50"));
        Assert.That(ids.Select(id => drawing.Elements().Single(element => element.Attribute("id")?.Value == id).Value),
            Is.EqualTo(new[] { "A title", "A description" }));
    }

    [TestCase(0, "0")]
    [TestCase(-0.001, "0")]
    [TestCase(12.346, "12.35")]
    [TestCase(-7.5, "-7.5")]
    public void Coordinates_take_no_more_characters_than_they_need(double value, string expected) =>
        Assert.That(Markup.Coordinate(value), Is.EqualTo(expected));

    [Test]
    public void Text_cannot_break_out_of_its_element()
    {
        XElement element = Markup.Element("td", "</td><script>alert(1)</script>\u0001\uFFFE&");
        string written = element.ToString(SaveOptions.DisableFormatting);
        Assert.That(written, Is.EqualTo("<td>&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u0001\\uFFFE&amp;</td>"));
    }

    [Test]
    public void Empty_elements_are_closed_as_html_wants_it()
    {
        Assert.That(Markup.Element("td").ToString(), Is.EqualTo("<td></td>"));
        Assert.That(Markup.Element("td", "").ToString(), Is.EqualTo("<td></td>"));
        Assert.That(Markup.Element("input").ToString(), Is.EqualTo("<input />"));
    }
}
