using System.Reflection;
using System.Text;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;

namespace CrystalHpc.Tests.Engine.Tables;

/// <summary>Text in tables: no formula for a spreadsheet, one line a row, and what was written is read.</summary>
public sealed class CsvTextTests
{
    [TestCase("halite", "halite")]
    [TestCase("", "")]
    [TestCase("=cmd|' /C calc'!A0", "\\u003Dcmd|' /C calc'!A0")]
    [TestCase("+1", "\\u002B1")]
    [TestCase("-P 2ybc", "\\u002DP 2ybc")]
    [TestCase("@SUM(A1)", "\\u0040SUM(A1)")]
    [TestCase("\uFF1D1+1", "\\uFF1D1+1")]
    [TestCase("'-P 2ybc'", "'-P 2ybc'")]
    [TestCase("O2-", "O2-")]
    [TestCase("\t=1", "\\u0009=1")]
    [TestCase("\r=1", "\\u000D=1")]
    [TestCase("a\nb\u001B[31m", "a\\u000Ab\\u001B[31m")]
    [TestCase("\\u001B", "\\u005Cu001B")]
    [TestCase("\\%A \\ux", "\\%A \\ux")]
    public void A_cell_holds_text_as_text(string text, string cell)
    {
        Assert.That(CsvText.ToCell(text), Is.EqualTo(cell));
        Assert.That(CsvText.OfCell(cell), Is.EqualTo(text));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Any_text_reads_back() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("a0=+-@'\"\\u1B,;\n\r\t\u001B\u202EÅ".ToCharArray())).ToArbitrary(),
        characters =>
        {
            string text = new(characters);
            using var table = new MemoryStream();
            Csv.Write(table, [new GroupRow(text, -1, text)]);
            string[] lines = Encoding.UTF8.GetString(table.ToArray()).Split('\n');
            return lines.Length == 3 && Csv.Read<GroupRow>(table.ToArray(), "t").Single() == new GroupRow(text, -1, text);
        });

    [Test]
    public void Numbers_stay_numbers_and_names_of_columns_are_guarded_too()
    {
        using var folder = new TemporaryFolder();
        Csv.Write(folder["t.csv"], [new GroupRow("-1", -1, "+")]);
        Assert.That(File.ReadAllLines(folder["t.csv"])[1], Is.EqualTo("\\u002D1,-1,\\u002B"));
        WideTable.Write(folder["w.csv"], ["=a_sum_vu", "b"], [[-1.5, "-x"], [null, -2]]);
        Assert.That(File.ReadAllLines(folder["w.csv"]), Is.EqualTo(new[] { "\\u003Da_sum_vu,b", "-1.5,\\u002Dx", ",-2" }));
    }

    [Test]
    public void Every_assembly_with_rows_of_tables_writes_text_so()
    {
        IEnumerable<Assembly> assemblies = CommandLine.Systems.Systems.Select(system => system.GetType().Assembly)
            .Append(typeof(ISystem).Assembly);
        foreach (Assembly assembly in assemblies)
            Assert.That(assembly.GetCustomAttributes<CsvConverterAttribute>().Select(attribute => attribute.ConverterType),
                Does.Contain(typeof(CsvText)), assembly.FullName);
    }
}
