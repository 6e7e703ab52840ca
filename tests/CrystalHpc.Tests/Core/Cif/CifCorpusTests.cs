using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>The reader and the writer on thousands of real, computed and damaged files.</summary>
[NonParallelizable]
public sealed class CifCorpusTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly string[] Archives =
    [
        "cod-real", "prototypes-aflow", "zeolites-idealised", "porous", "computed-3dsc-raw", "computed-3dsc-doped", "computed-misc",
    ];

    [Test]
    public void Every_damaged_file_is_read_without_exception_in_time()
    {
        foreach (string path in Directory.EnumerateFiles(TestPaths.SharedOrIgnore("corpus/dirty")).Order(StringComparer.Ordinal))
            CheckFile(path, File.ReadAllBytes(path));
    }

    [TestCaseSource(nameof(Archives))]
    public void Every_file_of_an_archive_is_read_without_exception_in_time(string archive)
    {
        int count = 0;
        using FileStream packed = File.OpenRead(TestPaths.SharedOrIgnore($"corpus/{archive}.tar.gz"));
        using TarReader reader = new(new GZipStream(packed, CompressionMode.Decompress));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using MemoryStream content = new();
            entry.DataStream.CopyTo(content);
            CheckFile(entry.Name, content.ToArray());
            count++;
        }

        Assert.That(count, Is.GreaterThan(100));
    }

    private static void CheckFile(string name, byte[] bytes)
    {
        Stopwatch watch = Stopwatch.StartNew();
        List<Finding> findings = [];
        CifDocument document = CifDocument.Parse(bytes, findings);
        Assert.That(watch.Elapsed, Is.LessThan(Limit), name);
        foreach (CifBlock block in document.Blocks)
            Walk(block);
        Assert.That(findings, Has.Count.LessThanOrEqualTo(201 + CifFindings.All.Count), name);
        Assert.That(findings.Where(finding => finding.Message.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0), Is.Empty, name);
        // Lists of CIF 2.0 can hold lines that start with a semicolon; the writer's CIF 1.1 cannot, and says so.
        string description = Describe(document);
        if (!description.Contains("\n;", StringComparison.Ordinal))
            Assert.That(Describe(CifDocument.Parse(CifCopying.Copy(document), [])), Is.EqualTo(CifAscii.Of(description)), name);
        Assert.That(findings.Select(finding => finding.Code).Distinct(), Is.SubsetOf(CifFindings.All), name);
    }

    private static void Walk(CifBlock block)
    {
        foreach (string tag in block.Tags)
        {
            Assert.That(block.TryGetColumn(tag, out CifColumn column), Is.True, tag);
            for (int row = 0; row < column.Count; row++)
            {
                CifValue value = column[row];
                if (value.TryGetNumber(out CifNumber number) && !double.IsFinite(number.Value))
                    Assert.Fail($"{tag}: {value.Text}");
                if (value.Line < 1 || value.Column < 1)
                    Assert.Fail($"{tag}: line {value.Line}, column {value.Column}");
            }
        }

        foreach (CifBlock frame in block.Frames)
            Walk(frame);
    }

    /// <summary>Everything that a copy must keep, as lines of text.</summary>
    private static string Describe(CifDocument document)
    {
        StringBuilder text = new();
        foreach (CifBlock block in document.Blocks)
        {
            text.Append("block ").AppendLine(block.Name.Length == 0 ? "_" : block.Name);
            foreach (string tag in block.Tags)
            {
                block.TryGetColumn(tag, out CifColumn column);
                if (column.Count == 0 || tag.Length == 1)
                    continue;
                text.Append(tag).Append(column.LoopIndex < 0 ? " single" : " loop").AppendLine();
                for (int row = 0; row < column.Count; row++)
                    text.Append(column[row].IsMissing ? "missing " : "value ").AppendLine(Writable(column[row].Text));
            }
        }

        return text.ToString();
    }

    // CIF 1.1, which the writer writes, cannot hold a line that starts with a semicolon; CIF 2.0 can.
    private static string Writable(string text) => CifQuoting.UnifyLineEnds(text).Replace("\n;", "\n ;", StringComparison.Ordinal);
}
