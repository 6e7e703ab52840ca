using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>
/// Bond-valence parameters from anywhere, by pair. Where a table lists a pair more than once, its first row counts: the accumulated table
/// of the IUCr has the most reliable one first. A row without oxidation states serves where no row names them. Every entry knows its law.
/// </summary>
public sealed class ParameterTable
{
    private readonly Dictionary<(Element, int?, Element, int?), ParameterEntry> _entries = [];

    /// <summary>A table with the first entry of each pair.</summary>
    /// <param name="name">What people call the table.</param>
    /// <param name="entries">Entries in the order of the table; later ones of the same pair are ignored.</param>
    public ParameterTable(string name, IEnumerable<ParameterEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Name = name;
        foreach (ParameterEntry entry in entries)
            _entries.TryAdd((entry.Cation, entry.CationCharge, entry.Anion, entry.AnionCharge), entry);
    }

    /// <summary>What people call the table.</summary>
    public string Name { get; }

    /// <summary>Number of different pairs.</summary>
    public int Count => _entries.Count;

    /// <summary>Its entries, the first of each pair, in no order.</summary>
    public IReadOnlyCollection<ParameterEntry> Entries => _entries.Values;

    /// <summary>
    /// Looks up a pair: with both oxidation states, then with that of the cation alone, then with that of the anion alone, then by
    /// elements.
    /// Null when the table does not cover the pair.
    /// </summary>
    public ParameterEntry? Find(BondKey key)
    {
        (Species cation, Species anion) = (key.Cation, key.Anion);
        return _entries.GetValueOrDefault((cation.Element, cation.Charge, anion.Element, anion.Charge))
            ?? _entries.GetValueOrDefault((cation.Element, cation.Charge, anion.Element, null))
            ?? _entries.GetValueOrDefault((cation.Element, null, anion.Element, anion.Charge))
            ?? _entries.GetValueOrDefault((cation.Element, null, anion.Element, null));
    }
}
