using System.CommandLine.Parsing;
using System.Globalization;

namespace CrystalHpc.Engine.Stages;

/// <summary>The shards Index, Index + Count, Index + 2 Count ...: what one task of a job array does.</summary>
public readonly record struct ShardPart(int Index, int Count)
{
    /// <summary>Every shard.</summary>
    public static ShardPart All => new(0, 1);

    /// <summary>Those of this part among so many shards.</summary>
    public int[] Of(int shards)
    {
        (int index, int count) = (Index, Count);
        return [.. Enumerable.Range(0, shards).Where(shard => shard % count == index)];
    }

    /// <summary>Reads <c>I/N</c>.</summary>
    public static ShardPart Parse(ArgumentResult result)
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
        return All;
    }
}
