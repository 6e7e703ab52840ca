using System.CommandLine.Parsing;
using System.Globalization;

namespace CrystalHpc.Pipeline;

/// <summary>Which shards to extract.</summary>
/// <param name="Chosen">These, anew, whether complete or not; empty: all that are missing, stale or damaged.</param>
/// <param name="Part">Only this part of them; null: all.</param>
internal sealed record ShardSelection(IReadOnlyList<int> Chosen, ShardPart? Part)
{
    /// <summary>Every shard that is not complete.</summary>
    public static ShardSelection All { get; } = new([], null);

    /// <summary>True when other jobs may be extracting other shards of the run at this moment.</summary>
    public bool IsPartial => Chosen.Count > 0 || Part is not null;

    /// <summary>The shards to look at.</summary>
    /// <param name="count">Number of shards of the run.</param>
    public int[] Of(int count) => Chosen.Count > 0 ? [.. Chosen.Distinct().Order()]
        : [.. Enumerable.Range(0, count).Where(shard => Part is not { } part || shard % part.Count == part.Index)];
}

/// <summary>The shards Index, Index + Count, Index + 2 Count ...: what one task of a job array does.</summary>
internal readonly record struct ShardPart(int Index, int Count)
{
    /// <summary>Reads <c>I/N</c>.</summary>
    public static ShardPart? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        string[] words = text.Split('/');
        if (words.Length == 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index < count)
        {
            return new ShardPart(index, count);
        }

        result.AddError($"--part must be I/N with whole numbers, I from 0 to N - 1, not '{text}'");
        return null;
    }
}
