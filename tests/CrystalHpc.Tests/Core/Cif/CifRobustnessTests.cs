using System.Diagnostics;
using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Large hostile files: time and memory stay proportional to their size.</summary>
[NonParallelizable]
[Category("Slow")]
public sealed class CifRobustnessTests
{
    private const int Size = 10_000_000;

    [TestCase("'")]
    [TestCase("' ")]
    [TestCase("\"")]
    [TestCase("';\n")]
    [TestCase(";\n")]
    [TestCase(";")]
    [TestCase("\n;x")]
    [TestCase("loop_ ")]
    [TestCase("loop_ _a ")]
    [TestCase("loop_ _a 1 2 ")]
    [TestCase("data_ ")]
    [TestCase("data_x ")]
    [TestCase("save_ ")]
    [TestCase("save_f ")]
    [TestCase("_a ")]
    [TestCase("_a 1 ")]
    [TestCase("_a one two three\n")]
    [TestCase("1 ")]
    [TestCase("# ")]
    [TestCase("\0")]
    [TestCase("\u00C5 ")]
    [TestCase("\r")]
    [TestCase("\r\n")]
    [TestCase("x")]
    [TestCase(" ")]
    [TestCase("[ ")]
    [TestCase("global_ stop_ ")]
    public void A_large_file_of_one_pattern_is_read_in_linear_time(string pattern) => ReadPattern("", pattern);

    [TestCase("[")]
    [TestCase("[a")]
    [TestCase("[ _a ")]
    [TestCase("{'k':")]
    [TestCase("{'k' ")]
    [TestCase("[a]")]
    [TestCase("a[")]
    [TestCase("a{ ")]
    [TestCase("]")]
    [TestCase("[}")]
    [TestCase("'")]
    [TestCase("''' ")]
    [TestCase("'a'b")]
    [TestCase("'\n")]
    [TestCase("['")]
    [TestCase("['\n")]
    [TestCase("[\n;")]
    [TestCase("#[")]
    [TestCase("[#\n")]
    [TestCase("[loop_ ")]
    [TestCase("\u009F")]
    public void A_large_file_of_one_pattern_of_CIF_2_0_is_read_in_linear_time(string pattern) => ReadPattern("#\\#CIF_2.0\n", pattern);

    private static void ReadPattern(string mark, string pattern)
    {
        byte[] unit = Encoding.UTF8.GetBytes(pattern);
        byte[] head = Encoding.UTF8.GetBytes(mark + "data_head _head ");
        byte[] bytes = new byte[head.Length + (Size / unit.Length * unit.Length)];
        head.CopyTo(bytes, 0);
        for (int start = head.Length; start < bytes.Length; start += unit.Length)
            unit.CopyTo(bytes, start);

        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<Finding> findings = [];
        CifDocument document = CifDocument.Parse(bytes, findings);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{watch.Elapsed.TotalSeconds:F2} s, {allocated / (double)bytes.Length:F1} bytes allocated per byte"));
        Assert.That(document.Blocks, Is.Not.Empty);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(allocated, Is.LessThan(40L * bytes.Length));
    }

    [Test]
    public void A_million_different_tags_are_told_apart_in_linear_time()
    {
        StringBuilder text = new("data_x\n");
        for (int i = 0; i < 1_000_000; i++)
            text.Append("_t").Append(i).Append(" 1\n");
        Stopwatch watch = Stopwatch.StartNew();
        List<Finding> findings = [];
        CifDocument document = CifDocument.Parse(Encoding.UTF8.GetBytes(text.ToString()), findings);
        Assert.That(findings, Is.Empty);
        Assert.That(document.Blocks[0].TryGetValue("_T999999", out _), Is.True);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void A_file_beyond_the_limit_is_refused()
    {
        List<Finding> findings = [];
        CifDocument document = CifDocument.Parse("data_x _a 1"u8.ToArray(), maximumLength: 10, findings);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { CifFindings.TooLarge }));
        Assert.That(document.Blocks, Is.Empty);
    }

    [Test]
    public void Any_bytes_are_read_without_exception()
    {
        // Bytes that matter to the grammar, in random order: far more likely to meet its edges than even random bytes.
        byte[] alphabet = "data_ loop_ save_ _a '\"';;#[$?.1(2)\n\n\r\t \0\u00FF"u8.ToArray();
        Random random = new(20240501);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = alphabet[random.Next(alphabet.Length)];
            string[] words = ["data_", "data_x", "loop_", "save_", "save_f", "_a", "_b", "\n;", "'", "\r\n", "1"];
            byte[] mixed = [.. bytes, .. Encoding.UTF8.GetBytes(string.Join(' ', random.GetItems(words, 12))),
                .. bytes.AsSpan(0, bytes.Length / 2)];
            foreach (CifBlock block in CifDocument.Parse(mixed, new List<Finding>()).Blocks)
                ReadAll(block);
        }
    }

    private static void ReadAll(CifBlock block)
    {
        foreach (string tag in block.Tags)
        {
            block.TryGetColumn(tag, out CifColumn column);
            for (int row = 0; row < column.Count; row++)
            {
                CifValue value = column[row];
                value.TryGetNumber(out _);
                if (value.Text is null || value.Line < 1 || value.Column < 1)
                    Assert.Fail(tag);
            }
        }

        foreach (CifBlock frame in block.Frames)
            ReadAll(frame);
    }
}
