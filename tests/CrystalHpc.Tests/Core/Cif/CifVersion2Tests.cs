using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using static CrystalHpc.Tests.Core.Cif.CifReading;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>The grammar of CIF 2.0 where it differs from that of CIF 1.1, and what is made of its faults.</summary>
public sealed class CifVersion2Tests
{
    private const string Mark = "#\\#CIF_2.0\n";

    [TestCase("'plain'", "plain")]
    [TestCase("\"5'-end\"", "5'-end")]
    [TestCase("''", "")]
    [TestCase("'''a dog's ''life'' '''", "a dog's ''life'' ")]
    [TestCase("'''two\nlines'''", "two\nlines")]
    [TestCase("\"\"\"it's \"\"so\"\"\n\n;no text field\n\"\"\"", "it's \"\"so\"\"\n\n;no text field\n")]
    [TestCase("''''''", "")]
    [TestCase("\n;text field\n;", "text field")]
    [TestCase("Å", "Å")]
    [TestCase("it's", "it's")]
    [TestCase("a:b", "a:b")]
    public void A_value_is_what_stands_between_its_delimiters(string written, string expected)
    {
        CifBlock block = ReadVersion2($"data_x\n_tag {written}\n_next 1\n");
        Assert.That(Value(block, "_tag").Text, Is.EqualTo(expected));
        Assert.That(Value(block, "_next").Text, Is.EqualTo("1"));
    }

    [TestCase("[]")]
    [TestCase("[ 1 2.5(3) ? ]")]
    [TestCase("[[1 2] [3 4]]")]
    [TestCase("{}")]
    [TestCase("{'a':1 \"b\": 2 '''c''':[3]}")]
    [TestCase("{'a':{'b':{'c':'] }'}}}")]
    [TestCase("['[' # ] is a comment\n 'x']")]
    [TestCase("[\n;text ]\n; ]")]
    [TestCase("[a:b it's d]")]
    public void A_list_or_table_is_one_value_with_its_brackets(string written)
    {
        CifBlock block = ReadVersion2($"data_x\nloop_\n_tag\n_other\n{written} 5\n{written} 6\n");
        Assert.That(block.TryGetColumn("_tag", out CifColumn column), Is.True);
        Assert.That(column.Count, Is.EqualTo(2));
        Assert.That(column[1].Text, Is.EqualTo(written));
        Assert.That((column[1].IsContainer, column[1].IsDelimited, column[1].IsMissing), Is.EqualTo((true, false, false)));
        Assert.That(column[1].TryGetNumber(out _), Is.False);
        block.TryGetColumn("_other", out CifColumn other);
        Assert.That(Texts(other), Is.EqualTo(new[] { "5", "6" }));
        Assert.That(other[0].IsContainer, Is.False);
    }

    [Test]
    public void Names_may_hold_brackets()
    {
        CifBlock block = ReadVersion2("data_[x]{y}\n_u[1][1] 5\n");
        Assert.That(block.Name, Is.EqualTo("[x]{y}"));
        Assert.That(Value(block, "_u[1][1]").Text, Is.EqualTo("5"));
    }

    [Test]
    public void A_number_in_triple_quotes_is_read_and_its_place_is_that_of_the_quotes()
    {
        CifValue value = Value(ReadVersion2("data_x\n_tag '''1.5(2)'''\n"), "_tag");
        Assert.That(value.TryGetNumber(out CifNumber number), Is.True);
        Assert.That(number.Value, Is.EqualTo(1.5));
        Assert.That((value.Line, value.Column, value.IsDelimited), Is.EqualTo((3, 6, true)));
    }

    [TestCase("> \\\n> one\n> ;two", "one\n;two")]
    [TestCase(">\\\\\n>one \\\n>two\n>three", "one two\nthree")]
    [TestCase(">\\ \t\n>\n>", "\n")]
    [TestCase("> \\\n> one\ntwo", "> \\\n> one\ntwo")]
    [TestCase(">\\x\n>one", ">\\x\n>one")]
    [TestCase(">\\", ">\\")]
    [TestCase("\\\nfolded \\\nline", "folded line")]
    public void The_prefix_of_the_lines_of_a_text_field_is_removed(string written, string expected) =>
        Assert.That(Value(ReadVersion2($"data_x\n_a\n;{written}\n;\n"), "_a").Text, Is.EqualTo(expected));

