namespace CrystalHpc.Fuzz.Grammar;

/// <summary>
/// Makes input N of a seed: a real file with one to six changes that keep it CIF. Tags, loops, symmetry, cells and atoms are changed by
/// what they mean, and parts of other files are spliced in, so that inputs pass the parser and reach what lies behind it.
/// </summary>
internal sealed class GrammarMutator(byte[][] files, int seed) : IMutator
{
    private const int MostValues = 6_000;
    private const int MostChanges = 6;

    private static readonly Action<DraftBlock, Random>[] Changes =
    [
        TagChanges.Rename, TagChanges.Remove, TagChanges.Repeat, TagChanges.Add, TagChanges.Reorder, LoopChanges.DropColumn,
        LoopChanges.ExchangeColumns, LoopChanges.DropRow,
        LoopChanges.RepeatRow, LoopChanges.CutLastRow, LoopChanges.Split, LoopChanges.Shuffle, SymmetryChanges.Symbols,
        SymmetryChanges.ChangeTriplets, SymmetryChanges.ReplaceTriplets,
        SymmetryChanges.KeepSymbolsOnly, SymmetryChanges.RepeatTriplets, CellChanges.Replace, CellChanges.Scale, CellChanges.Exchange,
        AtomChanges.Coordinates, AtomChanges.Nudge,
        AtomChanges.Species, AtomChanges.States, AtomChanges.Occupancies, AtomChanges.Labels, AtomChanges.Collide,
    ];

    private readonly DraftBlock[] _blocks = [.. files.SelectMany(CifDraft.Parse).Where(block => block.Loops.Count > 0)];

    /// <inheritdoc/>
    public byte[] Make(long index)
    {
        // Distinct streams for neighboring numbers; Random of a given seed is the same on every platform.
        var random = new Random(unchecked((int)((index * 0x9E37_79B9) ^ (seed * 0x85EB_CA6BL) ^ (index >> 31))));
        var input = new List<DraftBlock> { Pick(random, _blocks).Copy() };
        if (random.Next(8) == 0)
            Append(input, random);
        for (int count = 1 + Math.Min(random.Next(MostChanges), random.Next(MostChanges)); count > 0; count--)
        {
            DraftBlock changed = input[random.Next(input.Count)];
            if (random.Next(6) == 0)
                Splice(changed, Pick(random, _blocks), random);
            else
                Pick(random, Changes)(changed, random);
            Trim(changed);
        }

        return CifDraft.Write(input);
    }

    /// <summary>One of several.</summary>
    public static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    // A second structure, now and then under the name of the first.
    private void Append(List<DraftBlock> input, Random random)
    {
        DraftBlock second = Pick(random, _blocks).Copy();
        second.Name = random.Next(3) switch { 0 => input[0].Name, 1 => $"{input[0].Name}#2", _ => second.Name };
        input.Add(second);
    }

    // Loops of another file in place of those that have a tag in common with them, or beside them.
    private static void Splice(DraftBlock block, DraftBlock other, Random random)
    {
        DraftLoop taken = Pick(random, other.Loops).Copy();
        int place = block.Loops.FindIndex(loop => loop.Tags.Any(tag => taken.ColumnOf(tag) >= 0));
        if (place >= 0 && random.Next(4) > 0)
            block.Loops[place] = taken;
        else
            block.Loops.Insert(random.Next(block.Loops.Count + 1), taken);
    }

    private static void Trim(DraftBlock block)
    {
        foreach (DraftLoop loop in block.Loops)
        {
            int most = MostValues / Math.Max(1, loop.Tags.Count);
            if (loop.Rows.Count > most)
                loop.Rows.RemoveRange(most, loop.Rows.Count - most);
        }
    }
}
