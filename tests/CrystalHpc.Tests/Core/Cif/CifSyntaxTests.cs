using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using static CrystalHpc.Tests.Core.Cif.CifReading;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>The grammar of CIF 1.1, rule by rule, on files without a fault.</summary>
public sealed class CifSyntaxTests
{
    [Test]
    public void Tags_are_found_whatever_their_letter_case()
    {
        CifBlock block = ReadBlock("data_X\n_Cell_Length_A 5.43\n");
        Assert.That(block.Name, Is.EqualTo("X"));
        Assert.That(Value(block, "_cell_length_a").Text, Is.EqualTo("5.43"));
        Assert.That(Value(block, "_CELL_LENGTH_A").Text, Is.EqualTo("5.43"));
        Assert.That(block.TryGetValue("_cell_length_b", out _), Is.False);
        Assert.That(block.Tags, Is.EqualTo(new[] { "_Cell_Length_A" }));
    }

    [TestCase("'plain'", "plain")]
    [TestCase("\"double\"", "double")]
    [TestCase("''", "")]
    [TestCase("'a dog's life'", "a dog's life")]
    [TestCase("'say \"so\" '", "say \"so\" ")]
    [TestCase("\"5'-end\"", "5'-end")]
    [TestCase("'#no comment'", "#no comment")]
    [TestCase("\n;text field\n;", "text field")]
    [TestCase("\n;\nsecond line\n ;not the end\n;", "\nsecond line\n ;not the end")]
    [TestCase("\n;\n;", "")]
    [TestCase("bare#word", "bare#word")]
    [TestCase(";bare", ";bare")]
    [TestCase("loop_like", "loop_like")]
    [TestCase("it's", "it's")]
    public void A_value_is_what_stands_between_its_delimiters(string written, string expected)
    {
        CifBlock block = ReadBlock($"data_x\n_tag {written}\n_next 1\n");
        Assert.That(Value(block, "_tag").Text, Is.EqualTo(expected));
        Assert.That(Value(block, "_next").Text, Is.EqualTo("1"));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void Every_kind_of_line_end_separates_lines(string lineEnd)
    {
        string text = "data_x\n# note\n_a 1\n_b\n;one\ntwo\n;\nloop_\n_c\n_d\n1 2\n3 'x y'\n".Replace(
            "\n", lineEnd, StringComparison.Ordinal);
        CifBlock block = ReadBlock(text);
        Assert.That(Value(block, "_b").Text, Is.EqualTo($"one{lineEnd}two"));
        Assert.That(block.TryGetColumn("_d", out CifColumn column), Is.True);
        Assert.That(column.Count, Is.EqualTo(2));
        Assert.That(column[1].Text, Is.EqualTo("x y"));
        Assert.That((column[1].Line, column[1].Column), Is.EqualTo((12, 3)));
    }

    [Test]
    public void Columns_of_one_loop_share_its_index_and_count()
    {
        CifBlock block = ReadBlock("data_x loop_ _a _b 1 2 3 4 5 6 _s v LOOP_ _c 7 8");
        block.TryGetColumn("_a", out CifColumn a);
        block.TryGetColumn("_b", out CifColumn b);
        block.TryGetColumn("_c", out CifColumn c);
        block.TryGetColumn("_s", out CifColumn s);
        Assert.That(new[] { a.LoopIndex, b.LoopIndex, s.LoopIndex, c.LoopIndex }, Is.EqualTo(new[] { 0, 0, -1, 1 }));
        Assert.That(Texts(a), Is.EqualTo(new[] { "1", "3", "5" }));
        Assert.That(Texts(b), Is.EqualTo(new[] { "2", "4", "6" }));
        Assert.That(Texts(c), Is.EqualTo(new[] { "7", "8" }));
    }

    [Test]
    public void Only_an_unquoted_question_mark_or_point_is_missing()
    {
        CifBlock block = ReadBlock("data_x _a ? _b . _c '?' _d '.' _e ?? _f\n;?\n;");
        Assert.That(new[] { "_a", "_b", "_c", "_d", "_e", "_f" }.Select(tag => Value(block, tag).IsMissing),
            Is.EqualTo(new[] { true, true, false, false, false, false }));
    }

    [TestCase("\\\nfolded \\\nline\nnext", "folded line\nnext")]
    [TestCase("\\ \nfolded\\ \t\nline\\", "foldedline")]
    [TestCase("\\\n\\\nx", "x")]
    [TestCase("\\a\nb\\\nc", "\\a\nb\\\nc")]
    [TestCase("\\", "\\")]
    [TestCase("a\\\nb", "a\\\nb")]
    public void Folded_lines_of_a_text_field_are_joined(string written, string expected)
    {
        CifBlock block = ReadBlock($"data_x\n_a\n;{written}\n;\n");
        Assert.That(Value(block, "_a").Text, Is.EqualTo(expected));
        Assert.That(Encoding.UTF8.GetString(Value(block, "_a").Bytes), Is.EqualTo(written));
    }

    [Test]
    public void The_scanner_agrees_with_a_plain_loop_over_the_bytes()
    {
        byte[] alphabet = "ab1 \n\t"u8.ToArray();
        Random random = new(7);
        for (int length = 0; length < 400; length++)
        {
            byte[] bytes = random.GetItems(alphabet, length);
            bytes.AsSpan(length / 3, length / 4).Fill(bytes.Length == 0 ? (byte)0 : bytes[0]);
            CifScanner scanner = new(bytes);
            for (int position = 0; position <= length; position++)
            {
                int word = position;
                while (word < length && bytes[word] <= ' ')
                    word++;
                int space = position;
                while (space < length && bytes[space] > ' ')
                    space++;
                Assert.That((scanner.SkipWhiteSpace(position), scanner.WordEnd(position)), Is.EqualTo((word, space)));
            }
        }
    }

    [Test]
    public void Each_block_has_its_own_tags()
    {
        CifDocument document = ReadClean("data_one _a 1 DATA_two _a 2 _b 3");
        Assert.That(document.Blocks.Select(block => block.Name), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(Value(document.Blocks[0], "_a").Text, Is.EqualTo("1"));
        Assert.That(Value(document.Blocks[1], "_a").Text, Is.EqualTo("2"));
        Assert.That(document.Blocks[0].TryGetValue("_b", out _), Is.False);
    }

    [Test]
    public void Save_frames_keep_their_tags_apart_from_those_of_their_block()
    {
        CifDocument document = ReadClean("data_dictionary _a 1 save_one _a 2 save_ save_two _a 3 _b 4 save_ _c 5 data_next _a 6");
        Assert.That(document.Blocks, Has.Count.EqualTo(2));
        CifBlock block = document.Blocks[0];
        Assert.That(block.Frames.Select(frame => frame.Name), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(Value(block, "_a").Text, Is.EqualTo("1"));
        Assert.That(Value(block, "_c").Text, Is.EqualTo("5"));
        Assert.That(block.TryGetValue("_b", out _), Is.False);
        Assert.That(Value(block.Frames[1], "_a").Text, Is.EqualTo("3"));
        Assert.That(block.Tags, Is.EqualTo(new[] { "_a", "_c" }));
        Assert.That(document.Blocks[1].Frames, Is.Empty);
    }

    [Test]
    public void Words_longer_than_a_scanned_block_stay_whole([Values(1, 62, 63, 64, 65, 127, 128, 129, 600)] int length,
        [Range(0, 3)] int shift)
    {
        string word = new('w', length);
        CifBlock block = ReadBlock($"data_x{new string(' ', shift + 1)}_a {word}{new string(' ', length)}_b {word}");
        Assert.That(Value(block, "_a").Text, Is.EqualTo(word));
        Assert.That(Value(block, "_b").Text, Is.EqualTo(word));
    }

    [Test]
    public void A_thousand_tags_of_mixed_case_are_all_found()
    {
        IEnumerable<string> lines = Enumerable.Range(0, 1000).Select(i => $"_Tag_Number_{i} {i}");
        CifBlock block = ReadBlock("data_x\n" + string.Join('\n', lines));
        for (int i = 0; i < 1000; i++)
            Assert.That(Value(block, $"_tag_NUMBER_{i}").Text, Is.EqualTo($"{i}"));
    }

    [Test]
    public void Lines_and_columns_are_right_far_into_a_file()
    {
        string text = "data_x\nloop_\n_a\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  {i}\r\n"));
        ReadBlock(text).TryGetColumn("_a", out CifColumn column);
        for (int row = 0; row < column.Count; row += 777)
            Assert.That((column[row].Line, column[row].Column), Is.EqualTo((row + 4, 3)));
    }

    [Test]
    public void Places_agree_with_a_plain_count_of_line_ends()
    {
        Random random = new(11);
        byte[] bytes = random.GetItems("ab\n\r\r\n"u8.ToArray(), 5000);
        CifLineIndex index = new(bytes);
        (int line, int column) = (1, 1);
        for (int offset = 0; offset < bytes.Length; offset++)
        {
            Assert.That(index.Locate(offset), Is.EqualTo((line, column)));
            bool isLineEnd = bytes[offset] == '\n' || (bytes[offset] == '\r' && (offset + 1 == bytes.Length || bytes[offset + 1] != '\n'));
            (line, column) = isLineEnd ? (line + 1, 1) : (line, column + 1);
        }
    }

    [Test]
    public void Every_code_is_listed_once_in_kebab_case()
    {
        IEnumerable<FindingCode> declared = typeof(CifFindings).GetFields().Select(field => field.GetValue(null)).OfType<FindingCode>();
        Assert.That(CifFindings.All, Is.EquivalentTo(declared));
        Assert.That(CifFindings.All.Select(code => code.Name), Is.Unique.And.All.Match("^cif(-[a-z0-9]+)+$"));
    }
}
