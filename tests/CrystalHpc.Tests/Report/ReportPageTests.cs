using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Report;

/// <summary>The page as a file: well-formed, self-contained, complete, true to the tables.</summary>
public sealed class ReportPageTests
{
    private static readonly string[] Charts =
    [
        "chart-funnel", "chart-equations", "chart-reasons", "chart-coverage", "chart-error", "chart-pair-1", "chart-valences", "chart-deviations",
        "chart-wrong", "chart-misfit", "chart-gradient", "chart-softness", "chart-r0-b", "chart-correlation", "chart-timings",
    ];

    [Test]
    public void The_page_is_well_formed_and_ids_are_unique()
    {
        XElement page = SampleReport.Parse(SampleReport.Page);
        string[] ids = [.. page.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        Assert.That(ids, Is.Unique);
        foreach (XAttribute reference in page.Descendants().Attributes("aria-labelledby"))
            Assert.That(reference.Value.Split(' '), Is.SubsetOf(ids));
        foreach (XAttribute link in page.Descendants("a").Attributes("href").Where(link => link.Value.StartsWith('#')))
            Assert.That(ids, Does.Contain(link.Value[1..]));
    }

    [TestCaseSource(nameof(Charts))]
    public void Each_chart_is_there_with_title_description_and_marks(string id)
    {
        XElement chart = SampleReport.Parse(SampleReport.Page).Descendants("svg").Single(svg => svg.Attribute("id")?.Value == id);
        Assert.That(chart.Element("title")!.Value, Is.Not.Empty);
        Assert.That(chart.Element("desc")!.Value, Is.Not.Empty);
        Assert.That(chart.Descendants().Count(mark => mark.Name.LocalName is "rect" or "path" or "circle"), Is.Positive);
        Assert.That(chart.Descendants().Attributes().Select(attribute => attribute.Value), Has.None.Contains("NaN").And.None.Contains("∞"));
    }

    [Test]
    public void Nothing_is_fetched_from_anywhere()
    {
        string text = File.ReadAllText(SampleReport.Page);
        XElement page = SampleReport.Parse(SampleReport.Page);
        Assert.That(page.Descendants().Attributes("src"), Is.Empty);
        Assert.That(page.Descendants("link"), Is.Empty);
        Assert.That(text, Does.Not.Contain("url(").And.Not.Contain("@import").And.Not.Contain("fetch("));
        string[] addresses = [.. Regex.Matches(text, "https?://[^\"'<> ]*").Select(match => match.Value)];
        string[] links = [.. page.Descendants("a").Attributes("href").Select(href => href.Value)];
        Assert.That(addresses, Is.SubsetOf(links), "addresses are links to follow, nothing else");
        Assert.That(addresses, Is.All.Match(@"^https://www\.crystallography\.net/cod/\d{7}\.html$"));
    }

    [Test]
    public void The_funnel_says_what_the_tables_say()
    {
        XElement page = SampleReport.Parse(SampleReport.Page);
        JsonNode counts = JsonNode.Parse(File.ReadAllBytes(Path.Combine(SampleReport.Run, "run.json")))!["stages"]!["merge"]!["counts"]!;
        StructureRow[] structures = [.. Csv.Read<StructureRow>(Path.Combine(SampleReport.Run, "merged", "structures.csv"))];
        ResidualRow[] residuals = [.. Csv.Read<ResidualRow>(Path.Combine(SampleReport.Run, "fit", "residuals.csv"))];
        Assert.That(Values(page, "chart-funnel"), Is.EqualTo(new[]
        {
            $"{counts["files"]}", $"{structures.Length}",
            $"{structures.Count(row => row.Verdict == "accepted")}", $"{structures.Count(row => row.Verdict == "rejected")}",
        }));
        Assert.That(Values(page, "chart-equations"), Is.EqualTo(new[]
        {
            $"{residuals.Length}", $"{residuals.Count(row => row.Use == "fitted")}", $"{residuals.Count(row => row.Use == "gated")}",
        }));
    }

    [Test]
    public void The_tables_hold_the_rows_of_the_run()
    {
        XElement page = SampleReport.Parse(SampleReport.Page);
        ParameterRow[] parameters = [.. Csv.Read<ParameterRow>(Path.Combine(SampleReport.Run, "fit", "parameters.csv"))];
        Assert.That(Rows(page, "table-parameters"), Has.Length.EqualTo(parameters.Length));
        ParameterRow silicon = parameters.Single(row => row is { Cation: "Si", CationCharge: 4, Anion: "O" });
        string[] cells = Rows(page, "table-parameters").Single(row => row[0] == "Si⁴⁺" && row[1] == "O²⁻");
        Assert.That(double.Parse(cells[2]), Is.EqualTo(silicon.R0A).Within(0.00005));
        Assert.That(double.Parse(cells[4]), Is.EqualTo(silicon.BA).Within(0.00005));
        Assert.That(long.Parse(cells[8]), Is.EqualTo(silicon.Sites));

        ResidualRow worst = Csv.Read<ResidualRow>(Path.Combine(SampleReport.Run, "fit", "residuals.csv")).MaxBy(row => Math.Abs(row.DeviationVu))!;
        Assert.That(Rows(page, "table-sites")[0][2], Is.EqualTo(worst.SiteLabel));
        string[] reasons = [.. Csv.Read<StructureRow>(Path.Combine(SampleReport.Run, "merged", "structures.csv"))
            .SelectMany(row => row.ReasonCodes.Split(';', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        Assert.That(Rows(page, "table-reasons").Select(row => row[0]), Is.EquivalentTo(reasons));
        Assert.That(Rows(page, "table-reasons").Select(row => row[1]), Is.All.Not.Empty, "each reason says what it means");
    }

    [Test]
    public void Sample_entries_are_linked_to_the_database() => Assert.That(
        SampleReport.Parse(SampleReport.Page).Descendants("table").Single(table => table.Attribute("id")!.Value == "table-sites")
            .Descendants("a").Attributes("href").Select(href => href.Value),
        Is.Not.Empty.And.All.StartWith("https://www.crystallography.net/cod/"));

    [Test]
    public void The_page_is_the_same_for_any_number_of_threads_but_for_the_times()
    {
        using var folder = new TemporaryFolder();
        string other = SampleReport.Make(folder, "threads", "3");
        Assert.That(WithoutTimes(Path.Combine(other, "report.html")), Is.EqualTo(WithoutTimes(SampleReport.Page)));
    }

    [Test]
    public void No_place_of_this_machine_is_told() =>
        Assert.That(File.ReadAllText(SampleReport.Page), Does.Not.Contain(TestPaths.RepositoryRoot).And.Not.Contain(SampleReport.Run));

    [Test]
    public void A_run_that_is_not_merged_has_no_report()
    {
        using var folder = new TemporaryFolder();
        CrystalHpcCommand.Run("index", CrystalHpcCommand.Configuration("quickstart.json"), "--run", folder["run"]);
        ChildResult result = CrystalHpcCommand.Run("report", folder["run"]);
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Does.Contain("is not merged").And.Contain("crystalhpc merge"));
        Assert.That(File.Exists(Path.Combine(folder["run"], "report.html")), Is.False);
    }

    [Test]
    public void A_run_without_a_fit_has_a_report_of_what_it_has()
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run(
            "run", CrystalHpcCommand.Configuration("neighbors.json"), "--run", folder["run"], "--corpus", Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9"));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        XElement page = SampleReport.Parse(Path.Combine(folder["run"], "report.html"));
        string[] sections = [.. page.Descendants("section").Select(section => section.Attribute("id")!.Value)];
        Assert.That(sections, Is.EqualTo(new[] { "funnel", "pairs", "rejections", "timings", "configuration" }));
        Assert.That(page.Descendants("svg").Attributes("id").Select(id => id.Value), Does.Contain("chart-pair-1"));
    }

    private static string WithoutTimes(string path)
    {
        XElement page = SampleReport.Parse(path);
        page.Descendants("section").Single(section => section.Attribute("id")!.Value == "timings").Remove();
        return page.ToString(SaveOptions.DisableFormatting);
    }

    private static string[] Values(XElement page, string chart) =>
    [
        .. page.Descendants("svg").Single(svg => svg.Attribute("id")?.Value == chart).Descendants("text")
            .Where(text => text.Attribute("class")?.Value == "value").Select(text => text.Value.Replace(",", "")),
    ];

    private static string[][] Rows(XElement page, string table) =>
    [
        .. page.Descendants("table").Single(element => element.Attribute("id")!.Value == table).Element("tbody")!.Elements("tr")
            .Select(row => row.Elements("td").Select(cell => cell.Value.Replace(",", "")).ToArray()),
    ];
}
