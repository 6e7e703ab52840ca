using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Learning.Formulas;

/// <summary>
/// The properties of <see cref="MagpieProperty"/> for the elements that have them, without gaps: a value that is missing is the mean of the
/// property over the elements that have it, and <see cref="Imputed"/> names it.
/// </summary>
public static class ElementTable
{
    private static readonly List<string> ImputedNames = [];
    private static readonly double[] Values = Load();

    /// <summary>What was imputed, such as <c>At Electronegativity</c>.</summary>
    public static IReadOnlyList<string> Imputed => ImputedNames;

    /// <summary>The properties of an element, by its atomic number less one.</summary>
    public static ReadOnlySpan<double> Of(int element) => Values.AsSpan(element * MagpieProperties.Count, MagpieProperties.Count);

    private static double[] Load()
    {
        var values = new double[Composition.KnownElements * MagpieProperties.Count];
        for (int element = 0; element < Composition.KnownElements; element++)
            MagpieProperties.Of(new Element((byte)(element + 1))).CopyTo(values.AsSpan(element * MagpieProperties.Count));
        for (int property = 0; property < MagpieProperties.Count; property++)
            Impute(values, property);
        return values;
    }

    private static void Impute(double[] values, int property)
    {
        (double sum, int count) = (0, 0);
        for (int i = property; i < values.Length; i += MagpieProperties.Count)
            (sum, count) = double.IsNaN(values[i]) ? (sum, count) : (sum + values[i], count + 1);
        for (int i = property; i < values.Length; i += MagpieProperties.Count)
        {
            if (!double.IsNaN(values[i]))
                continue;
            values[i] = sum / count;
            ImputedNames.Add(string.Create(CultureInfo.InvariantCulture,
                $"{new Element((byte)(i / MagpieProperties.Count + 1)).Symbol} {(MagpieProperty)property}"));
        }
    }
}
