using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Report;

/// <summary>The page as a file: well-formed, self-contained, complete, true to the tables.</summary>
public sealed class ReportPageTests
{
    private static readonly string[] Charts =
    [
        "chart-funnel", "chart-equations", "chart-reasons", "chart-coverage", "chart-error", "chart-pair-1", "chart-valences",
        "chart-deviations",
        "chart-wrong", "chart-rmsd", "chart-percent-wrong", "chart-misfit", "chart-gradient", "chart-softness", "chart-r0-b",
        "chart-correlation", "chart-timings",
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
        Assert.That(cells[2], Is.EqualTo(ErrorNotation.Of(silicon.R0A, silicon.R0SeA, 4)));
        Assert.That(cells[3], Is.EqualTo(ErrorNotation.Of(silicon.BA, silicon.BSeA, 4)));
        Assert.That(long.Parse(cells[6]), Is.EqualTo(silicon.Sites));

        ResidualRow worst = Csv.Read<ResidualRow>(Path.Combine(SampleReport.Run, "fit", "residuals.csv"))
            .MaxBy(row => Math.Abs(row.DeviationVu))!;
        Assert.That(Rows(page, "table-sites")[0][2], Is.EqualTo(worst.SiteLabel));
        string[] reasons = [.. Csv.Read<StructureRow>(Path.Combine(SampleReport.Run, "merged", "structures.csv"))
            .SelectMany(row => row.ReasonCodes.Split(';', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        Assert.That(Rows(page, "table-reasons").Select(row => row[0]), Is.EquivalentTo(reasons));
        Assert.That(Rows(page, "table-reasons").Select(row => row[1]), Is.All.Not.Empty, "each reason says what it means");
    }

    [Test]
    public void The_line_of_r0_lies_over_the_bars()
    {
        XElement panel = SampleReport.Parse(SampleReport.Page).Descendants("svg")
            .First(svg => (string?)svg.Attribute("id") == "chart-pair-1");
        string[] order = [.. panel.Descendants().Select(mark => (string?)mark.Attribute("class")).Where(name => name is "bar" or "r0")
            .Select(name => name!)];
        Assert.That(order, Is.EqualTo(new[] { "bar", "r0" }));
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
            "run", CrystalHpcCommand.Configuration("neighbors.json"), "--run", folder["run"], "--corpus",
            Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9"));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        XElement page = SampleReport.Parse(Path.Combine(folder["run"], "report.html"));
        string[] sections = [.. page.Descendants("section").Select(section => section.Attribute("id")!.Value)];
        Assert.That(sections, Is.EqualTo(new[] { "funnel", "pairs", "rejections", "timings", "configuration" }));
        Assert.That(page.Descendants("svg").Attributes("id").Select(id => id.Value), Does.Contain("chart-pair-1"));
    }

    [TestCase("published.csv", "cation,cation_charge,anion,anion_charge,r0,B\nSi,4,O,-2,1.624,0.37\nSi,4,O,-2,9.9,0.37\n")]
    [TestCase("published.cif",
        "data_table\nloop_\n_valence_param_atom_1\n_valence_param_atom_1_valence\n_valence_param_atom_2\n_valence_param_atom_2_valence\n"
        + "_valence_param_Ro\n_valence_param_B\nSi 4 O -2 1.624 0.37\n")]
    public void A_published_table_is_drawn_beside_the_fit(string name, string text)
    {
        using var folder = new TemporaryFolder();
        string run = CopyOfSample(folder);
        ChildResult result = CrystalHpcCommand.Run("report", run, "--published", folder.Write(name, text));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        XElement page = SampleReport.Parse(Path.Combine(run, "report.html"));
        XElement panel = page.Descendants("figure").Single(figure => figure.Element("h3")?.Value == "Si⁴⁺–O²⁻" && figure.Element("svg")
            is not null);
        Assert.That(panel.Value, Does.Contain("published r₀ 1.624 Å, B 0.370 Å"), "the first row of a pair counts");
        Assert.That(panel.Descendants("path").Count(path => path.Attribute("class")!.Value == "published"), Is.EqualTo(1));
        Assert.That(page.Descendants("path").Count(path => path.Attribute("class")!.Value == "published"), Is.EqualTo(1),
            "other pairs have no published curve");
        Assert.That(Values(page, "chart-published"), Has.Length.EqualTo(1));

        string[] row = Rows(page, "table-parameters").Single(cells => cells[0] == "Si⁴⁺" && cells[1] == "O²⁻");
        ParameterRow fitted = Csv.Read<ParameterRow>(Path.Combine(run, "fit", "parameters.csv"))
            .Single(parameters => parameters is { Cation: "Si", CationCharge: 4, Anion: "O" });
        double published = 1.624 - 0.37 * (fitted.R0A - fitted.PivotLengthA) / fitted.BA;
        Assert.That(double.Parse(row[12].Replace('−', '-')), Is.EqualTo(fitted.PivotLengthA - published).Within(0.0006),
            "lengths of equal valence at the pivot");
    }

    [Test]
    public void A_published_table_that_cannot_be_read_is_an_error()
    {
        using var folder = new TemporaryFolder();
        string run = CopyOfSample(folder);
        ChildResult missing = CrystalHpcCommand.Run("report", run, "--published", folder["none.csv"]);
        ChildResult other = CrystalHpcCommand.Run("report", run, "--published", folder.Write("other.csv", "a,b\n1,2\n"));
        Assert.That((missing.ExitCode, other.ExitCode), Is.EqualTo((4, 4)));
        Assert.That(missing.Errors, Does.Contain("none.csv does not exist"));
        Assert.That(other.Errors, Does.Contain("is not a table of bond-valence parameters"));
    }

    [Test]
    public void The_evaluation_says_what_its_table_says()
    {
        XElement page = SampleReport.Parse(SampleReport.Page);
        MetricRow[] metrics = [.. Csv.Read<MetricRow>(Path.Combine(SampleReport.Run, "evaluation", "metrics.csv"))
            .Where(row => row.Subset == "all")];
        string[] values = Values(page, "chart-rmsd");
        Assert.That(metrics, Is.Not.Empty);
        Assert.That(values.Take(metrics.Length), Is.EqualTo(metrics.Select(row => row.RmsdVu!.Value.ToString("0.000"))));
    }

    [Test]
    public void A_large_run_makes_a_page_of_bounded_size()
    {
        using var folder = new TemporaryFolder();
        string run = CopyOfSample(folder);
        ParameterRow parameters = Csv.Read<ParameterRow>(Path.Combine(run, "fit", "parameters.csv")).First(row => row.Source == "fitted");
        ResidualRow residual = Csv.Read<ResidualRow>(Path.Combine(run, "fit", "residuals.csv")).First();
        PairBinRow bin = Csv.Read<PairBinRow>(Path.Combine(run, "merged", "pair_bins.csv")).First();
        HistoryRow iteration = Csv.Read<HistoryRow>(Path.Combine(run, "fit", "history.csv")).First();
        MetricRow metric = Csv.Read<MetricRow>(Path.Combine(run, "evaluation", "metrics.csv")).First();
        Csv.Write(Path.Combine(run, "fit", "parameters.csv"), Enumerable.Range(1, 4000)
            .Select(i => parameters with { CationCharge = i % 8 + 1, Sites = i }));
        Csv.Write(Path.Combine(run, "fit", "residuals.csv"), Enumerable.Range(1, 50_000)
            .Select(i => residual with { SiteIndex = i, DeviationVu = i * 1e-4 }));
        Csv.Write(Path.Combine(run, "fit", "history.csv"), Enumerable.Range(0, 5000)
            .Select(i => iteration with { Iteration = i, Value = 1 + 1.0 / (i + 1) }));
        Csv.Write(Path.Combine(run, "evaluation", "metrics.csv"), Enumerable.Range(0, 5000)
            .Select(i => metric with { Subset = $"all/cation/{i}" }));
        Csv.Write(Path.Combine(run, "merged", "pair_bins.csv"), Enumerable.Range(0, 300).SelectMany(pair =>
            Enumerable.Range(100, 400).Select(i => bin with { FirstCharge = pair % 100 + 1, SecondCharge = -1 - pair / 100, Bin = i,
                Count = 100_000 })));
        MergedTables.Close(new RunDirectory(run), new(Directory.EnumerateFiles(Path.Combine(run, "merged"), "*.csv").ToDictionary(
            path => Path.GetFileName(path), WholeFile.Digest)));
        ChildResult result = CrystalHpcCommand.Run("report", run);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(new FileInfo(Path.Combine(run, "report.html")).Length, Is.LessThan(4_000_000));
        XElement page = SampleReport.Parse(Path.Combine(run, "report.html"));
        Assert.That(Rows(page, "table-sites"), Has.Length.EqualTo(200));
        Assert.That(page.Descendants("figure").Count(figure => figure.Element("svg")?.Attribute("id")?.Value.StartsWith(
            "chart-pair-") == true), Is.EqualTo(60));
        Assert.That(page.Value, Does.Contain("2,500 pairs with fewer sites are left out here"), "what is left out is said");
    }

    private static string CopyOfSample(TemporaryFolder folder)
    {
        string run = folder["run"];
        foreach (string path in (string[])["run.json", "merged", "fit", "evaluation"])
        {
            string from = Path.Combine(SampleReport.Run, path), to = Path.Combine(run, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (File.Exists(from))
            {
                File.Copy(from, to);
                continue;
            }

            Directory.CreateDirectory(to);
            foreach (string file in Directory.EnumerateFiles(from))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return run;
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
            .Where(text => text.Attribute("class")?.Value is "value" or "value end").Select(text => text.Value.Replace(",", "")),
    ];

    private static string[][] Rows(XElement page, string table) =>
    [
        .. page.Descendants("table").Single(element => element.Attribute("id")!.Value == table).Element("tbody")!.Elements("tr")
            .Select(row => row.Elements("td").Select(cell => cell.Value.Replace(",", "")).ToArray()),
    ];
}
