using static CrystalHpc.Fuzz.Grammar.GrammarMutator;

namespace CrystalHpc.Fuzz.Grammar;

/// <summary>Changes of space groups: symbols, numbers, operations.</summary>
internal static class SymmetryChanges
{
    private static readonly (string, string)[] Slips =
        [("-", ""), ("x", "y"), ("y", "-x"), ("1/2", "1/3"), ("1/2", ".5"), ("z", "z+1/2"), ("+", ""), (",", ", "), ("1/4", "3/4"),
            ("x", "X"), ("x", "x-y"), ("/", "")];

    /// <summary>Other symbols and numbers than the operations stand for.</summary>
    public static void Symbols(DraftBlock block, Random random)
    {
        string tag = Pick(random, Vocabulary.SymmetryTags);
        string value = tag.Contains("umber", StringComparison.Ordinal)
            ? $"{random.Next(-1, 233)}" : CifDraft.Quote(Pick(random, Vocabulary.Symbols));
        block.Loops.RemoveAll(loop => loop.Tags.Count == 1 && loop.ColumnOf(tag) == 0);
        block.Loops.Insert(0, new DraftLoop([tag], [[value]]));
    }

    /// <summary>A slip of the pen in one operation or in all.</summary>
    public static void ChangeTriplets(DraftBlock block, Random random)
    {
        (string from, string to) = Pick(random, Slips);
        bool all = random.Next(3) == 0;
        foreach ((List<string> row, int column) in Triplets(block).OrderBy(_ => random.Next()).Take(all ? int.MaxValue : 1))
            row[column] = row[column].Replace(from, to, StringComparison.Ordinal);
    }

    public static void ReplaceTriplets(DraftBlock block, Random random)
    {
        foreach ((List<string> row, int column) in Triplets(block).OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
            row[column] = CifDraft.Quote(Pick(random, Vocabulary.Triplets));
    }

    /// <summary>Without operations, the symbols decide.</summary>
    public static void KeepSymbolsOnly(DraftBlock block, Random random)
    {
        block.Loops.RemoveAll(loop => Array.Exists(Vocabulary.OperationTags, tag => loop.ColumnOf(tag) >= 0));
        if (random.Next(2) == 0)
            Symbols(block, random);
    }

    /// <summary>Operations twice, or those of a second list beside the first.</summary>
    public static void RepeatTriplets(DraftBlock block, Random random)
    {
        foreach (string tag in Vocabulary.OperationTags)
        {
            if (block.With(tag) is not { } loop)
                continue;
            if (random.Next(2) == 0)
                loop.Rows.AddRange(loop.Copy().Rows);
            else
                block.Loops.Add(new DraftLoop([Pick(random, Vocabulary.OperationTags)],
                    [.. loop.Rows.Where(row => row.Count > 0).Select(row => new List<string> { row[^1] })]));
            return;
        }
    }

    private static IEnumerable<(List<string> Row, int Column)> Triplets(DraftBlock block) => Vocabulary.OperationTags
        .Select(tag => (Loop: block.With(tag), tag))
        .Where(entry => entry.Loop is not null)
        .SelectMany(entry => entry.Loop!.Rows.Select(row => (row, entry.Loop.ColumnOf(entry.tag))))
        .Where(entry => entry.row.Count > entry.Item2);
}
