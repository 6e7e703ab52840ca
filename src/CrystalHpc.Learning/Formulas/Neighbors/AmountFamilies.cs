namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>The formulas of a memory in families of equal amounts (ABC3, A2B), which searches go through together.</summary>
internal sealed class AmountFamilies
{
    private readonly Dictionary<string, AmountFamily> _byAmounts = [];

    /// <summary>Sorts formulas by their amounts.</summary>
    public AmountFamilies(IReadOnlyList<Composition> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, memory.Count).GroupBy(i => KeyOf(memory[i])))
            _byAmounts.Add(group.Key, new AmountFamily(memory, [.. group]));
        All = [.. _byAmounts.Values];
    }

    /// <summary>All families.</summary>
    public AmountFamily[] All { get; }

    /// <summary>The family with the amounts of a formula; null when it has no members.</summary>
    public AmountFamily? Find(Composition composition) => _byAmounts.GetValueOrDefault(KeyOf(composition));

    private static string KeyOf(Composition composition) => string.Create(composition.Count, composition, static (key, source) =>
    {
        for (int i = 0; i < key.Length; i++)
            key[i] = (char)Math.Min(source.Amounts[i], char.MaxValue);
    });
}
