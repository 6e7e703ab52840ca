using System.Globalization;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>The positive states in which an element is common: <c>Data/CommonOxidationStates.csv</c>, which names its source.</summary>
public static class CommonOxidationStates
{
    // Share of an element's occurrences from which a state is not only common but frequent, percent.
    private const double FrequentPercent = 10;

    private static readonly Lazy<(int State, double Percent)[][]> States = new(Load);
    private static readonly Lazy<int[][]> Common = new(
        () => Array.ConvertAll(States.Value, list => Array.ConvertAll(list, entry => entry.State)));

    /// <summary>The common positive states of an element, ascending; empty when none is listed.</summary>
    public static ReadOnlySpan<int> Of(Element cation) => Common.Value[cation.AtomicNumber];

    /// <summary>The lowest state that makes up at least 10 % of the element's occurrences; <see cref="int.MaxValue"/> when none does.</summary>
    public static int LowestFrequent(Element cation) =>
        States.Value[cation.AtomicNumber].Where(entry => entry.Percent >= FrequentPercent)
            .Select(entry => entry.State).DefaultIfEmpty(int.MaxValue).Min();

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
}
