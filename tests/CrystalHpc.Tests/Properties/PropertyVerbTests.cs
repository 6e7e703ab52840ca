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
        Assert.That(predicted.ToString(), Does.Contain("structures refused"), "some of the samples are disordered");
        string[] lines = File.ReadAllLines(answers);
        Assert.That(lines[1], Does.StartWith("LiF,formation_energy,"));
        Assert.That(lines, Has.Some.Contains("reject-disordered"));
        Assert.That(lines, Has.Some.Contains("reject-hydrogen-missing"));
        Assert.That(lines, Has.Some.Contains("no training crystal holds"), "the salts know few elements");
        Assert.That(lines.Count(line => line.Contains("formation_energy", StringComparison.Ordinal)), Is.GreaterThan(100));
    }
}
