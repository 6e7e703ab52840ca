using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Commands;

/// <summary>The evaluate verb and the evaluation of a run, on the sample corpus.</summary>
[Category("Slow")]
public sealed class EvaluateCommandTests
{
    private const string Brown =
        "cation,cation_charge,anion,anion_charge,r0,B\nCa,2,O,-2,1.967,0.37\nSi,4,O,-2,1.624,0.37\nMg,2,O,-2,1.693,0.37\nNa,1,O,-2,1.803,"
        + "0.37\n";

    private TemporaryFolder _folder = null!;
    private string _run = null!;
    private string _table = null!;

    [OneTimeSetUp]
    public void Run_the_quickstart_once()
    {
        _folder = new TemporaryFolder();
        _run = _folder["run"];
        _table = _folder.Write("brown.csv", Brown);
        ChildResult result = CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", _run);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Contain("held-out").And.Contain("in-sample"));
    }

    [OneTimeTearDown]
    public void Remove_the_runs() => _folder.Dispose();

    [Test]
    public void A_run_judges_its_own_fit_by_data_that_were_left_out()
    {
        MetricRow[] metrics = Metrics(Path.Combine(_run, "evaluation"));
        MetricRow heldOut = metrics.Single(row => row is { Table: "held-out", Subset: "all" }),
            inSample = metrics.Single(row => row is { Table: "in-sample", Subset: "all" });
        Assert.That(heldOut.Sites, Is.EqualTo(inSample.Sites));
        Assert.That(heldOut.RmsdVu, Is.GreaterThan(inSample.RmsdVu!));
        Assert.That(inSample.CoveragePercent, Is.EqualTo(100));
        Assert.That(heldOut.CoveragePercent, Is.LessThan(100), "pairs that only one group of structures has");
        Assert.That(metrics.Single(row => row is { Table: "held-out-extrapolated", Subset: "all" }).CoveragePercent, Is.EqualTo(100));
        Assert.That(heldOut.Low95, Is.LessThan(heldOut.RmsdVu));
        Assert.That(heldOut.High95, Is.GreaterThan(heldOut.RmsdVu));
    }

    [TestCase("exponential")]
    [TestCase("power")]
    [TestCase("misplaced_division")]
    public void In_sample_sums_are_those_of_the_fit(string law)
    {
        string run = law == "exponential" ? _run : _folder[law];
        string fit = law == "misplaced_division"
            ? $"\"law\": \"{law}\", \"softness_prior_mean_angstrom\": 2.1, \"softness_max_angstrom\": 1000"
            : $"\"law\": \"{law}\"";
        if (run != _run)
        {
            ChildResult result = CrystalHpcCommand.Run(
                "run", CrystalHpcCommand.Extending(_folder, $"{law}.json", "quickstart.json", $"\"fit\": {{ {fit} }}"), "--corpus",
                Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "--run", run);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
        }

        AssertSumsOfTheFit(run, Path.Combine(run, "evaluation"), "in-sample", 1e-9);
        string byHand = _folder[$"{law}-by-hand"];
        ChildResult evaluated = CrystalHpcCommand.Run("evaluate", Path.Combine(run, "fit", "parameters.csv"), _run, "--out", byHand);
        Assert.That(evaluated.ExitCode, Is.Zero, evaluated.ToString());
        AssertSumsOfTheFit(run, byHand, "parameters", 1e-9);

        // The CIF table has four decimals.
        string byCif = _folder[$"{law}-by-cif"];
        evaluated = CrystalHpcCommand.Run("evaluate", Path.Combine(run, "fit", "parameters.cif"), _run, "--out", byCif);
        Assert.That(evaluated.ExitCode, Is.Zero, evaluated.ToString());
        AssertSumsOfTheFit(run, byCif, "parameters", 0.01);
        AssertSumsOfInspect(run, "5000035", Path.Combine(run, "fit", "parameters.csv"), 1e-9);
        AssertSumsOfInspect(run, "5000035", Path.Combine(run, "fit", "parameters.cif"), 0.01);
    }

