using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Generation.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Properties.Data;

namespace CrystalHpc.Tests;

/// <summary>Codes are what tables, counts and configurations rely on: unique, well formed, documented.</summary>
public sealed class FindingCatalogTests
{
    private static readonly FindingCode[] Codes = [.. CommandLine.Systems.Findings.SelectMany(part => part.Codes)];

    [Test]
    public void Every_code_has_a_name_of_its_own_in_kebab_case()
    {
        Assert.That(Codes.Select(code => code.Name), Is.Unique);
        Assert.That(Codes.Select(code => code.Name), Is.All.Match("^[a-z0-9]+(-[a-z0-9]+)+$"));
    }

    [Test]
    public void Every_meaning_is_a_sentence() =>
        Assert.That(Codes.Select(code => code.Meaning), Is.All.Match(@"^[A-Z_].*\.$"));

    [Test]
    public void The_documentation_lists_every_code() =>
        Assert.That(
            File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "findings.md")),
            Does.EndWith(FindingCatalog.ToMarkdown(CommandLine.Systems.Findings)),
            "write the tables again: crystalhpc info --findings");

    [Test]
    public void The_documentation_has_an_example_of_every_code()
    {
        string[] lines = File.ReadAllLines(Path.Combine(TestPaths.RepositoryRoot, "docs", "findings.md"));
        IEnumerable<string> without = Codes.Select(code => code.Name)
            .Where(name => !lines.Any(line => line.StartsWith($"| `{name}` | ", StringComparison.Ordinal)
                && line.Split(" | ").Length == 2));
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void A_test_names_every_code()
    {
        string tests = string.Concat(Directory
            .EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "tests", "CrystalHpc.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        IEnumerable<string> unnamed = Codes
            .Where(code => !IsNamed(tests, code.Name) && !tests.Contains(FieldOf(code), StringComparison.Ordinal))
            .Select(code => code.Name);
        Assert.That(unnamed, Is.Empty);
    }

    // Tests of one family of codes may name its members by what follows the family's name.
    private static bool IsNamed(string tests, string name) => tests.Contains(name, StringComparison.Ordinal)
        || (name.StartsWith("oxidation-not-assigned-", StringComparison.Ordinal)
            && tests.Contains($"\"{name["oxidation-not-assigned-".Length..]}\"", StringComparison.Ordinal));

    private static string FieldOf(FindingCode code)
    {
        System.Reflection.FieldInfo field = Holders.SelectMany(holder => holder.GetFields())
            .Single(field => ReferenceEquals(field.GetValue(null), code));
        return $"{field.DeclaringType!.Name}.{field.Name}";
    }

    private static readonly Type[] Holders =
    [
        typeof(FileFindings), typeof(CifFindings), typeof(CrystalFindings), typeof(OxidationFindings), typeof(ValidationFindings),
        typeof(CoordinationFindings), typeof(FormulaFindings), typeof(StructureFileFindings), typeof(EquationFindings),
        typeof(TableFindings),
        typeof(CompositionFindings), typeof(FormulaTableFindings), typeof(PotentialFindings), typeof(PropertyFindings),
        typeof(VoxelFindings),
    ];
}
