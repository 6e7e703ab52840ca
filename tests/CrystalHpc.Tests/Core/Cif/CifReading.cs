using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Short ways for tests to read a text.</summary>
internal static class CifReading
{
    public static CifDocument Read(string text, out List<Finding> findings)
    {
        findings = [];
        return CifDocument.Parse(Encoding.UTF8.GetBytes(text), findings);
    }

    public static CifDocument ReadClean(string text)
    {
        CifDocument document = Read(text, out List<Finding> findings);
        Assert.That(findings, Is.Empty);
        return document;
    }

    public static CifBlock ReadBlock(string text) => ReadClean(text).Blocks.Single();

    public static CifValue Value(CifBlock block, string tag)
    {
        Assert.That(block.TryGetValue(tag, out CifValue value), Is.True, $"no single value of {tag}");
        return value;
    }

    public static string[] Texts(CifColumn column) => [.. Enumerable.Range(0, column.Count).Select(row => column[row].Text)];
}
