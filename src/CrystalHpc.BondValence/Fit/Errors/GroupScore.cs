using CrystalHpc.BondValence.Equations;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What the equations of one group of structures say of the parameters of one cation: the sum of their scores u = w rho'(z)/sigma J and of
/// their matrices w rho''(z)/sigma^2 J J^T, J the derivatives of a valence sum by a and g = ln B of each key. Only keys that occur in the
/// group take room.
/// </summary>
public sealed class GroupScore
{
    /// <summary>A score.</summary>
    /// <param name="firstKey">First key of the cation.</param>
    /// <param name="group">Number of the group.</param>
    /// <param name="keys">Keys that occur, counted from the first of the cation, ascending.</param>
    /// <param name="score">u, two entries for each of these keys.</param>
    /// <param name="hessian">The matrix, row by row.</param>
    public GroupScore(int firstKey, int group, int[] keys, double[] score, double[] hessian) =>
        (FirstKey, Group, Keys, Score, Hessian) = (firstKey, group, keys, score, hessian);

    /// <summary>First key of the cation.</summary>
    public int FirstKey { get; }

    /// <summary>Number of the group.</summary>
    public int Group { get; }

    /// <summary>Keys that occur, counted from the first of the cation, ascending.</summary>
    public int[] Keys { get; private set; }

    /// <summary>u, two entries for each of the keys.</summary>
    public double[] Score { get; private set; }

    /// <summary>The matrix of as many rows and columns, row by row.</summary>
    public double[] Hessian { get; private set; }

    /// <summary>The scores of one shard, by cation, then group; each sum in the order of the rows.</summary>
    /// <param name="options">Options of the fit.</param>
    /// <param name="keys">Keys of the fit.</param>
    /// <param name="table">Equations of the shard.</param>
    /// <param name="rows">The rows of the table that are asked for.</param>
    /// <param name="residuals">What the fit made of them.</param>
    /// <param name="parameters">Fitted parameters of all keys.</param>
    /// <param name="groupOfRow">Number of the group of structures that each equation belongs to.</param>
    public static IReadOnlyList<GroupScore> Of(
        FitOptions options, IReadOnlyList<BondKey> keys, EquationTable table, ReadOnlySpan<int> rows, ShardResiduals residuals,
        IReadOnlyList<BondParameters> parameters, Func<int, int> groupOfRow)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(groupOfRow);
        var scores = new SortedDictionary<(int FirstKey, int Group), GroupScore>();
        foreach (int row in rows)
        {
            double weight = residuals.Weights[row];
            if (weight == 0)
                continue;
            (int First, int Group) place = (KeysOfCation(keys, table.KeyIndices[table.BondOffsets[row]]).First, groupOfRow(row));
            if (!scores.TryGetValue(place, out GroupScore? score))
                scores.Add(place, score = new GroupScore(place.First, place.Group, [], [], []));
            score.Add(options, table, row, weight, residuals.CalculatedValences[row], parameters);
        }

        return [.. scores.Values];
    }

    /// <summary>Adds another score of the same cation and group.</summary>
    public void Add(GroupScore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MakeRoom(other.Keys);
        int[] places = PlacesOf(other.Keys);
        for (int i = 0; i < places.Length; i++)
        {
            Score[places[i]] += other.Score[i];
            for (int j = 0; j < places.Length; j++)
                Hessian[places[i] * Score.Length + places[j]] += other.Hessian[i * places.Length + j];
        }
    }

    /// <summary>Place of a key, counted from the first of the cation, among <see cref="Keys"/>; negative where it does not occur.</summary>
    internal int SlotOf(int key) => Array.BinarySearch(Keys, key);

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
        int start = table.BondOffsets[row], end = table.BondOffsets[row + 1];
        MakeRoom(table.KeyIndices[start..end], FirstKey);
        Span<double> derivatives = stackalloc double[Score.Length];
        derivatives.Clear();
        for (int bond = start; bond < end; bond++)
        {
            BondParameters key = parameters[table.KeyIndices[bond]];
            double length = table.DistancesAngstrom[bond];
            double valence = ExponentialLaw.Instance.Valence(length, key.R0Angstrom, key.SoftnessAngstrom);
            int slot = SlotOf(table.KeyIndices[bond] - FirstKey);
            derivatives[ParameterLayout.Offset(slot)] += valence;
            derivatives[ParameterLayout.LogSoftness(slot)] -= valence * (key.MeanLengthAngstrom - length) / key.SoftnessAngstrom;
        }

        double z = (sum - table.Valences[row]) / options.SigmaValence;
        (_, double slope, double curvature) = LossFunctions.Evaluate(options, z);

        // rho'(z)/z, which a step of the search takes, is 1/sqrt(1 + (z/D)²) for this loss; rho''(z), which tells how far the minimum
        // moves, its cube.
        if (options.Loss == Loss.PseudoHuber)
            curvature *= curvature * curvature;
        for (int i = 0; i < derivatives.Length; i++)
        {
            Score[i] += weight * slope / options.SigmaValence * derivatives[i];
            for (int j = 0; j < derivatives.Length; j++)
                Hessian[i * derivatives.Length + j] += weight * curvature / (options.SigmaValence * options.SigmaValence) * derivatives[i]
                    * derivatives[j];
        }
    }

    private void MakeRoom(ReadOnlySpan<int> keys, int first = 0)
    {
        foreach (int key in keys)
        {
            if (SlotOf(key - first) < 0)
                Insert(key - first);
        }
    }

    private void Insert(int key)
    {
        int[] before = Keys;
        (double[] score, double[] hessian) = (Score, Hessian);
        Keys = [.. before.Append(key).Order()];
        int[] places = PlacesOf(before);
        Score = new double[ParameterLayout.Count(Keys.Length)];
        Hessian = new double[Score.Length * Score.Length];
        for (int i = 0; i < places.Length; i++)
        {
            Score[places[i]] = score[i];
            for (int j = 0; j < places.Length; j++)
                Hessian[places[i] * Score.Length + places[j]] = hessian[i * places.Length + j];
        }
    }

    private int[] PlacesOf(int[] keys)
        => [.. keys.SelectMany(key => (int[])[ParameterLayout.Offset(SlotOf(key)), ParameterLayout.LogSoftness(SlotOf(key))])];
}
