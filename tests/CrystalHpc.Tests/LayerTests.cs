using System.Reflection;
using System.Xml.Linq;
using CrystalHpc.BondValence;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Parallel;
using NetArchTest.Rules;

namespace CrystalHpc.Tests;

/// <summary>
/// Arrows point down: command, systems, engine, communicators and core. No system knows another, and the core touches nothing outside.
/// </summary>
public sealed class LayerTests
{
    private const string Command = "CrystalHpc";

    // What each layer may refer to; a project that is not named here is a system.
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["CrystalHpc.Core"] = [],
        ["CrystalHpc.Parallel"] = [],
        ["CrystalHpc.Engine"] = ["CrystalHpc.Core", "CrystalHpc.Parallel"],
        ["CrystalHpc.Learning"] = ["CrystalHpc.Core", "CrystalHpc.Parallel", "CrystalHpc.Engine"],
    };

    private static readonly string[] Everywhere = [.. Layers.Keys];
    private static readonly string[] Projects = [.. Directory.EnumerateDirectories(Path.Combine(TestPaths.RepositoryRoot, "src"))
        .Select(path => Path.GetFileName(path)!)];

    private static readonly Assembly Core = typeof(CrystalHpc.Core.Elements.Element).Assembly;
    private static readonly Assembly Communicators = typeof(ICommunicator).Assembly;
    private static readonly Assembly Engine = typeof(ISystem).Assembly;

    [Test]
    public void Projects_refer_to_layers_below_them_and_systems_never_to_one_another([ValueSource(nameof(Projects))] string project)
    {
        if (project == Command)
            return;
        var file = XDocument.Load(Path.Combine(TestPaths.RepositoryRoot, "src", project, $"{project}.csproj"));
        IEnumerable<string> references = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
        Assert.That(references.Except(Layers.GetValueOrDefault(project, Everywhere)), Is.Empty);
    }

    [Test]
    public void Every_assembly_uses_only_what_its_layer_may()
    {
        AssertFree(Core, "CrystalHpc.Parallel", "CrystalHpc.Engine", "CrystalHpc.BondValence");
        AssertFree(Communicators, "CrystalHpc.Core", "CrystalHpc.Engine", "CrystalHpc.BondValence");
        AssertFree(Engine, "CrystalHpc.BondValence");
    }

    [Test]
    public void No_system_uses_another()
    {
        Assembly[] systems = [.. CommandLine.Systems.Systems.Select(system => system.GetType().Assembly).Distinct()];
        Assert.That(systems, Does.Contain(typeof(BondValenceSystem).Assembly));
        foreach (Assembly system in systems)
            AssertFree(system, [.. systems.Where(other => other != system).Select(other => other.GetName().Name!)
                .Append("CrystalHpc.CommandLine")]);
    }

    [Test]
    public void The_rule_finds_a_reference_where_there_is_one() => Assert.That(
        Types.InAssembly(typeof(BondValenceSystem).Assembly).ShouldNot().HaveDependencyOnAny("CrystalHpc.Engine")
        .GetResult().FailingTypeNames,
        Does.Contain("CrystalHpc.BondValence.BondValenceSystem"));

    [Test]
    public void The_core_touches_no_file_no_console_and_no_process() => AssertFree(
        Core, "System.Console", "System.IO.File", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.Diagnostics.Process", "System.Net");

    [Test]
    public void No_folder_of_sources_holds_more_than_fifteen_files()
    {
        IEnumerable<string> full = Directory.EnumerateDirectories(Path.Combine(TestPaths.RepositoryRoot, "src"), "*",
            SearchOption.AllDirectories)
            .Where(folder => !folder.Contains($"{Path.DirectorySeparatorChar}obj", StringComparison.Ordinal))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Count() > 15);
        Assert.That(full, Is.Empty);
    }

    private static void AssertFree(Assembly assembly, params string[] dependencies)
    {
        TestResult result = Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(dependencies).GetResult();
        Assert.That(result.FailingTypeNames ?? [], Is.Empty,
            $"types of {assembly.GetName().Name} that use {string.Join(", ", dependencies)}");
    }
}
