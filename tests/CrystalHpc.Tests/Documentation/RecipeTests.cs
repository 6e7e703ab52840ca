using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Documentation;

/// <summary>The recipe for a table of the shards, followed to the letter in a copy of the sources.</summary>
[Category("Slow")]
public sealed class RecipeTests
{
    // Seven projects, on a machine that does other things, too.
    private const int BuildMilliseconds = 600_000;

    [Test]
    public void A_table_of_the_shards_takes_one_file_and_one_line()
    {
        DocumentedBlock[] blocks = [.. DocumentedBlock.Of(Path.Combine(TestPaths.RepositoryRoot, "docs", "extending.md"))
            .Where(block => block.Language == "csharp")];
        DocumentedBlock file = blocks.Single(block => block.Words.Any(word => word.StartsWith("file=", StringComparison.Ordinal)));
        DocumentedBlock line = blocks.Single(block => block.Words.Any(word => word.StartsWith("line=", StringComparison.Ordinal)));

        using var folder = new TemporaryFolder();
        CopySources(folder.Path);
        string product = folder.Write(Value(file, "file="), file.Text);
        string system = folder[Value(line, "line=")];
        string before = File.ReadAllText(system);
        const string Last = "yield return new PairProduct(";
        Assert.That(before, Does.Contain(Last));
        File.WriteAllText(system, before.Replace(Last, $"{line.Text.Trim()}\n        {Last}", StringComparison.Ordinal));
        ChildResult build = ChildProcess.Run(
            BuildMilliseconds, "dotnet",
            ["build", folder["src/CrystalHpc"], "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false",
            "-p:UseSharedCompilation=false"]);
        Assert.That(build.ExitCode, Is.Zero, $"{product}\n{build}");

        string program = folder["src/CrystalHpc/bin/Release/net10.0/crystalhpc.dll"];
        string corpus = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9");
        string configuration = folder.Write("mine.json", $$"""{ "corpus": { "paths": [ "{{corpus}}" ] }, "fit": null, "evaluation": null }""");
        ChildResult run = ChildProcess.Run("dotnet", [program, "run", configuration, "--run", folder["run"]], LaunchedProgram.TestMachine);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        string[] rows = File.ReadAllLines(folder["run/merged/sites.csv"]);
        Assert.That(rows[0], Is.EqualTo("structure_id,n_cation_sites,n_anion_sites"));
        Assert.That(rows, Has.Length.GreaterThan(10));
    }

    private static string Value(DocumentedBlock block, string attribute) =>
        block.Words.Single(word => word.StartsWith(attribute, StringComparison.Ordinal))[attribute.Length..];

    private static void CopySources(string target)
    {
        string root = TestPaths.RepositoryRoot;
        string[] built = ["src", "parameters", "models"];
        IEnumerable<string> files = built.SelectMany(name => Directory.EnumerateFiles(
            Path.Combine(root, name), "*", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Concat(Directory.EnumerateFiles(root).Where(path => Path.GetFileName(path)
                is "Directory.Build.props" or "Directory.Packages.props" or ".editorconfig" or "global.json"));
        foreach (string file in files)
        {
            string copy = Path.Combine(target, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
