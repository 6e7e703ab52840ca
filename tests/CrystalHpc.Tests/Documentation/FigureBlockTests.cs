using CrystalHpc.Benchmarks;

namespace CrystalHpc.Tests.Documentation;

/// <summary>The figures of docs/performance.md, which a program writes.</summary>
public sealed class FigureBlockTests
{
    private static readonly string[] Page = ["before", "<!-- figures: cif --rounds 3 -->", "old", "<!-- end -->", "after"];

    [Test]
    public void New_figures_replace_what_stands_between_the_comments()
    {
        FigureBlock block = FigureBlock.Of(Page).Single();
        Assert.That(block.Words, Is.EqualTo(new[] { "cif", "--rounds", "3" }));
        string[] page = block.Replace(Page, "load 1  \n  gemmi 8.4\n");
        Assert.That(page, Is.EqualTo(new[]
        {
            "before", "<!-- figures: cif --rounds 3 -->", "```text", "$ benchmarks cif --rounds 3", "load 1", "  gemmi 8.4", "```",
            "<!-- end -->", "after",
        }));
        Assert.That(FigureBlock.Of(page).Single().Replace(page, "load 1\n  gemmi 8.4"), Is.EqualTo(page), "the same figures again");
    }

    [Test]
    public void A_block_without_an_end_is_refused()
    {
        Assert.That(() => FigureBlock.Of(Page[..3]), Throws.TypeOf<FormatException>().With.Message.Contains("line 2"));
        Assert.That(() => FigureBlock.Of([.. Page[..3], .. Page]), Throws.TypeOf<FormatException>(), "the end belongs to the next block");
    }

    [Test]
    public void Each_block_of_the_page_is_of_a_benchmark_and_shows_its_figures()
    {
        string[] page = File.ReadAllLines(Path.Combine(TestPaths.RepositoryRoot, "docs", "performance.md"));
        string folder = Path.Combine(TestPaths.RepositoryRoot, "tests", "CrystalHpc.Benchmarks");
        string benchmarks = File.ReadAllText(Path.Combine(folder, "Benchmark.cs"));
        IReadOnlyList<FigureBlock> blocks = FigureBlock.Of(page);
        Assert.That(blocks, Has.Count.GreaterThan(20));
        foreach (FigureBlock block in blocks)
        {
            Assert.That(benchmarks, Does.Contain($"\"{block.Words[0]}\""));
            Assert.That(page[block.Start + 2], Does.StartWith($"$ benchmarks {block.Words[0]}"), $"line {block.Start + 1}");
            if (block.Words is ["commands", var list])
                Assert.That(Path.Combine(folder, "Commands", list + ".txt"), Does.Exist);
        }
    }
}
