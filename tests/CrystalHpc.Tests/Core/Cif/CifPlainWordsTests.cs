using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>
/// Loops of which the reader first takes only the extent: their values must be those of a reader that takes word by word.
/// </summary>
public sealed class CifPlainWordsTests
{
    private static readonly string[] Words =
        ["1", "-1.25(3)", "?", ".", "O12", "x_y#z", "a'b", "Si1", "loop", "'two words'", "\"it's\"", "data", "\u00e9", "[1]", "C-H;",
            "global"];

    [Test]
    public void Long_loops_keep_every_value_and_its_place([Values(1, 2, 3, 7, 20, 1000)] int plainWordsBetween, [Values(1, 3, 5)] int width)
    {
        // Stretches of words of all lengths up to a bound, parted by words that the reader must look at; some lines, some comments.
        var random = new Random(plainWordsBetween);
        var expected = new List<(string Bytes, int Line)>();
        var text = new StringBuilder("data_x\nloop_\n");
        for (int tag = 0; tag < width; tag++)
            text.Append($"_t{tag}\n");
        int line = 3 + width;
        while (expected.Count < 3000 || expected.Count % width != 0)
        {
            string word = random.Next(plainWordsBetween + 1) == 0 ? Words[random.Next(Words.Length)] : random.Next(100_000).ToString();
            expected.Add((word.Trim('\'', '"'), line));
            text.Append(word).Append(' ', random.Next(1, 4));
            if (random.Next(8) != 0)
                continue;
            text.Append(random.Next(20) == 0 ? "# it's a comment\n" : "\n");
            line++;
        }

        text.Append("\n_after last\n");
        CifBlock block = CifReading.Read(text.ToString(), out _).Blocks[0];

        var read = new List<(string, int)>();
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.That(block.TryGetColumn($"_t{i % width}", out CifColumn column));
            CifValue value = column[i / width];
            read.Add((value.Text, value.Line));
            Assert.That(value.IsMissing, Is.EqualTo(value.Text is "?" or "."));
        }

        Assert.That(read, Is.EqualTo(expected));
        Assert.That(block.TryGetValue("_after", out CifValue after) && after.Text == "last");
    }

    [Test]
    public void Values_handed_out_stay_valid_while_other_loops_are_asked_for()
    {
        string Loop(string tag, int start) => $"loop_\n_{tag}\n" + string.Join('\n', Enumerable.Range(start, 50)) + "\n";
        CifBlock block = CifReading.ReadBlock($"data_x\n{Loop("a", 100)}{Loop("b", 200)}{Loop("c", 300)}");
        block.TryGetColumn("_b", out CifColumn b);
        CifValue second = b[1];
        block.TryGetColumn("_a", out CifColumn a);
        block.TryGetColumn("_c", out CifColumn c);
        Assert.That((a[49].Text, b[49].Text, c[49].Text, second.Text), Is.EqualTo(("149", "249", "349", "201")));
    }

    [Test]
    public void A_long_loop_that_ends_early_is_filled_and_the_gap_is_placed_at_its_last_word()
    {
        string text = "data_x\nloop_\n_a\n_b\n" + string.Join('\n', Enumerable.Range(1, 51)) + "\n\n";
        CifBlock block = CifReading.Read(text, out List<Finding> findings).Blocks[0];
        block.TryGetColumn("_b", out CifColumn column);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { CifFindings.LoopIncomplete }));
        Assert.That((column.Count, column[25].IsMissing, column[25].Line), Is.EqualTo((26, true, 55)));
    }
}
