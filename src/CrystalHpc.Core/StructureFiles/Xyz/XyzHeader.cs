namespace CrystalHpc.Core.StructureFiles;

/// <summary>One item of the second line of an extended XYZ frame.</summary>
/// <param name="Key">Name.</param>
/// <param name="Text">Value without its quotes; <c>T</c> for a word that stands alone.</param>
/// <param name="IsWord">True when the word stands alone, without a value.</param>
internal readonly record struct XyzItem(string Key, string Text, bool IsWord);

/// <summary>The second line of an XYZ frame: items of extended XYZ, or a comment in free words.</summary>
internal sealed class XyzHeader
{
    /// <summary>The items; empty for a comment.</summary>
    public IReadOnlyList<XyzItem> Items { get; private init; } = [];

    /// <summary>What stands in free words.</summary>
    public string Comment { get; private init; } = "";

    /// <summary>Why the line is neither; null when it is one of them.</summary>
    public string? Problem { get; private init; }

    /// <summary>A comment, whatever it says.</summary>
    public static XyzHeader Plain(ReadOnlySpan<char> line) => new() { Comment = line.Trim().ToString() };

    /// <summary>
    /// Reads the line. It counts as items when it has a key that extended XYZ or the caller knows, or when it has keys and all of it looks
    /// like them;
    /// anything else is a comment.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="knows">True for keys that decide the question.</param>
    public static XyzHeader Parse(ReadOnlySpan<char> line, Predicate<string> knows)
    {
        var items = new List<XyzItem>();
        string? problem = XyzHeaderParser.Parse(line, items);
        bool isKnown = items.Any(item => !item.IsWord && knows(item.Key)) || Mentions(line, "Lattice=") || Mentions(line, "Properties=");
        if (problem is not null)
            return isKnown ? new XyzHeader { Problem = problem } : Plain(line);
        string[] words = [.. items.Where(item => item.IsWord).Select(item => item.Key)];
        bool areFlags = words.All(IsFlag);
        if (!isKnown && (!areFlags || words.Length == items.Count))
            return Plain(line);
        return areFlags ? new XyzHeader { Items = items } : new XyzHeader { Items = items, Comment = string.Join(' ', words) };
    }

    private static bool Mentions(ReadOnlySpan<char> line, string key) => line.Contains(key, StringComparison.OrdinalIgnoreCase);

    private static bool IsFlag(string word)
        => char.IsAsciiLetter(word[0]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
