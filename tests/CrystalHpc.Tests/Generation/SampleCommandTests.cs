using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Generation;

/// <summary>From a wish to files, as users do it.</summary>
public sealed class SampleCommandTests
{
    [Test]
    public void A_wish_gives_the_same_files_and_the_same_funnel_each_time()
    {
        using var folder = new TemporaryFolder();
        string[] wish = ["generate", "sample", "-n", "4", "--like", "SrTiO3", "--type", "ABX3", "--where", "known_as!=perov5-14806",
            "--export", "qe", "vasp", "--out"];
        ChildResult first = Run([.. wish, folder["first"]]), second = Run([.. wish, folder["second"]]);
        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.ToString());
        string[] files = Relative(folder["first"]);
        Assert.That(Relative(folder["second"]), Is.EqualTo(files));
        Assert.That(files.Count(file => file.EndsWith(".cif", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(files.Count(file => file.EndsWith(".in", StringComparison.Ordinal)), Is.EqualTo(4));
        foreach (string file in files.Where(file => file != "report.html"))
            Assert.That(File.ReadAllBytes(folder[$"second/{file}"]), Is.EqualTo(File.ReadAllBytes(folder[$"first/{file}"])), file);
        string[][] funnel = [.. File.ReadAllLines(folder["first/funnel.csv"]).Skip(1).Select(line => line.Split(','))];
        int drawn = int.Parse(funnel[0][^1], null), dropped = funnel.Where(row => row[0] == "dropped").Sum(row => int.Parse(row[^1], null));
        Assert.That(drawn - dropped, Is.EqualTo(4));
        Assert.That(first.Output, Does.Contain("candidates an hour").And.Contain("known crystals of these kinds"));
    }

    [TestCase("--like", "Unobtainium")]
    [TestCase("--where", "gii<0.5")]
    [TestCase("--hull", "nowhere.csv")]
    [TestCase("--potential", "nowhere.safetensors")]
    [TestCase("--elements", "Xx")]
    public void What_cannot_be_used_is_refused_with_a_plain_sentence(string option, string value)
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run("generate", "sample", "-n", "1", option, value, "--out", folder["made"]);
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.StartWith("crystalhpc: ").And.Not.Contain("   at "));
        Assert.That(Directory.Exists(folder["made"]), Is.False);
    }

    private static ChildResult Run(string[] arguments) => ChildProcess.Run(300_000, "dotnet", [CrystalHpcCommand.Program, .. arguments],
        LaunchedProgram.TestMachine);

    private static string[] Relative(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
