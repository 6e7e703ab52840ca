using System.Text.RegularExpressions;
using CrystalHpc.Tests.Documentation;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Packaging;

/// <summary>The package CrystalHpc.Core as a stranger uses it: packed, restored from a folder, and the example of its README run.</summary>
[Category("Slow")]
public sealed partial class CorePackageTests
{
    private static readonly string Project = Path.Combine(TestPaths.RepositoryRoot, "src", "CrystalHpc.Core");

    [Test]
    public void The_example_of_the_package_runs_against_the_package()
    {
        using var folder = new TemporaryFolder();
        string version = $"0.0.1-test{Environment.ProcessId}";
        ChildResult pack = ChildProcess.Run("dotnet", ["pack", Project, "-c", "Release", "--no-build", "--nologo", "-v", "quiet",
            $"-p:Version={version}", "-o", folder["packages"]]);
        Assert.That(pack.ExitCode, Is.Zero, pack.ToString());

        string readme = Path.Combine(Project, "README.md");
        string example = DocumentedBlock.Of(readme).Single(block => block.Language == "csharp").Text;
        Assert.That(example.Split('\n').Count(line => line.Length > 0 && !line.StartsWith('#')
            && !line.StartsWith("using", StringComparison.Ordinal)), Is.LessThan(15));
        folder.Write("valence-sums.cs", PackageVersion().Replace(example, $"@{version}"));
        string quartz = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "5", "00", "00", "5000035.cif");
        ChildResult run = ChildProcess.Run(
            "dotnet", ["run", folder["valence-sums.cs"], quartz],
            ("RestoreAdditionalProjectSources", folder["packages"]), ("NuGetFallbackFolders", Packages),
            ("RestorePackagesPath", folder["restored"]));
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(File.ReadAllText(readme), Does.Contain($"prints `{run.Output.Trim()}`"), "the README says what it prints");
    }

    // Packages that are there already need not be fetched again; ours must not land among them.
    private static string Packages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [GeneratedRegex("(?<=#:package CrystalHpc.Core)@[^ \n]+")]
    private static partial Regex PackageVersion();
}
