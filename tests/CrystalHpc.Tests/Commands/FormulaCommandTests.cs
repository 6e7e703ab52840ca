using System.Text.Json.Nodes;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>What <c>formula</c> prints.</summary>
public sealed class FormulaCommandTests
{
    [Test]
    public void Formulas_are_printed_in_columns_and_refusals_with_a_caret()
    {
        ChildResult result = CrystalHpcCommand.Run("formula", "CuSO4·5H2O", "Al2O3", "Ba1-xSrxTiO3");
        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Output.Split('\n'), Is.EqualTo((string[])
        [
            "CuSO4·5H2O  CuH10O9S  ABC9D10      249.6770 u",
            "Al2O3       Al2O3     A2B3         101.9601 u",
            "Ba1-xSrxTiO3",
            "    ^ the amount holds the variable 'x' (formula-variable, position 5)",
            "",
        ]));
        Assert.That(result.Errors.Trim(), Is.EqualTo("crystalhpc: 1 of 3 formulas refused"));
    }

    [Test]
    public void Programs_get_one_object_a_line()
    {
        ChildResult result = CrystalHpcCommand.Run("formula", "--json", "SrTiO3", "SO4^2-", "Fe0O3", "SIO2");
        JsonNode[] lines = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[0].ToJsonString(), Is.EqualTo(
            """{"text":"SrTiO3","formula":"O3SrTi","reduced":"O3SrTi","anonymous":"ABC3","mass_u":183.484,"charge":0}"""));
        Assert.That((int)lines[1]["charge"]!, Is.EqualTo(-2));
        Assert.That(lines[2].ToJsonString(), Is.EqualTo("""{"text":"Fe0O3","refused":"the amount is zero","code":"formula-bad-amount","position":3}"""));
        Assert.That((string)lines[3]["warning"]!, Does.Contain("capitals"));
        Assert.That(result.ExitCode, Is.EqualTo(4));
    }

    [Test]
    public void Standard_input_holds_one_formula_a_line_with_or_without_a_byte_order_mark()
    {
        string script = $@"printf '\xef\xbb\xbfFe2O3\r\nD2O\n' | dotnet '{CrystalHpcCommand.Program}' formula - --json";
        ChildResult result = ChildProcess.Run("bash", ["-c", script], LaunchedProgram.TestMachine);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Select(line => (string)JsonNode.Parse(line)!["reduced"]!), Is.EqualTo((string[])["Fe2O3", "H2O"]));
    }

    [Test]
    public void Without_a_formula_there_is_nothing_to_do() => Assert.That(CrystalHpcCommand.Run("formula").ExitCode, Is.EqualTo(1));

    [Test]
    public void A_long_text_is_cut_around_the_place_of_its_refusal()
    {
        ChildResult result = CrystalHpcCommand.Run("formula", new string('C', 300) + "?" + new string('C', 300));
        string[] lines = result.Output.Split('\n');
        Assert.That(lines[0], Has.Length.LessThan(90));
        Assert.That(lines[0][lines[1].IndexOf('^')], Is.EqualTo('?'));
    }
}
