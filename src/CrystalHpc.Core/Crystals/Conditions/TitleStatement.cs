using System.Text.RegularExpressions;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// The statements of a title as mineral databases write it: first the title of the article, then a line for each note
/// (<c>Sample: P = 6.6 GPa</c>, <c>Method: neutron diffraction</c>, <c>T = 2 K</c>).
/// </summary>
/// <param name="Text">The statement, its lines joined.</param>
/// <param name="IsNote">False for the title of the article.</param>
internal readonly partial record struct TitleStatement(string Text, bool IsNote)
{
    /// <summary>The statements of a title in order.</summary>
    public static List<TitleStatement> Split(string title)
    {
        var statements = new List<TitleStatement>();
        foreach (string raw in title.Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length == 0)
                continue;
            TitleStatement? last = statements.Count > 0 ? statements[^1] : null;
            bool isNote = last is null ? NamedNote().IsMatch(line) : Note().IsMatch(line) && !Unfinished().IsMatch(last.Value.Text);
            if (last is null || isNote)
                statements.Add(new TitleStatement(line, isNote));
            else
                statements[^1] = last.Value with { Text = $"{last.Value.Text} {line}" };
        }

        return statements;
    }

    [GeneratedRegex(@"^(?:notes?|samples?|methods?|comments?|remarks?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamedNote();

    // A note has a name, or begins with a condition: 'T = 25 C', '12 kbar continuous scan'.
    [GeneratedRegex(
        @"^(?:(?i:notes?|samples?|methods?|comments?|remarks?|models?|phase|specimen|run|batch)\b|(?i:T|P|temperature"
        + @"|pressure)\s*[=<>~]|[\d.]+\s*"
        + ConditionUnits.Pattern + ")", RegexOptions.CultureInvariant)]
    private static partial Regex Note();

    // A line of the article's title that goes on in the next one.
    [GeneratedRegex(@"(?:,|\b(?:at|to|from|and|or|of|in|between|above|below|under|near|the|with|for|by|bei|und|et|de|a))$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();
}
