namespace CrystalHpc.Engine.Configuration;

/// <summary>How far apart two spellings are, for suggestions.</summary>
public static class Spelling
{
    /// <summary>The known word that was probably meant: a slip of the pen, or a word broken off; null when none is near.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> known) => known
        .Where(word => Distance(wrong, word) <= 1 + wrong.Length / 5
            || (wrong.Length > 1 && word.StartsWith(wrong, StringComparison.Ordinal)))
        .MinBy(word => Distance(wrong, word));

    /// <summary><c> (did you mean 'this'?)</c>, or nothing when no known word is near.</summary>
    public static string Suggest(string wrong, IEnumerable<string> known)
        => Nearest(wrong, known) is { } best ? $" (did you mean '{best}'?)" : "";

    /// <summary>
    /// Insertions, deletions, substitutions and exchanges of neighboring letters from one text to the other (Damerau-Levenshtein distance,
    /// optimal string alignment).
    /// </summary>
    public static int Distance(string left, string right)
    {
        var distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int substituted = distance[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(substituted, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[left.Length, right.Length];
    }
}
