using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using static CrystalHpc.Tests.Core.Cif.CifReading;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Every fault of syntax: what is reported, at which line and column, and what is read all the same.</summary>
public sealed class CifFindingsTests
{
    [TestCase("", "0:0 cif-empty", TestName = "A file of no bytes is empty")]
    [TestCase(" \t\r\n# only a comment\n", "0:0 cif-empty", TestName = "A file of comments is empty")]
    [TestCase("This is no CIF\n", "0:0 cif-no-data-block, 1:1 cif-stray-before-data", TestName = "Text that is not CIF")]
    [TestCase("head line\nmore\ndata_x _a 1", "1:1 cif-stray-before-data", TestName = "Text before the first data block")]
    [TestCase("# c\n _a 1\n_b 2\n", "2:2 cif-missing-data-header", TestName = "Tags before the first data block")]
    [TestCase("loop_ _a 1 2\n", "1:1 cif-missing-data-header", TestName = "A loop before the first data block")]
    [TestCase("data_x\n_a 1\n 'two' three\n_b 4", "3:2 cif-stray-value", TestName = "Values without a tag")]
    [TestCase("data_x\n_a one 'two'\n_b 4", "2:8 cif-stray-value", TestName = "A quoted value behind a value")]
    [TestCase("data_x\n_a one two three\n_b 4", "2:4 cif-unquoted-spaces", TestName = "A value of several words")]
    [TestCase("data_x\n_a one # two\n_b 4", "", TestName = "A comment behind a value")]
    [TestCase("data_x\n_a\n_b 4", "2:1 cif-tag-without-value", TestName = "A tag before a tag")]
    [TestCase("data_x\n_a\nloop_ _b 4", "2:1 cif-tag-without-value", TestName = "A tag before a loop")]
    [TestCase("data_x\n_b 4\n_a", "3:1 cif-tag-without-value", TestName = "A tag at the end")]
    [TestCase("data_x\n_ 4", "2:1 cif-tag-without-name", TestName = "A tag without a name")]
    [TestCase("data_x\n_a 1\n _A 2", "3:2 cif-duplicate-tag", TestName = "A tag again with another value")]
    [TestCase("data_x\n_a 1\n _A '1'", "3:2 cif-duplicate-tag-same-value", TestName = "A tag again with the same value")]
    [TestCase("data_x\n_a 'x y'\n _A x y", "3:2 cif-duplicate-tag-same-value, 3:5 cif-unquoted-spaces",
        TestName = "A tag again with the same words")]
    [TestCase("data_x\n_a 1\n_A ''", "3:1 cif-duplicate-tag-empty", TestName = "A tag again without a value")]
    [TestCase("data_x\n_a 1\n_A ?", "3:1 cif-duplicate-tag-empty", TestName = "A tag again, marked as missing")]
    [TestCase("data_x\nloop_ _a 1\n_a 1", "3:1 cif-duplicate-tag", TestName = "A tag again behind its loop")]
    [TestCase("data_x\nloop_ _a _b _a 1 2 3", "2:13 cif-duplicate-tag", TestName = "A tag again in its loop")]
    [TestCase("data_x _a 1\ndata_y _a 1\nDATA_X _a 2", "3:1 cif-duplicate-block", TestName = "A block name again")]
    [TestCase("data_ _a 1\ndata_ _a 2", "1:1 cif-block-without-name, 2:1 cif-block-without-name", TestName = "Blocks without a name")]
    [TestCase("data_x loop_\nloop_ _a 3", "1:8 cif-loop-without-tags", TestName = "A loop within the head of a loop")]
    [TestCase("data_x\nloop_ _a _b\ndata_y _c 3", "2:1 cif-loop-without-values", TestName = "A loop without values")]
    [TestCase("data_x\n loop_ _a _b 1 2 3\n_c 3", "2:2 cif-loop-incomplete", TestName = "A loop with a short last row")]
    [TestCase("data_x\n_a 'one two  \n_b 3", "2:4 cif-unterminated-quote", TestName = "A quote that is not closed")]
    [TestCase("data_x\n_a \"one", "2:4 cif-unterminated-quote", TestName = "A quote open at the end")]
    [TestCase("data_x\n_a 'one'two\n_b 3", "2:4 cif-unterminated-quote", TestName = "A quote without space behind it does not close")]
    [TestCase("data_x\n_a '", "2:4 cif-unterminated-quote", TestName = "A lone quote at the end")]
    [TestCase("data_x\n_a\n;one\n_b 2\n", "3:1 cif-unterminated-text-field", TestName = "A text field that is not closed")]
    [TestCase("data_x\n_a\n;one\n;_b 2\n", "4:1 cif-text-field-tail", TestName = "A tag at the end of a text field")]
    [TestCase("data_x\n_a [1]\n_b $c\n_d ]", "2:4 cif-reserved-start, 3:4 cif-reserved-start, 4:4 cif-reserved-start",
        TestName = "Reserved first characters")]
    [TestCase("global_ _a 1\ndata_x _b 1", "1:1 cif-global", TestName = "The word global_")]
    [TestCase("data_x loop_ _a 1\n2 stop_\n_b 3", "2:3 cif-stop", TestName = "The word stop_")]
    [TestCase("data_x\n save_f _a 1\ndata_y", "2:2 cif-unterminated-frame", TestName = "A frame open at the next block")]
    [TestCase("data_x\n save_f _a 1\nsave_g _a 2 save_", "2:2 cif-unterminated-frame", TestName = "A frame open at the next frame")]
    [TestCase("data_x\n save_f _a 1\n", "2:2 cif-unterminated-frame", TestName = "A frame open at the end")]
    [TestCase("data_x\n_a 1 save_\n", "2:6 cif-stray-frame-end", TestName = "The end of no frame")]
    [TestCase("data_x\n_a 1\0\u001a\n", "2:5 cif-control-character", TestName = "Control characters")]
    [TestCase("data_x\n_a 'Å'\n", "2:5 cif-non-ascii", TestName = "Characters beyond ASCII")]
    [TestCase("#\\#CIF_2.0\ndata_x\n_a 'Å'\n", "1:1 cif-version-2", TestName = "CIF 2.0")]
    [TestCase("\uFEFFdata_x\n_a 1\n", "1:1 cif-byte-order-mark", TestName = "A byte order mark")]
    public void Findings_have_their_places(string text, string expected)
    {
        Read(text, out List<Finding> findings);
        Assert.That(Places(findings), Is.EqualTo(expected));
    }

