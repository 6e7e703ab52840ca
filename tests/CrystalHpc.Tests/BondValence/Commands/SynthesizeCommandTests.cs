using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Commands;

/// <summary>The verb that makes synthetic corpora.</summary>
[Category("Slow")]
public sealed class SynthesizeCommandTests
{
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Make_a_corpus()
    {
        _folder = new TemporaryFolder();
        Synthesize("first", "--files", "150", "--threads", "1");
    }

    [OneTimeTearDown]
    public void Remove_the_corpora() => _folder.Dispose();

    [Test]
    public void More_files_and_threads_begin_with_the_same_bytes()
    {
        Synthesize("more", "--files", "230", "--threads", "2");
        foreach (string path in Files("first"))
            Assert.That(File.ReadAllBytes(Path.Combine(_folder["more"], path)),
                Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder["first"], path))), path);
        Assert.That(Files("first"), Has.Length.EqualTo(150));
        Assert.That(Files("first"), Does.Contain(Path.Combine("1", "00", "01", "1000149.cif")));
    }

    [TestCase("zip", "corpus.zip")]
    [TestCase("tar.gz", "corpus.tar.gz")]
    public void Archives_are_the_same_for_any_number_of_threads(string format, string name)
    {
        Synthesize(format + "1", "--files", "150", "--format", format, "--threads", "1");
        Synthesize(format + "3", "--files", "150", "--format", format, "--threads", "3");
        Assert.That(File.ReadAllBytes(Path.Combine(_folder[format + "3"], name)),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder[format + "1"], name))));
        Assert.That(File.ReadAllBytes(Path.Combine(_folder[format + "3"], "planted.csv")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder["first"], "planted.csv"))));
        Assert.That(File.ReadAllBytes(Path.Combine(_folder[format + "3"], "dirt.csv")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder["first"], "dirt.csv"))));
    }

    [Test]
    public void The_truth_of_one_corpus_can_be_planted_in_the_next()
    {
        Synthesize("again", "--files", "150", "--parameters", Path.Combine(_folder["first"], "planted.csv"));
        Assert.That(File.ReadAllBytes(Path.Combine(_folder["again"], "planted.csv")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder["first"], "planted.csv"))));
    }

    [Test]
    public void Reflections_bring_files_to_the_size_wanted()
    {
        Synthesize("large", "--files", "150", "--reflections", "50");
        double mean = Files("large").Average(path => new FileInfo(Path.Combine(_folder["large"], path)).Length);
        Assert.That(mean, Is.EqualTo(52_000).Within(15_000));
    }

    [TestCase("is not empty", "first")]
    [TestCase("--files must be a whole number from 1", "new", "--files", "0")]
    [TestCase("'dust=1' is not KIND=PERCENT", "new", "--dirt", "dust=1")]
    [TestCase("more than 100 %", "new", "--labels", "70", "--type-symbols", "40")]
    [TestCase("'rar' is no format", "new", "--format", "rar")]
    public void Wrong_arguments_are_named(string message, string folder, params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run(["synthesize", _folder[folder], .. arguments]);
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.Contain(message));
    }

    [TestCase("Na,1,Cl,-1,2.15,0.000001")]
    [TestCase("Na,1,Cl,-1,2.15,37")]
    [TestCase("Na,1,Cl,-1,2.15,0")]
    [TestCase("Na,1,Cl,-1,NaN,0.37")]
    [TestCase("Na,1,Cl,-1,2.15,-0.37")]
    [TestCase("Na,1,Cl,-1,5.9,2")]
    [TestCase("Na,1,Cl,-2147483648,2.15,0.37")]
    public void Parameters_that_no_crystal_can_have_are_refused(string row)
    {
        string table = _folder.Write($"{Guid.NewGuid():N}.csv", $"cation,cation_charge,anion,anion_charge,r0_A,b_A\n{row}\n");
        ChildResult result = CrystalHpcCommand.Run("synthesize", _folder[$"{Guid.NewGuid():N}"], "--files", "3", "--threads", "2",
            "--parameters", table);
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Does.Not.Contain("   at "));
    }

    private void Synthesize(string name, params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run(["synthesize", _folder[name], "--seed", "4", "--dirt", "20", .. arguments]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    private string[] Files(string name) =>
        [.. Directory.GetFiles(_folder[name], "*.cif", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder[name], path)).Order(StringComparer.Ordinal)];
}
