namespace CrystalHpc.Benchmarks;

/// <summary>
/// The place of a page where the figures of a benchmark stand: between <c>&lt;!-- figures: NAME [arguments] --&gt;</c> and
/// <c>&lt;!-- end --&gt;</c>.
/// </summary>
/// <param name="Words">Name of the benchmark and its arguments.</param>
/// <param name="Start">Line of the first comment.</param>
/// <param name="End">Line of the second.</param>
internal sealed record FigureBlock(string[] Words, int Start, int End)
{
    private const string Begin = "<!-- figures: ", Close = " -->", Finish = "<!-- end -->";

    /// <summary>The blocks of a page in order.</summary>
    /// <exception cref="FormatException">A block has no end.</exception>
    public static IReadOnlyList<FigureBlock> Of(IReadOnlyList<string> lines)
    {
        var blocks = new List<FigureBlock>();
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(Begin, StringComparison.Ordinal) || !lines[i].EndsWith(Close, StringComparison.Ordinal))
                continue;
            int end = i + 1;
            while (end < lines.Count && lines[end] != Finish && !lines[end].StartsWith(Begin, StringComparison.Ordinal))
                end++;
            if (end == lines.Count || lines[end] != Finish)
                throw new FormatException($"line {i + 1}: {lines[i]} has no {Finish}");
            blocks.Add(new FigureBlock(lines[i][Begin.Length..^Close.Length].Split(' ', StringSplitOptions.RemoveEmptyEntries), i, end));
        }

        return blocks;
    }

    /// <summary>The page with other figures in this block.</summary>
    /// <param name="lines">The page that the block was found in.</param>
    /// <param name="output">What the benchmark printed.</param>
    public string[] Replace(IReadOnlyList<string> lines, string output) =>
    [
        .. lines.Take(Start + 1), "```text", $"$ benchmarks {string.Join(' ', Words)}",
        .. output.TrimEnd().Split('\n').Select(line => line.TrimEnd()), "```", .. lines.Skip(End),
    ];
}
