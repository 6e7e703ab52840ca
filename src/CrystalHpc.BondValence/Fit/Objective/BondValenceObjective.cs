using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The function that the fit minimizes: F = [sum_i w_i rho(z_i) + priors] / divisor with z_i = (sum_j s_ij - V_i)/sigma, the loss rho,
/// usually pseudo-Huber, and ln s_ij = c_p + k_p f_ij (see <see cref="IBondLaw"/>); parameters a_p and g_p = ln B_p as
/// <see cref="ParameterLayout"/>
/// has them. Each shard is summed in its own fixed order, shards are added exactly, so that the value and the gradient have the same bits
/// for any distribution of shards over processes. An evaluation allocates nothing. <see cref="ReferenceObjective"/> is the same function,
/// plainly.
/// </summary>
internal sealed class BondValenceObjective : IObjective
{
    private readonly FitOptions _options;
    private readonly IBondLaw _law;
    private readonly FitShard[] _shards;
    private readonly FitPriors _priors;
    private readonly GlobalSum _globalSum;
    private readonly double _divisor;
    private readonly ReproducibleSum _sums;
    private readonly KeyCoefficients _coefficients;
    private readonly Vector512<double>[] _shardGradient;

    /// <summary>Sets up the function over the shards of this process.</summary>
    /// <param name="options">Law, loss and its scales.</param>
    /// <param name="keyCount">Number of keys of the whole fit.</param>
    /// <param name="shards">Shards of this process, features set.</param>
    /// <param name="priors">Priors; the same everywhere.</param>
    /// <param name="divisor">The divisor of F: the weight of all equations of all processes.</param>
    /// <param name="globalSum">Adds over processes.</param>
    public BondValenceObjective(
        FitOptions options, int keyCount, IReadOnlyList<FitShard> shards, FitPriors priors, double divisor, GlobalSum globalSum)
    {
        (_options, _shards, _priors, _divisor, _globalSum) = (options, [.. shards.Where(shard => shard.Table.EquationCount > 0)], priors,
            divisor, globalSum);
        _law = BondLaws.Of(options.Law);
        ParameterCount = ParameterLayout.Count(keyCount);
        _sums = new ReproducibleSum(ParameterCount + 2);
        _coefficients = new KeyCoefficients(_law, keyCount);
        _shardGradient = new Vector512<double>[ParameterCount];
    }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <summary>Exponents cut in the last evaluation, over all processes.</summary>
    public double Cuts { get; private set; }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        _coefficients.Set(parameters);
        _sums.Clear();
        foreach (FitShard shard in _shards)
            AddShard(shard);
        _sums.AllReduce(_globalSum);

        for (int i = 0; i < ParameterCount; i++)
            gradient[i] = _sums.Read(i);
        double value = _sums.Read(ParameterCount) + _priors.Add(parameters, gradient);
        Cuts = _sums.Read(ParameterCount + 1);
        for (int i = 0; i < ParameterCount; i++)
            gradient[i] /= _divisor;
        return value / _divisor;
    }

    private void AddShard(FitShard shard)
    {
        ReadOnlySpan<int> keys = shard.Keys;
        Span<Vector512<double>> gradient = _shardGradient.AsSpan(0, ParameterLayout.Count(keys.Length));
        gradient.Clear();
        _coefficients.Of(shard, out ReadOnlySpan<double> constants, out ReadOnlySpan<double> slopes);
        Vector512<double> value = shard.AddLoss(_options, constants, slopes, gradient, out int cuts);
        for (int k = 0; k < keys.Length; k++)
        {
            double valence = SumLanes(gradient[ParameterLayout.Offset(k)]), moment = SumLanes(gradient[ParameterLayout.LogSoftness(k)]);
            _sums.Add(ParameterLayout.Offset(keys[k]), valence);
            _sums.Add(ParameterLayout.LogSoftness(keys[k]), _law.DerivativeByG(valence, moment, slopes[k]));
        }

        _sums.Add(ParameterCount, SumLanes(value));
        _sums.Add(ParameterCount + 1, cuts);
    }

    // In one fixed order, whatever the instructions at hand.
    private static double SumLanes(Vector512<double> vector) =>
        ((vector[0] + vector[1]) + (vector[2] + vector[3])) + ((vector[4] + vector[5]) + (vector[6] + vector[7]));
}
