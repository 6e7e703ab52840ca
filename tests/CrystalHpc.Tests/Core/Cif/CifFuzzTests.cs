using CrystalHpc.Fuzz;
using CrystalHpc.Fuzz.Grammar;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>A short run of the fuzz program, which on its own runs as long as one likes.</summary>
[NonParallelizable]
public sealed class CifFuzzTests
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");

    [Test]
    public void Damaged_files_do_no_harm_on_the_whole_way_of_the_data()
    {
        using TemporaryFolder folder = new();
        FuzzOptions options = new() { Count = 1500, Seed = 20_240, Corpus = [Samples], Failures = Path.Combine(folder.Path, "failures") };
        using StringWriter log = new();
        FuzzResult result = new FuzzRun(options, SeedFiles.Load(options.Corpus), log).Run();
        Assert.That(result.Failed, Is.Zero, log.ToString());
        Assert.That(result.Passed, Is.EqualTo(options.Count));
        Assert.That(result.Structures, Is.GreaterThan(100), "damage must leave something to read");
        Assert.That(result.Accepted, Is.GreaterThan(20));
    }

    [Test]
    public void Files_that_say_strange_things_do_no_harm_on_the_whole_way_of_the_data()
    {
        using TemporaryFolder folder = new();
        FuzzOptions options = new()
        {
            Mutator = MutatorKind.Grammar, Count = 1500, Seed = 20_241, Corpus = [Samples],
                Failures = Path.Combine(folder.Path, "failures"),
        };
        using StringWriter log = new();
        FuzzResult result = new FuzzRun(options, SeedFiles.Load(options.Corpus), log).Run();
        Assert.That(result.Failed, Is.Zero, log.ToString());
        Assert.That(result.Structures, Is.GreaterThan(options.Count / 2), "most inputs get past the parser");
        Assert.That(result.Accepted, Is.GreaterThan(200));
    }

    [Test]
    public void The_same_seed_makes_the_same_inputs()
    {
        byte[][] files = SeedFiles.Load([Samples]);
        AssertDeterministic(seed => new ByteMutator(files, seed));
        AssertDeterministic(seed => new GrammarMutator(files, seed));
    }

    [TestCase("--mutator", "nothing")]
    [TestCase("--count", "0")]
    [TestCase("--count", "x")]
    [TestCase("--seed")]
    [TestCase("--nonsense", "1")]
    public void Arguments_that_make_no_sense_are_refused(params string[] args) =>
        Assert.That(() => FuzzOptions.Parse(args), Throws.ArgumentException);

    [Test]
    public void Arguments_are_understood()
    {
        FuzzOptions options = FuzzOptions.Parse(["--count", "5", "--seed", "3", "--first", "9", "--corpus", "a", "b"]);
        Assert.That((options.Count, options.Seed, options.First), Is.EqualTo((5L, 3, 9L)));
        Assert.That(options.Corpus, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(FuzzOptions.Parse(["--mutator", "grammar"]).Mutator, Is.EqualTo(MutatorKind.Grammar));
    }

    private static void AssertDeterministic(Func<int, IMutator> create)
    {
        for (int input = 0; input < 50; input++)
        {
            byte[] once = create(7).Make(input);
            Assert.That(create(7).Make(input), Is.EqualTo(once));
            Assert.That(create(8).Make(input), Is.Not.EqualTo(once));
        }
    }
}
