namespace CrystalHpc.Tests.Documentation;

/// <summary>A fenced block of a page: commands that are run, or text that their output must hold.</summary>
/// <param name="Line">Line of the fence, from 1.</param>
/// <param name="Language">First word of the fence.</param>
/// <param name="Needs">What the commands need that a test does not have; empty: they are run.</param>
/// <param name="Text">The lines between the fences.</param>
/// <param name="Words">All words of the fence.</param>
internal sealed record DocumentedBlock(int Line, string Language, string Needs, string Text, IReadOnlyList<string> Words)
{
    /// <summary>All blocks of a page in order.</summary>
    public static IReadOnlyList<DocumentedBlock> Of(string page)
    {
        var blocks = new List<DocumentedBlock>();
        string[] lines = File.ReadAllLines(page);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                continue;
            int start = i;
            string[] words = lines[i].Trim()[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (i++; !lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal);)
                i++;
            string needs = words.FirstOrDefault(word => word.StartsWith("needs=", StringComparison.Ordinal))?["needs=".Length..] ?? "";
            blocks.Add(new DocumentedBlock(start + 1, words.FirstOrDefault(""), needs, string.Join('\n', lines[(start + 1)..i]), words));
        }

        return blocks;
    }
}
