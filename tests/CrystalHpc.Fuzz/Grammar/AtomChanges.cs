using System.Globalization;
using static CrystalHpc.Fuzz.Grammar.GrammarMutator;

namespace CrystalHpc.Fuzz.Grammar;

/// <summary>Changes of atoms: where they are, what they are, how many.</summary>
internal static class AtomChanges
{
    public static void Coordinates(DraftBlock block, Random random) =>
        Replace(block, Pick(random, Vocabulary.CoordinateTags), Vocabulary.Coordinates, random);

    public static void Species(DraftBlock block, Random random) =>
        Replace(block, Pick(random, ["_atom_site_type_symbol", "_atom_site_label", "_atom_type_symbol"]), Vocabulary.Species, random);

    public static void States(DraftBlock block, Random random) => Replace(block, "_atom_type_oxidation_number", Vocabulary.States, random);

    public static void Occupancies(DraftBlock block, Random random)
        => Replace(block, "_atom_site_occupancy", Vocabulary.Occupancies, random);

    public static void Labels(DraftBlock block, Random random) => Replace(block, "_atom_site_label", Vocabulary.Labels, random);

    /// <summary>Small shifts: off special positions, and onto them.</summary>
    public static void Nudge(DraftBlock block, Random random)
    {
        double size = Math.Pow(10, -random.Next(1, 7));
        foreach ((List<string> row, int column) in Cells(block, Pick(random, Vocabulary.CoordinateTags)))
        {
            if (double.TryParse(row[column].Split('(')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                row[column] = Math.Round(value + (random.NextDouble() - 0.5) * size, random.Next(2, 9))
                    .ToString("R", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>One atom on the place of another, or very near.</summary>
    public static void Collide(DraftBlock block, Random random)
    {
        if (block.With(Vocabulary.CoordinateTags[0]) is not { Rows.Count: > 1 } loop)
            return;
        (List<string> from, List<string> to) = (Pick(random, loop.Rows), Pick(random, loop.Rows));
        foreach (int column in Vocabulary.CoordinateTags.Select(loop.ColumnOf)
            .Where(column => column >= 0 && column < from.Count && column < to.Count))
            to[column] = from[column];
    }

    private static void Replace(DraftBlock block, string tag, string[] values, Random random)
    {
        bool all = random.Next(6) == 0;
        string same = Pick(random, values);
        foreach ((List<string> row, int column) in Cells(block, tag).OrderBy(_ => random.Next())
            .Take(all ? int.MaxValue : 1 + random.Next(2)))
            row[column] = all ? same : Pick(random, values);
    }

    private static IEnumerable<(List<string> Row, int Column)> Cells(DraftBlock block, string tag)
    {
        if (block.With(tag) is not { } loop)
            yield break;
        int column = loop.ColumnOf(tag);
        foreach (List<string> row in loop.Rows.Where(row => row.Count > column))
            yield return (row, column);
    }
}
