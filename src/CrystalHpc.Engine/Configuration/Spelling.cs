namespace CrystalHpc.Engine.Configuration;

/// <summary>How far apart two spellings are, for suggestions.</summary>
public static class Spelling
{
    /// <summary>The known word that was probably meant: a slip of the pen, or a word broken off; null when none is near.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> known) => known
        .Where(word => Distance(wrong, word) <= 1 + wrong.Length / 5 || (wrong.Length > 1 && word.StartsWith(wrong, StringComparison.Ordinal)))
        .MinBy(word => Distance(wrong, word));

    /// <summary><c> (did you mean 'this'?)</c>, or nothing when no known word is near.</summary>
    public static string Suggest(string wrong, IEnumerable<string> known) => Nearest(wrong, known) is { } best ? $" (did you mean '{best}'?)" : "";

    /// <summary>Insertions, deletions and substitutions from one text to the other (Levenshtein distance).</summary>
    public static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
