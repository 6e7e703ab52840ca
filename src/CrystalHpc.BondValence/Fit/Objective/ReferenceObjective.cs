using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Study2023;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The function that <see cref="BondValenceObjective"/> computes, written as the formula reads, one equation after the other, for reading
/// and for comparison: slow, for one process, and without the cut of exponents.
/// </summary>
/// <remarks>
/// <code>
/// F(a, g) = [ sum_i w_i rho(z_i) + sum_p (a_p - A_p)² / (2 u_p²) + sum_p (g_p - G_p)² / (2 v² n_p) ] / W
/// z_i     = (sum_j s_ij - V_i) / sigma
/// s_ij    = exp(a_p + (R_p - r_ij) / B_p)             exponential law, B_p = exp(g_p)
///         = exp(a_p + R_p ln(R_p / r_ij) / B_p)       power law
///         = exp(R_p + a_p - r_ij) / B_p               misplaced division
/// </code>
/// Equation i has the weight w_i, the oxidation state V_i and bonds j of length r_ij and key p = p(i, j); R_p is the mean length of the
/// key, W the sum of the weights. A_p and u_p are center and width of the prior on a_p, which only sparse keys have; G_p and v those of the
/// prior on g_p, which n_p keys share. The losses rho are those of <see cref="Loss"/> with D = delta / sigma.
/// </remarks>
internal sealed class ReferenceObjective(FitProblem problem) : IObjective
{
    private readonly FitOptions _options = problem.Options;

    /// <inheritdoc/>
    public int ParameterCount => ParameterLayout.Count(problem.Keys.Count);

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        gradient.Clear();
        double value = 0;
        foreach (FitShard shard in problem.Shards)
        {
            for (int row = 0; row < shard.Table.EquationCount; row++)
                value += AddEquation(shard.Table, row, shard.Weights[shard.SlotOfRow[row]], parameters, gradient);
        }

        for (int key = 0; key < problem.Keys.Count; key++)
            value += AddPriors(key, parameters, gradient);
        foreach (ref double derivative in gradient)
            derivative /= problem.Divisor;
        return value / problem.Divisor;
    }

    // w rho(z), and its derivatives w rho'(z)/sigma ds/da and ds/dg.
    private double AddEquation(EquationTable table, int row, double weight, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double sum = 0;
        for (int bond = table.BondOffsets[row]; bond < table.BondOffsets[row + 1]; bond++)
            sum += Bond(table.KeyIndices[bond], table.DistancesAngstrom[bond], parameters).Valence;

        (double rho, double slope) = RhoOf((sum - table.Valences[row]) / _options.SigmaValence);
        for (int bond = table.BondOffsets[row]; bond < table.BondOffsets[row + 1]; bond++)
        {
            int key = table.KeyIndices[bond];
            (double valence, double byG) = Bond(key, table.DistancesAngstrom[bond], parameters);
            gradient[ParameterLayout.Offset(key)] += weight * slope / _options.SigmaValence * valence;
            gradient[ParameterLayout.LogSoftness(key)] += weight * slope / _options.SigmaValence * byG;
        }

        return weight * rho;
    }

    // s, which is ds/da as well, and ds/dg.
    private (double Valence, double ByG) Bond(int key, double r, ReadOnlySpan<double> parameters)
    {
        (double a, double g) = ParameterLayout.Of(parameters, key);
        (double mean, double softness) = (problem.MeanLengths[key], Math.Exp(g));
        if (_options.Law == BondLaw.MisplacedDivision)
            return MisplacedDivisionLaw.Plain(mean, a, g, r);
        double x = (_options.Law == BondLaw.Power ? mean * Math.Log(mean / r) : mean - r) / softness;
        double valence = Math.Exp(a + x);
        return (valence, -valence * x);
    }

    private (double Value, double Slope) RhoOf(double z)
    {
        double d = _options.HuberDeltaValence / _options.SigmaValence, square = z / d * (z / d);
        return _options.Loss switch
        {
            // D² (sqrt(1 + q) - 1), multiplied out with sqrt(1 + q) + 1: small residuals keep their digits.
            Loss.PseudoHuber => (z * z / (Math.Sqrt(1 + square) + 1), z / Math.Sqrt(1 + square)),
            Loss.Squares => (z * z / 2, z),
            Loss.Cauchy => (d * d / 2 * Math.Log(1 + square), z / (1 + square)),
            Loss.ExponentialAbsolute => ExponentialAbsoluteLoss.Plain(_options.SigmaValence, z),
            _ => throw new InvalidOperationException($"no loss {_options.Loss}"),
        };
    }

    private double AddPriors(int key, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        (double a, double g) = ParameterLayout.Of(parameters, key);
        double fromA = a - problem.Priors.OffsetMeans[key], fromG = g - problem.Priors.LogSoftnessMeans[key];
        double precisionOfA = problem.Priors.OffsetPrecisions[key], precisionOfG = 0;
        if (_options.SoftnessPriorWidth is { } width && problem.Tying.GroupOf(key) is >= 0 and int group)
            precisionOfG = 1 / (width * width * problem.Tying.GroupSizes[group]);
        gradient[ParameterLayout.Offset(key)] += precisionOfA * fromA;
        gradient[ParameterLayout.LogSoftness(key)] += precisionOfG * fromG;
        return precisionOfA * fromA * fromA / 2 + precisionOfG * fromG * fromG / 2;
    }
}
