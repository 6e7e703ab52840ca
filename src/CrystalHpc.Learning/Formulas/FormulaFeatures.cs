using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas;

/// <summary>
/// Features of a composition after Ward, Agrawal, Choudhary and Wolverton (npj Comput. Mater. 2 (2016) 16028, doi
/// 10.1038/npjcompumats.2016.28): statistics of element properties weighted by the amounts, norms of the amounts, shares of valence
/// electrons, and ionicity. The values are those of matminer 0.10.1, which tests compare; ionicity is that of the paper's section "ionic
/// compound attributes".
/// </summary>
public static class FormulaFeatures
{
    private const int Statistics = 6;

    private static readonly int[] Norms = [2, 3, 5, 7, 10];
    private static readonly int[] Valence =
        [(int)MagpieProperty.NsValence, (int)MagpieProperty.NpValence, (int)MagpieProperty.NdValence, (int)MagpieProperty.NfValence];

    /// <summary>Names of the features, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetNames<MagpieProperty>().SelectMany(property => new[] { "minimum", "maximum", "range", "mean", "avg_dev", "mode" }.Select(
        kind => $"{kind} {property}")),
        "0-norm", .. Norms.Select(norm => FormattableString.Invariant($"{norm}-norm")),
        "frac s valence electrons", "frac p valence electrons", "frac d valence electrons", "frac f valence electrons",
        "max ionic char", "avg ionic char",
    ];

    /// <summary>Number of features.</summary>
    public static int Count => Names.Count;

    /// <summary>Writes the features of a composition.</summary>
    public static void Write(Composition composition, Span<double> features)
    {
        ArgumentNullException.ThrowIfNull(composition);
        for (int property = 0; property < MagpieProperties.Count; property++)
            WriteStatistics(composition, property, features.Slice(property * Statistics, Statistics));
        Span<double> rest = features[(MagpieProperties.Count * Statistics)..];
        WriteNorms(composition, rest);
        WriteValence(composition, rest[(Norms.Length + 1)..]);
        WriteIonicity(composition, rest[(Norms.Length + 1 + Valence.Length)..]);
    }

    private static void WriteStatistics(Composition composition, int property, Span<double> statistics)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, mean = 0, deviation = 0,
            mode = double.PositiveInfinity;
        for (int i = 0; i < composition.Count; i++)
        {
            double value = ElementTable.Of(composition.Elements[i])[property];
            (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
            mean += composition.Fraction(i) * value;

            // Of several elements with the largest amount the smallest value counts.
            if (composition.Amounts[i] == composition.Amounts[0])
                mode = Math.Min(mode, value);
        }

        for (int i = 0; i < composition.Count; i++)
            deviation += composition.Fraction(i) * Math.Abs(ElementTable.Of(composition.Elements[i])[property] - mean);
        (statistics[0], statistics[1], statistics[2], statistics[3], statistics[4], statistics[5]) = (
            minimum, maximum, maximum - minimum, mean, deviation, mode);
    }

    private static void WriteNorms(Composition composition, Span<double> norms)
    {
        norms[0] = composition.Count;
        for (int k = 0; k < Norms.Length; k++)
        {
            double sum = 0;
            for (int i = 0; i < composition.Count; i++)
            {
                double fraction = composition.Fraction(i), power = fraction;
                for (int factor = 1; factor < Norms[k]; factor++)
                    power *= fraction;
                sum += power;
            }

            norms[k + 1] = PortableMath.Exp(PortableMath.Log(sum) / Norms[k]);
        }
    }

    private static void WriteValence(Composition composition, Span<double> shares)
    {
        double total = 0;
        for (int k = 0; k < Valence.Length; k++)
        {
            shares[k] = 0;
            for (int i = 0; i < composition.Count; i++)
                shares[k] += composition.Fraction(i) * ElementTable.Of(composition.Elements[i])[Valence[k]];
            total += shares[k];
        }

        for (int k = 0; k < Valence.Length; k++)
            shares[k] = total > 0 ? shares[k] / total : 0;
    }

    // 1 - exp(-(difference of electronegativities)^2 / 4) of two elements (Pauling): the largest, and the mean over all pairs of atoms.
    private static void WriteIonicity(Composition composition, Span<double> ionicity)
    {
        double largest = 0, mean = 0;
        for (int i = 0; i < composition.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double difference = ElementTable.Of(composition.Elements[i])[(int)MagpieProperty.Electronegativity]
                    - ElementTable.Of(composition.Elements[j])[(int)MagpieProperty.Electronegativity];
                double character = 1 - PortableMath.Exp(-0.25 * difference * difference);
                largest = Math.Max(largest, character);
                mean += composition.Fraction(i) * composition.Fraction(j) * character;
            }
        }

        (ionicity[0], ionicity[1]) = (largest, mean);
    }
}
