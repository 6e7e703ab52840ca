using CrystalHpc.BondValence.Equations;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What the equations of one group of structures say of the parameters of one cation: the sum of their scores u = w rho'(z)/sigma J and of their
/// matrices w rho''(z)/sigma^2 J J^T, J the derivatives of a valence sum by a and g = ln B of each key.
/// </summary>
/// <param name="FirstKey">First key of the cation.</param>
/// <param name="Group">Number of the group.</param>
/// <param name="Score">u, two entries for each key of the cation.</param>
/// <param name="Hessian">The matrix, row by row.</param>
public sealed record GroupScore(int FirstKey, int Group, double[] Score, double[] Hessian)
{
    /// <summary>The scores of one shard, by cation, then group; each sum in the order of the rows.</summary>
    /// <param name="options">Options of the fit.</param>
    /// <param name="keys">Keys of the fit.</param>
    /// <param name="table">Equations of the shard.</param>
    /// <param name="residuals">What the fit made of them.</param>
    /// <param name="parameters">Fitted parameters of all keys.</param>
    /// <param name="groupOfRow">Number of the group of structures that each equation belongs to.</param>
    public static IReadOnlyList<GroupScore> Of(
        FitOptions options, IReadOnlyList<BondKey> keys, EquationTable table, ShardResiduals residuals, IReadOnlyList<BondParameters> parameters,
        Func<int, int> groupOfRow)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(groupOfRow);
        var scores = new SortedDictionary<(int FirstKey, int Group), GroupScore>();
        for (int row = 0; row < table.EquationCount; row++)
        {
            double weight = residuals.Weights[row];
            if (weight == 0)
                continue;
            (int first, int count) = KeysOfCation(keys, table.KeyIndices[table.BondOffsets[row]]);
            (int, int) place = (first, groupOfRow(row));
            if (!scores.TryGetValue(place, out GroupScore? score))
            {
                int size = ParameterLayout.Count(count);
                scores.Add(place, score = new GroupScore(place.Item1, place.Item2, new double[size], new double[size * size]));
            }

            score.Add(options, table, row, weight, residuals.CalculatedValences[row], parameters);
        }

        return [.. scores.Values];
    }

    /// <summary>Adds another score of the same cation and group.</summary>
    public void Add(GroupScore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < Score.Length; i++)
            Score[i] += other.Score[i];
        for (int i = 0; i < Hessian.Length; i++)
            Hessian[i] += other.Hessian[i];
    }

    /// <summary>First key and number of keys of the cation that a key belongs to.</summary>
    internal static (int First, int Count) KeysOfCation(IReadOnlyList<BondKey> keys, int key)
    {
        (int first, int end) = (key, key + 1);
        while (first > 0 && keys[first - 1].Cation == keys[key].Cation)
            first--;
        while (end < keys.Count && keys[end].Cation == keys[key].Cation)
            end++;
        return (first, end - first);
    }

    private void Add(FitOptions options, EquationTable table, int row, double weight, double sum, IReadOnlyList<BondParameters> parameters)
    {
        Span<double> derivatives = stackalloc double[Score.Length];
        derivatives.Clear();
        for (int bond = table.BondOffsets[row]; bond < table.BondOffsets[row + 1]; bond++)
        {
            BondParameters key = parameters[table.KeyIndices[bond]];
            double length = table.DistancesAngstrom[bond];
            double valence = ExponentialLaw.Instance.Valence(length, key.R0Angstrom, key.SoftnessAngstrom);
            int place = table.KeyIndices[bond] - FirstKey;
            derivatives[ParameterLayout.Offset(place)] += valence;
            derivatives[ParameterLayout.LogSoftness(place)] -= valence * (key.MeanLengthAngstrom - length) / key.SoftnessAngstrom;
        }

        double z = (sum - table.Valences[row]) / options.SigmaValence;
        (_, double slope, double curvature) = LossFunctions.Evaluate(options, z);

        // rho'(z)/z, which a step of the search takes, is 1/sqrt(1 + (z/D)²) for this loss; rho''(z), which tells how far the minimum moves, its cube.
        if (options.Loss == Loss.PseudoHuber)
            curvature *= curvature * curvature;
        for (int i = 0; i < derivatives.Length; i++)
        {
            Score[i] += weight * slope / options.SigmaValence * derivatives[i];
            for (int j = 0; j < derivatives.Length; j++)
                Hessian[i * derivatives.Length + j] += weight * curvature / (options.SigmaValence * options.SigmaValence) * derivatives[i] * derivatives[j];
        }
    }
}
