using System.Globalization;
using static CrystalHpc.Fuzz.Grammar.GrammarMutator;

namespace CrystalHpc.Fuzz.Grammar;

/// <summary>Changes of cells.</summary>
internal static class CellChanges
{
    private static readonly double[] Scales = [1e-3, 0.1, 0.5, 0.9, 0.99, 1.01, 1.1, 2, 3, 10, 100, -1];

    public static void Replace(DraftBlock block, Random random)
    {
        int which = random.Next(Vocabulary.CellTags.Length);
        if (block.With(Vocabulary.CellTags[which]) is { } loop && loop.Rows is [{ Count: > 0 } row, ..])
            row[0] = Pick(random, which < 3 ? Vocabulary.Lengths : Vocabulary.Angles);
    }

    /// <summary>All lengths by one factor, or one of them.</summary>
    public static void Scale(DraftBlock block, Random random)
    {
        double factor = Pick(random, Scales);
        bool all = random.Next(2) == 0;
        foreach (string tag in Vocabulary.CellTags.Take(3).Where(_ => all || random.Next(3) == 0))
        {
            if (block.With(tag) is { } loop && loop.Rows is [{ Count: > 0 } row, ..]
                && double.TryParse(row[0].Split('(')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double length))
            {
                row[0] = (factor * length).ToString("R", CultureInfo.InvariantCulture);
            }
        }
    }

    public static void Exchange(DraftBlock block, Random random)
    {
        if (block.With(Pick(random, Vocabulary.CellTags)) is { } one && block.With(Pick(random, Vocabulary.CellTags)) is { } other)
            (one.Tags[0], other.Tags[0]) = (other.Tags[0], one.Tags[0]);
    }
}
