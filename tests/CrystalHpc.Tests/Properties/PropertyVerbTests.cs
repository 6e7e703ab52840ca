using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Properties;

/// <summary>The verbs of the system as users call them.</summary>
public sealed class PropertyVerbTests
{
    private TemporaryFolder _folder = null!;
    private string _configuration = "", _table = "";

    [SetUp]
    public void Write_a_small_table()
    {
        _folder = new TemporaryFolder();
        IEnumerable<string> rows =
            "Li Na K Rb Cs Mg Ca Sr Ba Fe Co Ni".Split(' ').SelectMany((cation, i) => "F Cl Br I O S".Split(' ').Select((anion, k) =>
        {
            string a = (4.0 + 0.1 * i + 0.2 * k).ToString(CultureInfo.InvariantCulture);
            string energy = (-3 + 0.1 * i + 0.3 * k).ToString(CultureInfo.InvariantCulture), index = k == 2 ? "" : "1.5";
            return $"{cation}{anion},{energy},{index},{a},{a},{a},90,90,90,{cation} 0 0 0;{anion} 0.5 0.5 0.5";
        }));
        File.WriteAllLines(_table = _folder["salts.csv"], ["formula,e_form_eV_atom,n,a,b,c,alpha,beta,gamma,sites", .. rows]);
        File.WriteAllText(_configuration = _folder["salts.json"], """
            { "property": { "tables": ["salts.csv"], "members": 2, "width": 16, "hidden": 8,
                "training": { "epochs": 2, "batch": 32, "shard": 8 } } }
            """);
    }

    [TearDown]
    public void Remove_the_folder() => _folder.Dispose();

    [Test]
    [Category("Mpi")]
    public void A_model_is_the_same_bytes_on_one_two_and_four_ranks_of_open_mpi()
    {
        LaunchedProgram.RequireTool(LaunchedProgram.OpenMpi);
        string[] digests = [.. new[] { 1, 2, 4 }.Select(ranks =>
        {
            string run = _folder[string.Create(CultureInfo.InvariantCulture, $"ranks{ranks}")];
            ChildResult result = CrystalHpcCommand.Under(LaunchedProgram.OpenMpi, ranks, "property", "train", _configuration, "--run", run);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(run, "model.safetensors"))));
        })];
        Assert.That(digests.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    [Category("Mpi")]
    public void A_corpus_is_predicted_to_the_same_bytes_on_any_number_of_ranks_and_from_its_graphs_alone()
    {
        LaunchedProgram.RequireTool(LaunchedProgram.OpenMpi);
        string model = Path.Combine(Train(), "model.safetensors"), corpus = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");
        string[] digests = [.. new[] { 1, 2, 4 }.Select(ranks =>
        {
            string run = _folder[string.Create(CultureInfo.InvariantCulture, $"corpus{ranks}")];
            ChildResult result = CrystalHpcCommand.Under(
                LaunchedProgram.OpenMpi, ranks, "property", "predict", corpus, "--model", model, "--run", run);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
            return Digest(Path.Combine(run, "predictions.csv"));
        })];
        Assert.That(digests.Distinct().Count(), Is.EqualTo(1));
        ChildResult again = CrystalHpcCommand.Run("property", "predict", corpus, "--model", model, "--run", _folder["corpus1"]);
        Assert.That(again.ToString(), Does.Contain("every shard is complete"));
        Assert.That(Digest(_folder["corpus1/predictions.csv"]), Is.EqualTo(digests[0]));
        string[] lines = File.ReadAllLines(_folder["corpus1/predictions.csv"]), alone = Predict(corpus, model);
        Assert.That(
            lines.Skip(1).Select(line => line[line.IndexOf(',', StringComparison.Ordinal)..]).Order(),
            Is.EqualTo(alone.Skip(1).Select(line => line[line.IndexOf(',', StringComparison.Ordinal)..]).Order()), "as without a run");
    }

    [Test]
    public void Disordered_structures_are_averaged_where_that_is_wanted()
    {
        string model = Path.Combine(Train(), "model.safetensors"), corpus = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");
        Assert.That(Predict(corpus, model), Has.Some.Contains("reject-disordered"));
        string[] averaged = Predict(corpus, model, "--average-disorder");
        Assert.That(averaged, Has.None.Contains("reject-disordered"));
    }

    [Test]
    public void A_study_compares_angles()
    {
        string run = _folder["study"];
        ChildResult result = CrystalHpcCommand.Run(
            "property", "study", _configuration, "--run", run, "--part", "angles", "--part", "paper");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] lines = File.ReadAllLines(Path.Combine(run, "study.csv"));
        Assert.That(lines, Has.Some.StartsWith("angles,distances and angles,formation_energy,mae,"));
        Assert.That(lines, Has.Some.StartsWith("paper,\"published, other rows\",formation_energy,mae,35734,,0.102"));
    }

    private string Train()
    {
        string run = _folder["run"];
        ChildResult trained = CrystalHpcCommand.Run("property", "train", _configuration, "--run", run);
        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        return run;
    }

    private string[] Predict(string input, string model, params string[] more)
    {
        string answers = _folder["answers.csv"];
        CrystalHpcCommand.Run(["property", "predict", input, "--model", model, "--csv", answers, .. more]);
        return File.ReadAllLines(answers);
    }

    private static string Digest(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    [Test]
    public void A_model_is_trained_judged_and_asked_about_cif_files_and_tables()
    {
        string run = _folder["run"], model = Path.Combine(run, "model.safetensors"), judged = _folder["judged"], answers =
            _folder["answers.csv"];
        ChildResult trained = CrystalHpcCommand.Run("property", "train", _configuration, "--run", run);
        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        ChildResult evaluated = CrystalHpcCommand.Run("property", "evaluate", _table, "--model", model, "--part", "test", "--out", judged);
        Assert.That(evaluated.ExitCode, Is.Zero, evaluated.ToString());
        Assert.That(File.ReadAllText(Path.Combine(judged, "metrics.json")),
            Does.Contain("formation_energy.mae").And.Contain("formation_energy.smape").And.Contain("n.rmse"));
        Assert.That(File.ReadAllText(Path.Combine(judged, "report.html")), Does.Contain("parity-formation_energy"));
        ChildResult predicted = CrystalHpcCommand.Run(
            "property", "predict", _table, Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "--model", model, "--csv", answers);
        Assert.That(predicted.ToString(), Does.Contain("crystals refused"), "some of the samples are disordered");
        string[] lines = File.ReadAllLines(answers);
        Assert.That(lines[1], Does.StartWith("LiF,formation_energy,"));
        Assert.That(lines, Has.Some.Contains("reject-disordered"));
        Assert.That(lines, Has.Some.Contains("reject-hydrogen-missing"));
        Assert.That(lines, Has.Some.Contains("no training crystal holds"), "the salts know few elements");
        Assert.That(lines.Count(line => line.Contains("formation_energy", StringComparison.Ordinal)), Is.GreaterThan(100));
    }
}
