using System.Buffers;
using System.Text;
using CrystalHpc.Core.Cif;
using FsCheck;
using FsCheck.Fluent;
using static CrystalHpc.Tests.Core.Cif.CifReading;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>What the writer writes, letter by letter, and that it reads back.</summary>
public sealed class CifWriterTests
{
    [Test]
    public void A_file_looks_like_this()
    {
        string text = Write(writer =>
        {
            writer.Block("NaCl");
            writer.Comment("rock salt\nmade up");
            writer.Item("_cell_length_a", CifField.Number(5.6402, 0.0003));
            writer.Item("_chemical_name_mineral", "rock salt");
            writer.Item("_cell_formula_units_Z", 4);
            writer.Item("_publ_section_title", "One line\nand another");
            writer.Item("_exptl_crystal_description", CifField.Unknown);
            writer.Loop(
                ["_atom_site_label", "_atom_site_fract_x", "_atom_site_calc_flag"],
                [["Na1", 0, CifField.Inapplicable], ["Cl1", 0.5, "d d"]]);
            writer.Loop(["_empty"], []);
        });
        Assert.That(text, Is.EqualTo(
            """
            #\#CIF_1.1

            data_NaCl
            # rock salt
            # made up
            _cell_length_a                    5.6402(3)
            _chemical_name_mineral            'rock salt'
            _cell_formula_units_Z             4
            _publ_section_title
            ;One line
            and another
            ;
            _exptl_crystal_description        ?
            loop_
            _atom_site_label
            _atom_site_fract_x
            _atom_site_calc_flag
            Na1 0   .
            Cl1 0.5 'd d'

            """.ReplaceLineEndings("\n")));
    }

    [TestCase("word", "word")]
    [TestCase("", "''")]
    [TestCase("two words", "'two words'")]
    [TestCase("a dog's life", "'a dog's life'")]
    [TestCase("dogs' life", "\"dogs' life\"")]
    [TestCase("dogs' \" life", ";dogs' \" life\n;")]
    [TestCase("a\" b' c", ";a\" b' c\n;")]
    [TestCase("ends with '", "'ends with ''")]
    [TestCase("?", "'?'")]
    [TestCase(".", "'.'")]
    [TestCase("_tag", "'_tag'")]
    [TestCase("#hash", "'#hash'")]
    [TestCase("$x", "'$x'")]
    [TestCase("[x]", "'[x]'")]
    [TestCase(";x", "';x'")]
    [TestCase("'x'", "''x''")]
    [TestCase("data_x", "'data_x'")]
    [TestCase("SAVE_", "'SAVE_'")]
    [TestCase("Loop_", "'Loop_'")]
    [TestCase("loop_x", "loop_x")]
    [TestCase("global_", "'global_'")]
    [TestCase("stop_", "'stop_'")]
    [TestCase("a\nb", ";a\nb\n;")]
    [TestCase("a\r\nb\rc", ";a\nb\nc\n;")]
    [TestCase("a\n;b", ";a\n ;b\n;")]
    [TestCase("\\\na\\\nb", ";\\\n\\\\\n\na\\\\\n\nb\n;")]
    public void Texts_get_the_delimiters_they_need(string text, string expected)
        => Assert.That(CifQuoting.Quote(text), Is.EqualTo(expected));

    [TestCase(1.23456, 0.0005, "1.2346(5)")]
    [TestCase(1.23456, 0.00194, "1.2346(19)")]
    [TestCase(1.23456, 0.00196, "1.235(2)")]
    [TestCase(1.23456, 0.0096, "1.235(10)")]
    [TestCase(1.23456, 0.01, "1.235(10)")]
    [TestCase(-1.5, 0.2, "-1.5(2)")]
    [TestCase(1234.5, 2, "1234(2)")]
    [TestCase(1234.5, 12, "1234(12)")]
    [TestCase(1234.5, 120, "1230(120)")]
    [TestCase(1234.5, 500, "1200(500)")]
    [TestCase(0.1, 0, "0.1")]
    [TestCase(0.1, double.NaN, "0.1")]
    [TestCase(double.NaN, 1, "?")]
    public void Uncertainties_are_rounded_by_the_rule_of_19(double value, double uncertainty, string expected) =>
        Assert.That(CifField.Number(value, uncertainty).Content, Is.EqualTo(expected));