    [Test]
    public void Words_without_quotes_are_joined_up_to_the_line_end()
    {
        CifBlock block = Read("data_x\n_a light  yellow ?\n_b 2", out _).Blocks[0];
        Assert.That(Value(block, "_a").Text, Is.EqualTo("light  yellow ?"));
        Assert.That(Value(block, "_b").Text, Is.EqualTo("2"));
    }

    [Test]
    public void The_first_of_equal_tags_counts()
    {
        CifBlock block = Read("data_x _a 1 _A 2 loop_ _b _a _c 3 4 5", out _).Blocks[0];
        block.TryGetColumn("_c", out CifColumn c);
        Assert.That(Value(block, "_a").Text, Is.EqualTo("1"));
        Assert.That(Texts(c), Is.EqualTo(new[] { "5" }));
        Assert.That(block.Tags, Is.EqualTo(new[] { "_a", "_b", "_c" }));
    }

    [Test]
    public void Gaps_are_filled_with_unknown_values()
    {
        CifBlock block = Read("data_x _a loop_ _b _c 1 2 3", out _).Blocks[0];
        block.TryGetColumn("_c", out CifColumn c);
        Assert.That(Value(block, "_a").IsMissing, Is.True);
        Assert.That(Texts(c), Is.EqualTo(new[] { "2", "?" }));
        Assert.That(c[1].IsMissing, Is.True);
    }

