using System.Globalization;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Commands;

/// <summary>The released table as CIF in programs of others.</summary>
public sealed class ReleasedCifTests
{
    private static readonly string Table = Path.Combine(TestPaths.RepositoryRoot, "parameters", "crystalhpc-1.cif");
    private static readonly string[] Rows = [.. File.ReadLines(Path.ChangeExtension(Table, ".csv")).Skip(1)];

    [Test]
    public void Gemmi_finds_every_pair_with_its_r0()
    {
        ChildResult result = ChildProcess.Run(LaunchedProgram.RequireTool("gemmi"), ["grep", "--no-blockname", "_valence_param_Ro", Table]);
        double[] found = [.. Lines(result).Select(Number)];
        Assert.That(found.Order(), Is.EqualTo(Rows.Select(row => Number(row.Split(',')[4])).Order()));
    }

    [Test]
    public void Gemmi_finds_no_fault_in_it()
    {
        ChildResult result = ChildProcess.Run(LaunchedProgram.RequireTool("gemmi"), ["validate", Table]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    [Test]
    public void Cod_tools_parse_it_and_find_every_pair()
    {
        ChildResult parsed = ChildProcess.Run(LaunchedProgram.RequireTool("cifparse"), [Table]);
        Assert.That(parsed.ExitCode, Is.Zero, parsed.ToString());
        Assert.That(parsed.Output + parsed.Errors, Does.Contain("OK"));
        ChildResult values = ChildProcess.Run(LaunchedProgram.RequireTool("cifvalues"), ["--tags", "_valence_param_Ro", Table]);
        Assert.That(values.ExitCode, Is.Zero, values.ToString());
        string list = values.LastLine.Split([' ', '\t'])[^1];
        Assert.That(list.Split(',').Select(Number), Is.EqualTo(Rows.Select(row => Number(row.Split(',')[4]))));
    }

    [Test]
    public void Pymatgen_finds_every_pair()
    {
        const string Script = """
            import sys
            from pymatgen.io.cif import CifFile
            block = next(iter(CifFile.from_file(sys.argv[1]).data.values()))
            print(len(block["_valence_param_Ro"]), len(block["_valence_param_B"]), block["_valence_param_atom_1"][0])
            """;
        ChildResult result = Python.Run("pymatgen", Script, Table);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.LastLine, Is.EqualTo($"{Rows.Length} {Rows.Length} {Rows[0].Split(',')[0]}"));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Lines(ChildResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
