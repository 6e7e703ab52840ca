using CrystalHpc.Core.Cif;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Operations with blanks and without quotes, <c>1 x, y + 1/2, z</c>: each word counts as a value, and the rows of the loop fall apart. The
/// words of one line belong together.
/// </summary>
internal static class UnquotedOperations
{
    /// <summary>The operations line by line; null unless every line of the loop is one, behind its number or alone.</summary>
    /// <param name="block">The data block.</param>
    /// <param name="column">The column of operations.</param>
    public static IReadOnlyList<SymmetryOperation>? Read(CifBlock block, CifColumn column)
    {
        if (column.LoopIndex < 0)
            return null;
        IEnumerable<CifColumn> columns = Enumerable.Range(0, block.TagCount).Select(block.GetColumn);
        CifColumn[] loop = [.. columns.Where(other => other.LoopIndex == column.LoopIndex)];
        var lines = new SortedDictionary<int, string>();
        for (int row = 0; row < column.Count; row++)
        {
            foreach (CifColumn other in loop)
            {
                CifValue word = other[row];
                if (!word.IsMissing)
                    lines[word.Line] = $"{lines.GetValueOrDefault(word.Line)} {word.Text}";
            }
        }

        var operations = new List<SymmetryOperation>(lines.Count);
        foreach (string line in lines.Values)
        {
            string text = loop.Length > 1 ? line.TrimStart().TrimStart("0123456789".ToCharArray()) : line;
            if (!SymmetryTriplet.TryParse(text, out SymmetryOperation operation))
                return null;
            operations.Add(operation);
        }

        return operations;
    }
}