    [Test]
    public void A_loop_without_values_has_columns_without_rows()
    {
        CifBlock block = Read("data_x loop_ _b _c data_y", out _).Blocks[0];
        Assert.That(block.TryGetColumn("_c", out CifColumn column), Is.True);
        Assert.That((column.Count, column.LoopIndex), Is.EqualTo((0, 0)));
        Assert.That(block.TryGetValue("_c", out _), Is.False);
    }

    [Test]
    public void An_open_quote_ends_with_its_line_and_an_open_text_field_with_the_file()
    {
        CifBlock block = Read("data_x\n_a 'one two  \n_b\n;three\n_c 4\n", out _).Blocks[0];
        Assert.That(Value(block, "_a").Text, Is.EqualTo("one two"));
        Assert.That(Value(block, "_b").Text, Is.EqualTo("three\n_c 4"));
    }

    [Test]
    public void Tags_before_any_header_become_a_block_without_name()
    {
        CifDocument document = Read("_a 1 data_x _a 2", out _);
        Assert.That(document.Blocks.Select(block => block.Name), Is.EqualTo(new[] { "", "x" }));
        Assert.That(Value(document.Blocks[0], "_a").Text, Is.EqualTo("1"));
    }

    [Test]
    public void Bytes_that_are_not_UTF8_are_read_as_Latin1()
    {
        byte[] bytes = [.. "data_x\n_a '"u8, 0xC5, .. "ngstr"u8, 0xF6, .. "m'\n_b '\u00C5'"u8];
        List<Finding> findings = [];
        CifBlock block = CifDocument.Parse(bytes, findings).Blocks[0];
        Assert.That(Places(findings), Is.EqualTo("2:5 cif-not-utf8"));
        Assert.That(Value(block, "_a").Text, Is.EqualTo("Ångström"));
        Assert.That(Value(block, "_b").Text, Is.EqualTo("Å"));
    }

    [Test]
    public void UTF16_is_converted([Values] bool isBigEndian)
    {
        Encoding encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("data_x\n_a 'plain'\n")];
        List<Finding> findings = [];
        CifBlock block = CifDocument.Parse(bytes, findings).Blocks[0];
        Assert.That(Places(findings), Is.EqualTo("1:1 cif-utf16"));
        Assert.That(Value(block, "_a").Text, Is.EqualTo("plain"));
    }

    [TestCase(2048, "")]
    [TestCase(2049, "3:1 cif-long-line")]
    [TestCase(9000, "3:1 cif-long-line")]
    public void Lines_over_2048_characters_are_noted(int length, string expected)
    {
        Read($"data_x\n_a 1\n#{new string('-', length - 1)}\n_b 1\n", out List<Finding> findings);
        Assert.That(Places(findings), Is.EqualTo(expected));
    }

    [Test]
    public void Findings_beyond_the_limit_are_counted_only()
    {
        Read("data_x\n" + string.Concat(Enumerable.Repeat("_a 'x\n", 1000)), out List<Finding> findings);
        Assert.That(findings, Has.Count.EqualTo(201));
        Assert.That(findings[^1].Code, Is.EqualTo(CifFindings.Truncated));
        Assert.That(findings[^1].Message, Does.Contain("1999"));
    }

    [Test]
    public void The_first_finding_of_each_kind_is_kept_beyond_the_limit()
    {
        Read(string.Concat(Enumerable.Repeat("_ 1\n", 300)) + "data_x\n_a\n", out List<Finding> findings);
        Assert.That(findings[^2].Code, Is.EqualTo(CifFindings.TagWithoutValue));
        Assert.That(findings[^2].Line, Is.EqualTo(302));
        Assert.That(findings[^1].Code, Is.EqualTo(CifFindings.Truncated));
    }

    [Test]
    public void A_file_of_too_many_warnings_still_says_that_it_is_no_CIF_file()
    {
        Read(string.Concat(Enumerable.Repeat("save_ ", 300)), out List<Finding> findings);
        Assert.That(findings.Select(finding => finding.Code), Does.Contain(CifFindings.Empty));
    }

    private static string Places(List<Finding> findings) =>
        string.Join(", ", findings.Select(finding => $"{finding.Line}:{finding.Column} {finding.Code}"));
}
