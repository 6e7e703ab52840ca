using System.Globalization;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>The positive states in which an element is common: <c>Data/CommonOxidationStates.csv</c>, which names its source.</summary>
public static class CommonOxidationStates
{
    private static readonly Lazy<int[][]> States = new(Load);

    /// <summary>The common positive states of an element, ascending; empty when none is listed.</summary>
    public static ReadOnlySpan<int> Of(Element cation) => States.Value[cation.AtomicNumber];

    private static int[][] Load()
    {
        var states = new int[119][];
        Array.Fill(states, []);
        foreach (string[] fields in EmbeddedTable.Read("OxidationStates.Data.CommonOxidationStates.csv"))
        {
            byte element = Element.Of(fields[0]).AtomicNumber;
            states[element] = [.. states[element], int.Parse(fields[1], CultureInfo.InvariantCulture)];
        }

        return states;
    }
}
