using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// The function that the fit minimizes: F = [sum_i w_i rho(z_i) + priors] / sum_i w_i with z_i = (sum_j s_ij - V_i)/sigma, the loss
/// rho, usually pseudo-Huber, and s_ij = exp(a_p + (rbar_p - r_ij)/B_p); parameters a_p and g_p = ln B_p at 2p and 2p + 1. Each shard is summed in its own fixed order, shards are added exactly, so that the value and the gradient have
/// the same bits for any distribution of shards over processes.
/// </summary>
internal sealed class BondValenceObjective : IObjective
{
    private readonly FitOptions _options;
    private readonly IReadOnlyList<FitShard> _shards;
    private readonly FitPriors _priors;
    private readonly GlobalSum _globalSum;
    private readonly double _totalWeight;
    private readonly ReproducibleSum _sums;
    private readonly double[] _inverseSoftness;

    // Per key of the shard at hand.
    private readonly double[] _shardOffsets;
    private readonly double[] _shardInverse;
    private readonly double[] _shardGradient;

    /// <summary>Sets up the function over the shards of this process.</summary>
    /// <param name="options">Loss and its scales.</param>
    /// <param name="keyCount">Number of keys of the whole fit.</param>
    /// <param name="shards">Shards of this process, mean lengths set.</param>
    /// <param name="priors">Priors; the same everywhere.</param>
    /// <param name="totalWeight">Weight of all equations of all processes, the divisor of F.</param>
    /// <param name="globalSum">Adds over processes.</param>
    public BondValenceObjective(
        FitOptions options, int keyCount, IReadOnlyList<FitShard> shards, FitPriors priors, double totalWeight, GlobalSum globalSum)
    {
        (_options, _shards, _priors, _totalWeight, _globalSum) = (options, shards, priors, totalWeight, globalSum);
        ParameterCount = 2 * keyCount;
        _sums = new ReproducibleSum(ParameterCount + 2);
        _inverseSoftness = new double[keyCount];
        (_shardOffsets, _shardInverse, _shardGradient) = (new double[keyCount], new double[keyCount], new double[ParameterCount]);
    }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <summary>Exponents cut in the last evaluation, over all processes.</summary>
    public double Cuts { get; private set; }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        SetInverseSoftness(parameters, _inverseSoftness);
        _sums.Clear();
        foreach (FitShard shard in _shards)
            AddShard(shard, parameters);
        _sums.AllReduce(_globalSum);

        for (int i = 0; i < ParameterCount; i++)
            gradient[i] = _sums.Read(i);
        double value = _sums.Read(ParameterCount) + _priors.Add(parameters, gradient);
        Cuts = _sums.Read(ParameterCount + 1);
        for (int i = 0; i < ParameterCount; i++)
            gradient[i] /= _totalWeight;
        return value / _totalWeight;
    }

    /// <summary>1/B of each key from the parameter vector.</summary>
    public static void SetInverseSoftness(ReadOnlySpan<double> parameters, Span<double> inverseSoftness)
    {
        for (int key = 0; key < inverseSoftness.Length; key++)
            inverseSoftness[key] = PortableMath.Exp(-parameters[2 * key + 1]);
    }

    /// <summary>Valence sums of a shard at a point; returns the number of exponents cut.</summary>
    public int ComputeValences(FitShard shard, ReadOnlySpan<double> parameters, ReadOnlySpan<double> inverseSoftness)
    {
        ReadOnlySpan<int> keys = shard.Keys;
        for (int k = 0; k < keys.Length; k++)
            (_shardOffsets[k], _shardInverse[k]) = (parameters[2 * keys[k]], inverseSoftness[keys[k]]);
        return shard.ComputeValences(_shardOffsets, _shardInverse);
    }

    private void AddShard(FitShard shard, ReadOnlySpan<double> parameters)
    {
        int cuts = ComputeValences(shard, parameters, _inverseSoftness);
        ReadOnlySpan<int> keys = shard.Keys;
        Span<double> gradient = _shardGradient.AsSpan(0, 2 * keys.Length);
        gradient.Clear();
        double value = AddEquations(shard, gradient);
        for (int k = 0; k < keys.Length; k++)
        {
            _sums.Add(2 * keys[k], gradient[2 * k]);
            _sums.Add(2 * keys[k] + 1, -gradient[2 * k + 1] * _shardInverse[k]);
        }

        _sums.Add(ParameterCount, value);
        _sums.Add(ParameterCount + 1, cuts);
    }

    // Loss of a shard; per key the sums of u s and of u s (rbar - r), with u = w rho'(z)/sigma. Four equations at a time, lane by lane.
    private double AddEquations(FitShard shard, Span<double> gradient)
    {
        FitOptions options = _options;
        double inverseSigma = 1 / options.SigmaValence;
        ReadOnlySpan<Vector256<double>> valences = MemoryMarshal.Cast<double, Vector256<double>>(shard.Valences);
        ReadOnlySpan<Vector256<double>> targets = MemoryMarshal.Cast<double, Vector256<double>>(shard.Targets);
        ReadOnlySpan<Vector256<double>> weights = MemoryMarshal.Cast<double, Vector256<double>>(shard.Weights);
        ReadOnlySpan<Vector256<double>> segmentValences = MemoryMarshal.Cast<double, Vector256<double>>(shard.SegmentValences);
        ReadOnlySpan<Vector256<double>> segmentMoments = MemoryMarshal.Cast<double, Vector256<double>>(shard.SegmentMoments);
        ReadOnlySpan<int> segmentKeys = shard.SegmentKeys;
        Vector256<double> value = Vector256<double>.Zero;
        for (int group = 0; group < targets.Length; group++)
        {
            Vector256<double> z = (valences[group] - targets[group]) * inverseSigma;
            LossFunctions.Evaluate(options, z, out Vector256<double> rho, out Vector256<double> slope, out _);
            value += weights[group] * rho;
            Vector256<double> u = weights[group] * slope * inverseSigma;
            int slot = FitShard.Lanes * group;
            int end = shard.SegmentEnd(slot);
            for (int segment = shard.SegmentStart(slot); segment < end; segment += FitShard.Lanes)
            {
                ReadOnlySpan<int> keys = segmentKeys.Slice(segment, FitShard.Lanes);
                Vector256<double> offset = u * segmentValences[segment / FitShard.Lanes];
                Vector256<double> moment = u * segmentMoments[segment / FitShard.Lanes];
                if (keys[0] == keys[3] && keys[0] == keys[1] && keys[0] == keys[2])
                {
                    AddTo(gradient, keys[0], SumLanes(offset), SumLanes(moment));
                    continue;
                }

                AddTo(gradient, keys[0], offset[0], moment[0]);
                AddTo(gradient, keys[1], offset[1], moment[1]);
                AddTo(gradient, keys[2], offset[2], moment[2]);
                AddTo(gradient, keys[3], offset[3], moment[3]);
            }
        }

        return SumLanes(value);
    }

    private static void AddTo(Span<double> gradient, int key, double offset, double moment)
    {
        gradient[2 * key] += offset;
        gradient[2 * key + 1] += moment;
    }

    // In one fixed order, whatever the instructions at hand.
    private static double SumLanes(Vector256<double> vector) => (vector[0] + vector[1]) + (vector[2] + vector[3]);
}
