using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Fuzz.Grammar;

/// <summary>A value as it will be written, quotes included.</summary>
internal sealed record DraftLoop(List<string> Tags, List<List<string>> Rows)
{
    /// <summary>A copy that can be changed by itself.</summary>
    public DraftLoop Copy() => new([.. Tags], [.. Rows.Select(row => row.ToList())]);

    /// <summary>Column of a tag; -1 when the loop lacks it.</summary>
    public int ColumnOf(string tag) => Tags.FindIndex(own => own.Equals(tag, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A data block that can be changed: a single value is a loop of one row and one column.</summary>
internal sealed class DraftBlock(string name, List<DraftLoop> loops)
{
    public string Name { get; set; } = name;

    public List<DraftLoop> Loops { get; } = loops;

    /// <summary>A copy that can be changed by itself.</summary>
    public DraftBlock Copy() => new(Name, [.. Loops.Select(loop => loop.Copy())]);

    /// <summary>The loop that has a tag; null when none has.</summary>
    public DraftLoop? With(string tag) => Loops.Find(loop => loop.ColumnOf(tag) >= 0);
}

/// <summary>A CIF file as blocks, loops and values, to be changed and written again.</summary>
internal static class CifDraft
{
    /// <summary>The blocks of a file.</summary>
    public static List<DraftBlock> Parse(byte[] file) =>
        [.. CifDocument.Parse(file, new List<Finding>()).Blocks.Select(block => new DraftBlock(block.Name, [.. Loops(block)]))];

    /// <summary>The text of blocks. Values are written as they are: what they break is part of the experiment.</summary>
    public static byte[] Write(IEnumerable<DraftBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (DraftBlock block in blocks)
        {
            text.Append("data_").Append(block.Name).Append('\n');
            foreach (DraftLoop loop in block.Loops)
                Append(text, loop);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A text with the delimiters that it needs.</summary>
    public static string Quote(string text) => CifQuoting.Quote(text);

    private static IEnumerable<DraftLoop> Loops(CifBlock block)
    {
        var columns = new List<(string Tag, CifColumn Column)>();
        foreach (string tag in block.Tags)
        {
            block.TryGetColumn(tag, out CifColumn column);
            columns.Add((tag, column));
        }

        return columns.GroupBy(entry => entry.Column.LoopIndex < 0 ? entry.Tag : $"{entry.Column.LoopIndex}").Select(group => new DraftLoop(
            [.. group.Select(entry => entry.Tag)],
            [.. Enumerable.Range(0, group.First().Column.Count).Select(row => group.Select(entry => ValueOf(entry.Column[row]))
            .ToList())]));
    }

    private static string ValueOf(CifValue value)
        => value.IsMissing || value.IsContainer ? Encoding.UTF8.GetString(value.Bytes) : Quote(value.Text);

    private static void Append(StringBuilder text, DraftLoop loop)
    {
        if (loop is { Tags.Count: 1, Rows.Count: 1 })
        {
            text.Append(loop.Tags[0]).Append(Separator(loop.Rows[0][0])).Append(loop.Rows[0][0]).Append('\n');
            return;
        }

        text.Append("loop_\n");
        foreach (string tag in loop.Tags)
            text.Append(tag).Append('\n');
        foreach (List<string> row in loop.Rows)
        {
            foreach (string value in row)
                text.Append(Separator(value)).Append(value);
            text.Append('\n');
        }
    }

    private static char Separator(string value) => value.StartsWith(';') ? '\n' : ' ';
}
