using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// The positive states in which an element is common, and how common: <c>Data/CommonOxidationStates.csv</c> and
/// <c>Data/StatesBesideAnions.csv</c>, which name their source.
/// </summary>
public static class CommonOxidationStates
{
    // Share of an element's occurrences from which a state is not only common but frequent, percent.
    private const double FrequentPercent = 10;

    // Compositions of an element beside an anion from which their counts say more than those beside any anion.
    private const int EnoughCompositions = 50;

    private static readonly Lazy<(int State, double Percent)[][]> States = new(Load);
    private static readonly Lazy<int[][]> Common = new(
        () => Array.ConvertAll(States.Value, list => Array.ConvertAll(list, entry => entry.State)));

    private static readonly Lazy<Dictionary<(Element Cation, Element Anion), Dictionary<int, int>>> BesideAnions = new(LoadBesideAnions);

    /// <summary>The common positive states of an element, ascending; empty when none is listed.</summary>
    public static ReadOnlySpan<int> Of(Element cation) => Common.Value[cation.AtomicNumber];

    /// <summary>
    /// The lowest state that makes up at least 10 % of the element's occurrences; <see cref="int.MaxValue"/> when none does.
    /// </summary>
    public static int LowestFrequent(Element cation) =>
        States.Value[cation.AtomicNumber].Where(entry => entry.Percent >= FrequentPercent)
            .Select(entry => entry.State).DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>
    /// How frequent a common state is beside an anion, relative to the most frequent one: 0 to 1. Where few compositions hold the two, or
    /// none is counted for the anion, the element's occurrences beside any anion decide.
    /// </summary>
    public static double RelativeFrequency(Element cation, int state, Element anion)
    {
        if (BesideAnions.Value.TryGetValue((cation, anion), out Dictionary<int, int>? counts) && counts.Values.Sum() >= EnoughCompositions)
            return (counts.GetValueOrDefault(state) + 1.0) / (counts.Values.Max() + 1.0);
        (int State, double Percent)[] all = States.Value[cation.AtomicNumber];
        return all.Length == 0 ? 0 : all.Where(entry => entry.State == state).Sum(entry => entry.Percent) / all.Max(entry => entry.Percent);
    }

    private static (int State, double Percent)[][] Load()
    {
        var states = new (int State, double Percent)[119][];
        Array.Fill(states, []);
        foreach (string[] fields in EmbeddedTable.Read("OxidationStates.Data.CommonOxidationStates.csv"))
        {
            byte element = Element.Of(fields[0]).AtomicNumber;
            states[element] =
            [
                .. states[element],
                (int.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture)),
            ];
        }

        return states;
    }

    private static Dictionary<(Element Cation, Element Anion), Dictionary<int, int>> LoadBesideAnions()
    {
        var table = new Dictionary<(Element, Element), Dictionary<int, int>>();
        foreach (string[] fields in EmbeddedTable.Read("OxidationStates.Data.StatesBesideAnions.csv"))
        {
            (Element, Element) pair = (Element.Of(fields[0]), Element.Of(fields[2]));
            if (!table.TryGetValue(pair, out Dictionary<int, int>? counts))
                table.Add(pair, counts = []);
            counts[int.Parse(fields[1], CultureInfo.InvariantCulture)] = int.Parse(fields[3], CultureInfo.InvariantCulture);
        }

        return table;
    }
}
