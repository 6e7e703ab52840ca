using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Commands;
using CrystalHpc.Potentials.Commands.Selection;
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
        string[] digests = [.. new[] { "1", "2" }.Select(threads => Convert.ToHexStringLower(
            SHA256.HashData(File.ReadAllBytes(Model(threads)))))];
        Assert.That(digests[1], Is.EqualTo(digests[0]));
    }

    // Only the twin, which has not seen the validation structures, can tell errors.
    [Test]
    public void A_refitted_model_has_standard_errors_and_says_them()
    {
        string[] lines = Run("potential", "predict", Data, "--model", Model("1"), "--json")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
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
        Assert.That(metrics["metrics"]!["energy.rmse_meV_per_atom"]!.GetValue<double>(),
            Is.LessThan(metrics["metrics"]!["energy.references_alone_meV_per_atom"]!.GetValue<double>()));
        Assert.That(File.Exists(Path.Combine(_folder["judged"], "predictions.csv")));
        Assert.That(File.Exists(Path.Combine(_folder["run-1"], "report.html")));
    }

    [Test]
    public void Structures_that_are_selected_are_a_table_whatever_their_file_is_called()
    {
        string data = _folder.Write("a, \"b\".extxyz", File.ReadAllText(Data)), table = _folder["next.csv"];
        Run("potential", "select", data, "--model", Model("1"), "--count", "3", "--csv", table);
        SelectedRow[] rows = [.. CrystalHpc.Engine.Tables.Csv.Read<SelectedRow>(table)];
        Assert.That(rows.Select(row => row.Input), Is.All.EqualTo(data));
        Assert.That(rows.Select(row => row.Structure).Distinct().Count(), Is.EqualTo(3));
        Assert.That(rows.Skip(1).Select(row => row.Score), Is.Ordered.Descending);
    }

    [Test]
    public void Structures_that_are_selected_can_be_computed_next_and_others_are_told()
    {
        string[] lines = File.ReadAllLines(Data)[..(4 * 8)];
        string bad = string.Join('\n', lines[..8]).Replace("Ti ", "Xx ", StringComparison.Ordinal),
            unknown = string.Join('\n', lines[8..16]).Replace("Ti ", "Fe ", StringComparison.Ordinal);
        string data = _folder.Write("mixed.extxyz", $"{bad}\n{unknown}\n{string.Join('\n', lines[16..])}\n");
        for (int again = 0; again < 2; again++)
        {
            ChildResult result = CrystalHpcCommand.Run("potential", "select", data, "--model", Model("1"), "--count", "9", "--xyz",
                _folder["next.extxyz"]);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
            Assert.That(result.Output, Does.Contain("2 of 2 structures").And.Contain("2 refused"));
            Assert.That(result.Errors, Does.Contain("structure 0, line 3").And.Contain("structure 1, line 9").And.Contain(
                "label-structure"));
        }

        AtomFrame[] chosen = Frames(_folder["next.extxyz"]), candidates = Frames(
            _folder.Write("good.extxyz", string.Join('\n', lines[16..]) + "\n"));
        Assert.That(chosen, Has.Length.EqualTo(2));
        foreach (AtomFrame frame in chosen)
        {
            string origin = frame.Property("potential_select_from")!;
            AtomFrame source = candidates[int.Parse(origin[(origin.LastIndexOf('#') + 1)..], CultureInfo.InvariantCulture) - 2];
            Assert.That(frame.PositionsAngstrom, Is.EqualTo(source.PositionsAngstrom));
            Assert.That(frame.ForcesElectronVoltPerAngstrom, Is.EqualTo(source.ForcesElectronVoltPerAngstrom));
        }
    }

    [Test]
    public void A_selection_without_a_place_to_go_or_under_another_name_is_refused()
    {
        foreach (string[] output in (string[][])[[], ["--xyz", _folder["next.cif"]]])
            Assert.That(CrystalHpcCommand.Run(["potential", "select", Data, "--model", Model("1"), .. output]).ExitCode,
                Is.EqualTo((int)CrystalHpc.Engine.Jobs.ExitCode.CommandLine));
    }

    [Test]
    public void Nothing_to_select_from_is_said()
    {
        Directory.CreateDirectory(_folder["empty"]);
        ChildResult result = CrystalHpcCommand.Run("potential", "select", _folder["empty"], "--model", Model("1"), "--csv",
            _folder["none.csv"]);
        Assert.That(result.ExitCode, Is.EqualTo((int)CrystalHpc.Engine.Jobs.ExitCode.Unusable), result.ToString());
    }

    private static AtomFrame[] Frames(string path)
    {
        using Stream input = File.OpenRead(path);
        return [.. StructureFile.Read(input, StructureFormat.ExtendedXyz, FrameReaderOptions.Default).Select(reading => reading.Frame!)];
    }

    private string Model(string threads) => Path.Combine(_folder[$"run-{threads}"], "model.safetensors");

    private static string Run(params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run(arguments);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.Output;
    }
}
