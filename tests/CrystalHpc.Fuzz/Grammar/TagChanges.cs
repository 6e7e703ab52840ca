using static CrystalHpc.Fuzz.Grammar.GrammarMutator;

namespace CrystalHpc.Fuzz.Grammar;

/// <summary>Changes of data names.</summary>
internal static class TagChanges
{
    private static readonly string[] Known =
        [.. Vocabulary.CellTags, .. Vocabulary.OperationTags, .. Vocabulary.SymmetryTags, .. Vocabulary.CoordinateTags,
            .. Vocabulary.OtherTags];

    public static void Rename(DraftBlock block, Random random)
    {
        if (block.Loops.Count == 0)
            return;
        DraftLoop loop = Pick(random, block.Loops);
        int column = random.Next(loop.Tags.Count);
        loop.Tags[column] = random.Next(4) switch
        {
            0 => loop.Tags[column].ToUpperInvariant(),
            1 => loop.Tags[column].Replace("_atom_site_", "_atom_site.", StringComparison.Ordinal)
            .Replace("_cell_", "_cell.", StringComparison.Ordinal),
            2 => loop.Tags[column] + "_",
            _ => Pick(random, Known),
        };
    }

    public static void Remove(DraftBlock block, Random random)
    {
        if (block.Loops.Count > 0)
            block.Loops.RemoveAt(random.Next(block.Loops.Count));
    }

    public static void Repeat(DraftBlock block, Random random)
    {
        if (block.Loops.Count > 0)
            block.Loops.Insert(random.Next(block.Loops.Count + 1), Pick(random, block.Loops).Copy());
    }

    public static void Add(DraftBlock block, Random random) => block.Loops.Insert(
        random.Next(block.Loops.Count + 1), new DraftLoop([Pick(random, Known)], [[Pick(random, Vocabulary.Coordinates)]]));

    public static void Reorder(DraftBlock block, Random random)
    {
        if (block.Loops.Count == 0)
            return;
        DraftLoop moved = Pick(random, block.Loops);
        block.Loops.Remove(moved);
        block.Loops.Insert(random.Next(block.Loops.Count + 1), moved);
    }
}
