using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Lattices;

/// <summary>The verbs of the system as users call them.</summary>
public sealed class LatticeVerbTests
{
    private TemporaryFolder _folder = null!;
    private string _configuration = "";

    [SetUp]
    public void Write_a_small_table()
    {
        _folder = new TemporaryFolder();
        IEnumerable<string> rows = "Li Na K Rb Cs Mg Ca Sr Ba Fe Co Ni".Split(' ')
            .SelectMany((cation, i) => "F Cl Br I O S".Split(' ').SelectMany((anion, k) =>
            new[] { $"{cation}{anion},{((i + k) % 3 == 0 ? 221 : 225)}", $"{cation}{anion}2,{((i * k) % 4 == 0 ? 136 : 225)}",
                $"{cation}Al{anion}3,{(k == 0 ? 62 : 221)}" }));
        File.WriteAllLines(_folder["salts.csv"], ["formula,space_group", .. rows]);
        File.WriteAllText(_configuration = _folder["salts.json"], """
            { "lattice": { "tables": ["salts.csv"], "members": 2, "width": 16, "training": { "epochs": 2, "batch": 32, "shard": 8 } } }
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
            ChildResult result = CrystalHpcCommand.Under(LaunchedProgram.OpenMpi, ranks, "lattice", "train", _configuration, "--run", run);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(run, "model.safetensors"))));
        })];
        Assert.That(digests.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Cif_files_a_folder_and_a_formula_are_predicted_and_a_folder_is_judged()
    {
        string folder = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), answers = _folder["answers.csv"];
        ChildResult predicted = CrystalHpcCommand.Run("lattice", "predict", folder, "NaCl", "--csv", answers);
        string[] lines = File.ReadAllLines(answers);
        Assert.That(lines, Has.Length.GreaterThan(100), predicted.ToString());
        Assert.That(lines[^1], Does.StartWith("NaCl,ClNa,cubic,"));
        ChildResult judged = CrystalHpcCommand.Run("lattice", "evaluate", folder, "--out", _folder["judged"]);
        Assert.That(judged.ExitCode, Is.Zero, judged.ToString());
        Assert.That(judged.Output, Does.Contain("rows of cod").And.Contain("Space group").And.Contain(
            "Cells in the known Bravais lattice"));
    }
}
