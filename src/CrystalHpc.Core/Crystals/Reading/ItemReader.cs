using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Reads items that should be numbers. A value that is there and cannot be read is not absent: it is reported and remembered, so that a
/// rule can reject the structure.
/// </summary>
/// <param name="block">The data block.</param>
/// <param name="findings">Receives what could not be read.</param>
internal sealed class ItemReader(CifBlock block, ICollection<Finding> findings)
{
    private readonly List<string> _unreadable = [];

    /// <summary>Items that have a value which cannot be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>The first item of several that can be read; in a loop, everything that its rows say. Null when none has a value.</summary>
    /// <param name="names">Names of the item, the preferred one first.</param>
    /// <param name="parse">Reads the text of a value; null when it cannot.</param>
    public ValueRange? Read(string[] names, Func<string, ValueRange?> parse)
    {
        foreach (string name in names)
        {
            if (!block.TryGetColumn(name, out CifColumn column))
                continue;
            if (Hull(name, column, parse) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>Remembers something else that names a value and cannot be read.</summary>
    public void Refuse(string what, int line = 0, int column = 0)
    {
        findings.Add(new Finding(CrystalFindings.MetadataUnreadable, line, column, what));
        _unreadable.Add(what);
    }

    private ValueRange? Hull(string name, CifColumn column, Func<string, ValueRange?> parse)
    {
        ValueRange? all = null;
        for (int row = 0; row < column.Count; row++)
        {
            CifValue value = column[row];
            if (value.IsMissing || ItemText.SaysNothing(value.Text))
                continue;
            if (parse(value.Text) is { } read)
                all = all?.Hull(read) ?? read;
            else
                Refuse($"{name} '{Shortened(value.Text)}'", value.Line, value.Column);
        }

        return all;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60];
}