    private static void AssertSumsOfInspect(string run, string structure, string table, double tolerance)
    {
        string file = Path.Combine(TestPaths.RepositoryRoot, "samples/cod/5/00/00", structure + ".cif");
        JsonNode inspection = JsonNode.Parse(CrystalHpcCommand.Run("inspect", file, "--json", "--parameters", table).Output)![0]!;
        ResidualRow[] residuals = [.. Csv.Read<ResidualRow>(Path.Combine(run, "fit", "residuals.csv"))
            .Where(row => row.StructureId.Contains(structure, StringComparison.Ordinal))];
        Assert.That(residuals, Is.Not.Empty);
        foreach (ResidualRow row in residuals)
            Assert.That((double)inspection["sites"]![row.SiteIndex]!["valence_sum_vu"]!, Is.EqualTo(row.ValenceSumVu).Within(tolerance),
                table);
    }

    private static void AssertSumsOfTheFit(string run, string evaluation, string table, double tolerance)
    {
        Dictionary<(string, string), double> sums = Rows(Path.Combine(evaluation, "sites.csv"))
            .ToDictionary(row => (row["structure_id"], row["site_index"]), row
                => double.Parse(row[$"{table}_sum_vu"], CultureInfo.InvariantCulture));
        ResidualRow[] residuals = [.. Csv.Read<ResidualRow>(Path.Combine(run, "fit", "residuals.csv"))];
        Assert.That(residuals, Has.Length.EqualTo(Rows(Path.Combine(evaluation, "sites.csv")).Count(row => row["charge"][0] != '-')));
        foreach (ResidualRow row in residuals)
            Assert.That(sums[(row.StructureId, $"{row.SiteIndex}")], Is.EqualTo(row.ValenceSumVu).Within(tolerance));
    }

    [Test]
    public void The_time_is_recorded_when_the_tables_go_into_the_run()
    {
        JsonNode stage = JsonNode.Parse(File.ReadAllBytes(Path.Combine(_run, "run.json")))!["stages"]!["evaluate"]!;
        Assert.That((double)stage["seconds"]!, Is.Positive);
        Assert.That((int)stage["ranks"]!, Is.Positive);
        Assert.That((int)stage["tables"]!, Is.EqualTo(3));
        Assert.That((int)stage["sites"]!, Is.EqualTo(Rows(Path.Combine(_run, "evaluation", "sites.csv")).Length));
    }

