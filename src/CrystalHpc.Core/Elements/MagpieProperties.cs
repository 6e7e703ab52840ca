using System.Globalization;

namespace CrystalHpc.Core.Elements;

/// <summary>
/// The values of <see cref="MagpieProperty"/>: <c>Data/MagpieProperties.csv</c>, kept apart from <see cref="ElementData"/> because models
/// depend on
/// just these values. NaN where Magpie has none, and for all elements beyond berkelium.
/// </summary>
public static class MagpieProperties
{
    /// <summary>Properties of an element.</summary>
    public const int Count = (int)MagpieProperty.SpaceGroupNumber + 1;

    private static readonly Lazy<double[]> Values = new(Load);

    /// <summary>One property of an element; NaN where Magpie has no value.</summary>
    public static double Of(Element element, MagpieProperty property) => Of(element)[(int)property];

    /// <summary>All properties of an element, in the order of <see cref="MagpieProperty"/>.</summary>
    public static ReadOnlySpan<double> Of(Element element) => Values.Value.AsSpan(element.AtomicNumber * Count, Count);

    private static double[] Load()
    {
        var values = new double[(Element.Count + 1) * Count];
        Array.Fill(values, double.NaN);
        foreach (string[] fields in EmbeddedTable.Read("Elements.Data.MagpieProperties.csv"))
        {
            byte number = Element.Of(fields[0]).AtomicNumber;
            values[number * Count] = number;
            for (int property = 1; property < Count; property++)
            {
                if (fields[property].Length > 0)
                    values[number * Count + property] = double.Parse(fields[property], CultureInfo.InvariantCulture);
            }
        }

        return values;
    }
}