    [Test]
    public void The_prefix_stays_in_CIF_1_1() =>
        Assert.That(Value(ReadBlock("data_x\n_a\n;>\\\n>one\n;\n"), "_a").Text, Is.EqualTo(">\\\n>one"));

    [TestCase("'O'Brien'\n_b 2", "O'Brien", "cif-missing-space")]
    [TestCase("'a'[1] 2", "a", "cif-missing-space, cif-stray-value")]
    [TestCase("[1 2]3 2", "[1 2]", "cif-missing-space, cif-stray-value")]
    [TestCase("'''a\n_b 2", "a\n_b 2\n", "cif-unterminated-triple-quote")]
    [TestCase("'one two\n_b 2", "one two", "cif-unterminated-quote")]
    [TestCase("[1 [2 3]\n_b 2", "[1 [2 3]", "cif-unclosed-bracket")]
    [TestCase("{'a':1\nloop_ _b 2", "{'a':1", "cif-unclosed-bracket")]
    [TestCase("[", "[", "cif-unclosed-bracket")]
    [TestCase("a ] } _b 2", "a", "cif-stray-bracket, cif-stray-bracket")]
    [TestCase("[1 {'a':2] 3}\n_b 2", "[1 {'a':2] 3}", "cif-bracket-mismatch, cif-bracket-mismatch")]
    [TestCase("{a 'b' 'c':'d':1 'e':}\n_b 2", "{a 'b' 'c':'d':1 'e':}",
        "cif-table-entry, cif-table-entry, cif-table-entry, cif-table-entry")]
    [TestCase("['a''b' c[1]]\n_b 2", "['a''b' c[1]]", "cif-missing-space, cif-missing-space")]
    [TestCase("P[1]x{\n_b 2", "P[1]x{", "cif-bracket-in-word")]
    [TestCase("$a\n_b 2", "$a", "cif-reserved-start")]
    [TestCase("'\u009F\uFFFE'\n_b 2", "\u009F\uFFFE", "cif-forbidden-character")]
    public void Faults_are_reported_and_repaired(string written, string expected, string codes)
    {
        CifDocument document = Read($"{Mark}data_x\n_a {written}\n", out List<Finding> findings);
        Assert.That(Value(document.Blocks.Single(), "_a").Text, Is.EqualTo(expected));
        Assert.That(string.Join(", ", findings.Skip(1).Select(finding => finding.Code)), Is.EqualTo(codes));
    }

    [Test, CancelAfter(20_000)]
    public void Brackets_without_end_need_no_stack([Values("[", "{'k':")] string opening)
    {
        const int Depth = 1_000_000;
        string closing = opening == "[" ? "]" : "}";
        string text = string.Concat(Enumerable.Repeat(opening, Depth)) + string.Concat(Enumerable.Repeat(closing, Depth));
        CifDocument document = Read($"{Mark}data_x\n_a {text}\n_b 2", out List<Finding> findings);
        Assert.That(Value(document.Blocks[0], "_a").Bytes.Length, Is.EqualTo(text.Length));
        Assert.That(Value(document.Blocks[0], "_b").Text, Is.EqualTo("2"));
        Assert.That(findings.Select(finding => finding.Code), Does.Contain(CifFindings.DeepNesting));
        Assert.That(findings.Select(finding => finding.Code.Severity), Has.None.EqualTo(FindingSeverity.Error));
    }

    [TestCase("#\\#CIF_2.0")]
    [TestCase("\uFEFF#\\#CIF_2.0\r\ndata_x _a [1 2]")]
    public void The_first_line_decides(string text) =>
        Assert.That(CifDocument.Parse(Encoding.UTF8.GetBytes(text), []).IsVersion2, Is.True);

    [TestCase("\n#\\#CIF_2.0\ndata_x _a '''")]
    [TestCase("#\\#CIF_2.01\ndata_x _a '''")]
    [TestCase("#\\#CIF_1.1\ndata_x _a '''")]
    public void Other_files_are_CIF_1_1(string text) =>
        Assert.That(CifDocument.Parse(Encoding.UTF8.GetBytes(text), []).IsVersion2, Is.False);

    private static CifBlock ReadVersion2(string text)
    {
        CifDocument document = Read(Mark + text, out List<Finding> findings);
        Assert.That(findings.Select(finding => finding.Code.Name), Is.EqualTo(new[] { "cif-version-2" }));
        return document.Blocks.Single();
    }
}