    [Test]
    public void Defaults_and_nothing_are_unknown()
    {
        Assert.That(Write(writer => writer.Item("_a", default)), Does.EndWith(" ?\n"));
        Assert.That(Write(writer => writer.Item("_a", (string?)null)), Does.EndWith(" ?\n"));
        Assert.That(Write(writer => writer.Item("_a", double.NaN)), Does.EndWith(" ?\n"));
    }

    [Test]
    public void Lines_stay_within_the_limit_of_CIF()
    {
        string[] tags = [.. Enumerable.Range(0, 300).Select(i => $"_t{i}")];
        CifField[] row = [.. tags.Select(_ => CifField.Text("twelve words"))];
        string text = Write(writer =>
        {
            writer.Block("x");
            writer.Loop(tags, [row, row]);
        });
        Assert.That(text.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(2048));
        ReadBlock(text).TryGetColumn("_t299", out CifColumn column);
        Assert.That(Texts(column), Is.EqualTo(new[] { "twelve words", "twelve words" }));
    }

    [Test]
    public void Wrong_tags_and_rows_are_refused()
    {
        CifWriter writer = new(new ArrayBufferWriter<byte>());
        Assert.That(() => writer.Item("a", 1), Throws.ArgumentException);
        Assert.That(() => writer.Item("_", 1), Throws.ArgumentException);
        Assert.That(() => writer.Item("_a b", 1), Throws.ArgumentException);
        Assert.That(() => writer.Loop(["_a", "_b"], [[1]]), Throws.ArgumentException);
        Assert.That(() => writer.Loop([], []), Throws.InstanceOf<ArgumentException>());
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Any_text_reads_back()
    {
        Gen<string> texts =
            from characters in Gen.ArrayOf(Gen.Elements("ab01 '\";;#_$?.\n\n\t[]\\\\\u00C5\u2028\0".ToCharArray()))
            from start in Gen.Elements("", "", "data_", "loop_", "stop_", "global_", "save_", "?", ".", "\\\n", "\\ \n")
            select start + new string(characters);
        return Prop.ForAll(texts.ArrayOf(6).ToArbitrary(), ReadsBack);
    }

    [Test]
    public void Characters_that_CIF_does_not_have_are_written_by_their_numbers()
    {
        string text = Write(writer =>
        {
            writer.Block("\u00C5\u001B[31m\u007F");
            writer.Comment("5 \u00C5");
            writer.Item("_a", "\u202Eabc\0\U0001F600\uD800");
        });
        Assert.That(text, Is.EqualTo(
            "#\\#CIF_1.1\n\ndata_&#xC5;_[31m&#x7F;\n# 5 &#xC5;\n_a                                '&#x202E;abc&#x0;&#x1F600;&#xFFFD;'\n"));
    }

    private static bool ReadsBack(string[] texts)
    {
        // A line that starts with a semicolon is the one thing that CIF 1.1 cannot hold.
        string[] expected = [.. texts.Select(text => CifAscii.Of(CifQuoting.Quote(text)[0] == ';' ? text.Replace(
            "\n;", "\n ;", StringComparison.Ordinal) : text))];
        CifField[] fields = [.. texts.Select(CifField.Text)];
        string written = Write(writer =>
        {
            writer.Block("x");
            writer.Item("_single", fields[0]);
            writer.Loop(["_a", "_b", "_c"], [fields[..3], fields[3..]]);
            writer.Item("_last", fields[5]);
        });
        CifBlock block = Read(written, out _).Blocks.Single();
        block.TryGetColumn("_a", out CifColumn a);
        block.TryGetColumn("_b", out CifColumn b);
        block.TryGetColumn("_c", out CifColumn c);
        string[] read = [a[0].Text, b[0].Text, c[0].Text, a[1].Text, b[1].Text, c[1].Text];
        return read.SequenceEqual(expected)
            && Value(block, "_single").Text == expected[0]
            && Value(block, "_last").Text == expected[5]
            && a.Count == 2 && !a[0].IsMissing && !c[1].IsMissing;
    }

    private static string Write(Action<CifWriter> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(new CifWriter(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
