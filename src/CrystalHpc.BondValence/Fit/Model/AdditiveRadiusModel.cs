using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// r0 as a sum of a mean, a cation part and an anion part, fitted to the keys that have data: predicts keys that have few or none.
/// The idea of extrapolating r0 from additive parts goes back to Brese and O'Keeffe (1991), doi 10.1107/S0108768190011041.
/// </summary>
public sealed class AdditiveRadiusModel
{
    // A light pull to zero settles the constant that cation and anion parts could exchange; a key counts as at most this many equations.
    private const double Ridge = 0.01;
    private const double MaximumWeight = 20;
    private const int Sweeps = 200;

    private readonly Dictionary<Species, (double Part, int Keys)> _cations;
    private readonly Dictionary<Species, (double Part, int Keys)> _anions;
    private readonly double _mean;
    private readonly double _variance;

    private AdditiveRadiusModel(
        double mean, double variance, Dictionary<Species, (double Part, int Keys)> cations, Dictionary<Species, (double Part, int Keys)> anions) =>
        (_mean, _variance, _cations, _anions) = (mean, variance, cations, anions);

    /// <summary>Least squares by alternating between cations and anions, each key weighted by its number of equations, at most 20.</summary>
    /// <param name="keys">Keys.</param>
    /// <param name="r0Angstrom">r0 of each key, Å.</param>
    /// <param name="equationCounts">Equations of each key; keys with none are left out.</param>
    public static AdditiveRadiusModel Fit(IReadOnlyList<BondKey> keys, ReadOnlySpan<double> r0Angstrom, ReadOnlySpan<long> equationCounts)
    {
        ArgumentNullException.ThrowIfNull(keys);
        List<(int Cation, int Anion, double R0, double Weight)> rows = [];
        (Dictionary<Species, int> cationIndex, Dictionary<Species, int> anionIndex) = ([], []);
        for (int i = 0; i < keys.Count; i++)
        {
            if (equationCounts[i] > 0)
                rows.Add((IndexOf(cationIndex, keys[i].Cation), IndexOf(anionIndex, keys[i].Anion), r0Angstrom[i], Math.Min(equationCounts[i], MaximumWeight)));
        }

        double totalWeight = rows.Sum(row => row.Weight);
        double mean = rows.Count == 0 ? 0 : rows.Sum(row => row.Weight * row.R0) / totalWeight;
        double[] cations = new double[cationIndex.Count], anions = new double[anionIndex.Count];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            Update(cations, rows.Select(row => (row.Cation, row.R0 - mean - anions[row.Anion], row.Weight)));
            Update(anions, rows.Select(row => (row.Anion, row.R0 - mean - cations[row.Cation], row.Weight)));
        }

        double squares = rows.Sum(row => row.Weight * Square(row.R0 - mean - cations[row.Cation] - anions[row.Anion]));
        int freedom = rows.Count - cations.Length - anions.Length + 1;
        double variance = freedom > 0 ? squares / totalWeight * rows.Count / freedom : Square(0.1);
        return new AdditiveRadiusModel(
            mean, variance,
            cationIndex.ToDictionary(pair => pair.Key, pair => (cations[pair.Value], rows.Count(row => row.Cation == pair.Value))),
            anionIndex.ToDictionary(pair => pair.Key, pair => (anions[pair.Value], rows.Count(row => row.Anion == pair.Value))));
    }

    /// <summary>Predicted r0 of a key and its standard error, both Å. A species that the model has not seen counts as an average one.</summary>
    public (double R0Angstrom, double ErrorAngstrom) Predict(BondKey key)
    {
        (double cation, double cationVariance) = Part(_cations, key.Cation);
        (double anion, double anionVariance) = Part(_anions, key.Anion);
        return (_mean + cation + anion, Math.Sqrt(_variance + cationVariance + anionVariance));
    }

    private (double Part, double Variance) Part(Dictionary<Species, (double Part, int Keys)> parts, Species species)
    {
        if (parts.TryGetValue(species, out (double Part, int Keys) known))
            return (known.Part, _variance / known.Keys);
        return (0, parts.Count == 0 ? 1 : parts.Values.Average(part => Square(part.Part)));
    }

    private static void Update(double[] parts, IEnumerable<(int Index, double Value, double Weight)> rows)
    {
        double[] sums = new double[parts.Length], weights = new double[parts.Length];
        foreach ((int index, double value, double weight) in rows)
        {
            sums[index] += weight * value;
            weights[index] += weight;
        }

        for (int i = 0; i < parts.Length; i++)
            parts[i] = sums[i] / (weights[i] + Ridge);
    }

    private static int IndexOf(Dictionary<Species, int> indices, Species species)
    {
        if (!indices.TryGetValue(species, out int index))
            indices.Add(species, index = indices.Count);
        return index;
    }

    private static double Square(double x) => x * x;
}
