using static CrystalHpc.Fuzz.Grammar.GrammarMutator;

namespace CrystalHpc.Fuzz.Grammar;

/// <summary>Changes of rows and columns.</summary>
internal static class LoopChanges
{
    public static void DropColumn(DraftBlock block, Random random)
    {
        if (Any(block, random) is not { Tags.Count: > 1 } loop)
            return;
        int column = random.Next(loop.Tags.Count);
        loop.Tags.RemoveAt(column);
        foreach (List<string> row in loop.Rows.Where(row => row.Count > column))
            row.RemoveAt(column);
    }

    public static void ExchangeColumns(DraftBlock block, Random random)
    {
        if (Any(block, random) is not { } loop)
            return;
        (int one, int other) = (random.Next(loop.Tags.Count), random.Next(loop.Tags.Count));
        (loop.Tags[one], loop.Tags[other]) = (loop.Tags[other], loop.Tags[one]);
    }

    public static void DropRow(DraftBlock block, Random random)
    {
        if (Any(block, random) is { Rows.Count: > 0 } loop)
            loop.Rows.RemoveAt(random.Next(loop.Rows.Count));
    }

    public static void RepeatRow(DraftBlock block, Random random)
    {
        if (Any(block, random) is not { Rows.Count: > 0 } loop)
            return;
        List<string> row = Pick(random, loop.Rows);
        for (int count = random.Next(10) == 0 ? random.Next(500) : 1; count > 0; count--)
            loop.Rows.Insert(random.Next(loop.Rows.Count + 1), [.. row]);
    }

    public static void CutLastRow(DraftBlock block, Random random)
    {
        if (Any(block, random) is { Rows.Count: > 0 } loop && loop.Rows[^1].Count > 0)
            loop.Rows[^1].RemoveRange(0, random.Next(loop.Rows[^1].Count));
    }

    // Half of the columns become a loop of their own.
    public static void Split(DraftBlock block, Random random)
    {
        if (Any(block, random) is not { Tags.Count: > 1 } loop || loop.Rows.Exists(row => row.Count != loop.Tags.Count))
            return;
        int at = random.Next(1, loop.Tags.Count);
        block.Loops.Insert(block.Loops.IndexOf(loop) + 1, new DraftLoop(loop.Tags[at..], [.. loop.Rows.Select(row => row[at..])]));
        loop.Tags.RemoveRange(at, loop.Tags.Count - at);
        foreach (List<string> row in loop.Rows)
            row.RemoveRange(at, row.Count - at);
    }

    public static void Shuffle(DraftBlock block, Random random)
    {
        if (Any(block, random) is not { } loop)
            return;
        List<string>[] rows = [.. loop.Rows];
        random.Shuffle(rows);
        loop.Rows.Clear();
        loop.Rows.AddRange(rows);
    }

    // Loops of more than one row matter most.
    private static DraftLoop? Any(DraftBlock block, Random random)
    {
        DraftLoop[] tables = [.. block.Loops.Where(loop => loop.Rows.Count > 1)];
        return tables.Length > 0 ? Pick(random, tables) : block.Loops.Count > 0 ? Pick(random, block.Loops) : null;
    }
}
