using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Potentials;

/// <summary>The verbs of <c>potential</c> on the samples: train, evaluate, predict.</summary>
[Category("Slow")]
public sealed class PotentialCommandTests
{
    private static readonly string Data = Path.Combine(TestPaths.RepositoryRoot, "samples", "potential", "titania.extxyz");

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Train_on_one_rank_and_on_two()
    {
        _folder = new TemporaryFolder();
        string configuration = _folder.Write("train.json", $$"""
            {
              "run_directory": "unused",
              "potential": {
                "data": [{{JsonValue.Create(Data)!.ToJsonString()}}],
                "references": ["O -432.503149303", "Ti -1604.604515075"],
                "refit": true,
                "training": { "epochs": 2 }
              }
            }
            """);
        foreach (string threads in (string[])["1", "2"])
            Run("potential", "train", configuration, "--run", _folder[$"run-{threads}"], "--threads", threads);
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_model_that_is_refitted_is_the_same_bytes_on_one_rank_and_on_two()
    {
        string[] digests = [.. new[] { "1", "2" }.Select(threads => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Model(threads)))))];
        Assert.That(digests[1], Is.EqualTo(digests[0]));
    }

    // Only the twin, which has not seen the validation structures, can tell errors.
    [Test]
    public void A_refitted_model_has_standard_errors_and_says_them()
    {
        string[] lines = Run("potential", "predict", Data, "--model", Model("1"), "--json").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(120));
        JsonNode answer = JsonNode.Parse(lines[0])!;
        Assert.That(answer["energy"]!["standard_error"]!.GetValue<double>(), Is.GreaterThan(0).And.LessThan(5));
        Assert.That(answer["forces"]!["value"]!.AsArray(), Has.Count.EqualTo(6));
    }

    [Test]
    public void An_evaluation_writes_what_the_training_did()
    {
        Run("potential", "evaluate", Data, "--model", Model("1"), "--out", _folder["judged"]);
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["judged"], "metrics.json")))!;
        Assert.That(metrics["system"]!.GetValue<string>(), Is.EqualTo("potential"));
        Assert.That(metrics["n"]!.GetValue<int>(), Is.EqualTo(120));
        Assert.That(metrics["metrics"]!["energy.rmse_meV_per_atom"]!.GetValue<double>(), Is.LessThan(metrics["metrics"]!["energy.references_alone_meV_per_atom"]!.GetValue<double>()));
        Assert.That(File.Exists(Path.Combine(_folder["judged"], "predictions.csv")));
        Assert.That(File.Exists(Path.Combine(_folder["run-1"], "report.html")));
    }

    private string Model(string threads) => Path.Combine(_folder[$"run-{threads}"], "model.safetensors");

    private static string Run(params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run(arguments);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.Output;
    }
}