    [Test]
    public void The_report_says_when_the_figures_belong_to_another_fit()
    {
        string run = _folder["stale"];
        string configuration = CrystalHpcCommand.Extending(_folder, "stale.json", "quickstart.json", "\"fit\": { }");
        string[] arguments = [configuration, "--corpus", Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "--run", run];
        Assert.That(CrystalHpcCommand.Run(["run", .. arguments]).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(run, "report.html")), Does.Not.Contain("evaluation-stale"));
        CrystalHpcCommand.Extending(_folder, "stale.json", "quickstart.json", "\"fit\": { \"sigma_valence\": 0.2 }");
        Assert.That(CrystalHpcCommand.Run(["index", .. arguments]).ExitCode, Is.Zero);
        Assert.That(CrystalHpcCommand.Run("fit", run).ExitCode, Is.Zero);
        Assert.That(CrystalHpcCommand.Run("report", run).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(run, "report.html")), Does.Contain("evaluation-stale"));
        Assert.That(CrystalHpcCommand.Run("evaluate", Path.Combine(run, "fit", "parameters.csv"), run).ExitCode, Is.Zero);
        Assert.That(CrystalHpcCommand.Run("report", run).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(run, "report.html")), Does.Not.Contain("evaluation-stale"));
    }

    [Test]
    public void Redeterminations_never_lie_in_different_folds() =>
        Assert.That(Rows(Path.Combine(_run, "evaluation", "sites.csv")).GroupBy(row => row["group_id"])
            .Select(group => group.Select(row => row["fold"]).Distinct().Count()), Is.All.EqualTo(1));

    [Test]
    public void The_result_is_the_same_for_any_number_of_ranks([Values(1, 2, 3, 7)] int threads)
    {
        string output = _folder[$"threads{threads}"];
        ChildResult result = CrystalHpcCommand.Run(
            "evaluate", "--held-out", Path.Combine(_run, "fit", "parameters.csv"), _run, "--out", output, "--threads", $"{threads}");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string one = _folder["threads1"];
        if (threads > 1 && Directory.Exists(one))
            RunTables.AssertSame(RunTables.Read(one), RunTables.Read(output));
        Assert.That(
            Metrics(output).Where(row => row.Table == "held-out").Select(row => row.RmsdVu),
            Is.EqualTo(Metrics(Path.Combine(_run, "evaluation")).Where(row => row.Table == "held-out").Select(row => row.RmsdVu)));
    }

    [Test]
    [Category("Mpi")]
    public void Mpi_ranks_give_the_same_bytes([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        string alone = _folder["alone"], launched = _folder[launcher];
        string[] arguments = ["evaluate", "--held-out", _table, _run, "--out"];
        ChildResult first = CrystalHpcCommand.Run([.. arguments, alone]),
            second = CrystalHpcCommand.Under(launcher, 3, [.. arguments, launched]);
        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), second.ToString());
        RunTables.AssertSame(RunTables.Read(alone), RunTables.Read(launched));
    }

    [Test]
    public void A_corpus_is_extracted_first_and_the_table_judged_where_it_covers_the_pairs()
    {
        string run = _folder["corpus-run"];
        ChildResult result = CrystalHpcCommand.Run("evaluate", _table, Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "--run",
            run, "--json");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        JsonNode all = JsonNode.Parse(result.Output)!["metrics"]!.AsArray().First(row => (string)row!["subset"]! == "all")!;
        Assert.That((string)all["table"]!, Is.EqualTo("brown"));
        Assert.That((double)all["coverage_percent"]!, Is.InRange(5, 60));
        Assert.That((double)all["rmsd_vu"]!, Is.InRange(0.02, 0.4));
        Assert.That(Rows(Path.Combine(run, "evaluation", "coverage.csv"))
            .Single(row => row is { } pair && pair["cation"] == "Si" && pair["anion"] == "O")["brown_n_sites"], Is.Not.EqualTo("0"));
    }

    [Test]
    public void Our_table_as_cif_gives_what_it_gives_as_csv()
    {
        string cif = _folder.Write("as-cif.cif", File.ReadAllText(Path.Combine(_run, "fit", "parameters.cif")));
        ChildResult result = CrystalHpcCommand.Run("evaluate", Path.Combine(_run, "fit", "parameters.csv"), cif, _run, "--out",
            _folder["cif"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        MetricRow[] all = [.. Metrics(_folder["cif"]).Where(row => row.Subset == "all")];
        Assert.That(all.Select(row => row.Table), Is.EqualTo(new[] { "parameters", "as-cif" }));
        Assert.That(all[1].Sites, Is.EqualTo(all[0].Sites));
        Assert.That(all[1].RmsdVu, Is.EqualTo(all[0].RmsdVu).Within(2e-3), "CIF has four decimals");
    }

    [Test]
    public void Rounding_each_bond_makes_most_sites_wrong()
    {
        CrystalHpcCommand.Run("evaluate", Path.Combine(_run, "fit", "parameters.csv"), _run, "--round-bonds", "--out",
            _folder["rounded"]);
        Assert.That(Metrics(_folder["rounded"]).First().PercentWrongRounded, Is.GreaterThan(50));
    }

    [Test]
    public void Failures_are_listed_worst_first_and_exclusions_with_their_reason()
    {
        Dictionary<string, string>[] failures = Rows(Path.Combine(_run, "evaluation", "failures.csv"));
        double[] sizes = [.. failures.Where(row => row["held-out_sum_vu"].Length > 0)
            .Select(row => Math.Abs(double.Parse(row["held-out_sum_vu"], CultureInfo.InvariantCulture)
                - Math.Abs(double.Parse(row["charge"], CultureInfo.InvariantCulture))))];
        Assert.That(sizes, Is.Not.Empty.And.Ordered.Descending);
        Assert.That(sizes, Is.All.GreaterThanOrEqualTo(0.5));
        ExcludedRow[] excluded = [.. Csv.Read<ExcludedRow>(Path.Combine(_run, "evaluation", "excluded.csv"))];
        Assert.That(excluded.Select(row => row.Reason), Is.All.AnyOf("gate", "doubtful-parameters"));
        int all = Metrics(Path.Combine(_run, "evaluation")).Single(row => row is { Table: "in-sample", Subset: "all/own" }).Sites;
        int filtered = Metrics(Path.Combine(_run, "evaluation")).Single(row => row is { Table: "in-sample", Subset: "filtered/own" }).Sites;
        Assert.That(all - filtered, Is.EqualTo(excluded.Count(row => row.Charge > 0)));
    }

    [Test]
    public void A_single_structure_has_no_held_out_figures_and_says_so_by_its_coverage()
    {
        string run = _folder["single-run"];
        ChildResult result = CrystalHpcCommand.Run(
            "evaluate", "--held-out", _table, Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9", "00", "86", "9008678.cif"),
            "--run", run);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        MetricRow[] metrics = Metrics(Path.Combine(run, "evaluation"));
        Assert.That(metrics.Where(row => row.Table.StartsWith("held-out", StringComparison.Ordinal) && row.CoveragePercent is not null)
            .Select(row => row.CoveragePercent), Is.All.Zero);
    }

    [TestCase("no table", "there is no parameter table to evaluate", 4)]
    [TestCase("no such table", "does not exist", 4)]
    [TestCase("no parameters in it", "is not a table of bond-valence parameters", 4)]
    [TestCase("the same name twice", "two tables are called 'brown'", 4)]
    [TestCase("no structures", "no CIF file in", 4)]
    public void What_cannot_be_evaluated_is_said(string problem, string message, int code)
    {
        string empty = _folder.Write("empty/readme.txt", "nothing");
        string[] arguments = problem switch
        {
            "no table" => [Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9", "00", "86", "9008678.cif"), "--run",
                _folder["tableless-run"]],
            "no such table" => [_folder["none.csv"], _run],
            "no parameters in it" => [_folder.Write("other.csv", "a,b\n1,2\n"), _run],
            "the same name twice" => [_table, _table, _run],
            _ => [_table, Path.GetDirectoryName(empty)!, "--run", _folder["nothing-run"]],
        };
        ChildResult result = CrystalHpcCommand.Run(["evaluate", .. arguments, "--out", _folder["unused"]]);
        Assert.That(result.ExitCode, Is.EqualTo(code), result.ToString());
        Assert.That(result.Errors, Does.Contain(message));
    }

    private static MetricRow[] Metrics(string folder) => [.. Csv.Read<MetricRow>(Path.Combine(folder, "metrics.csv"))];

    // The tables with a column for each parameter table hold no quoted line feeds.
    private static Dictionary<string, string>[] Rows(string path)
    {
        using CsvHelper.CsvReader reader = CsvHelper.CsvReader.FromFile(path, CsvHelper.CsvReaderOptions.Default);
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
            rows.Add(reader.Headers!.Select((header, i) => (header, i)).ToDictionary(item => item.header, item
                => reader.GetString(item.i)));
        return [.. rows];
    }
}
