using CrystalHpc.BondValence.Equations;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Errors and 95 % intervals that hold: the scatter of the data between groups of structures, whatever sigma the fit assumed, and the part
/// that the priors leave open.
/// </summary>
/// <remarks>
/// Structures of one group (redeterminations, several sites of one cation) err together, so groups are left out as wholes: the linearized
/// jackknife V = (G - 1)/G sum_c d_c d_c^T, d_c = (H - H_c)^-1 u_c, the cluster-robust sandwich with its small-sample correction (Bell and
/// McCaffrey 2002, Survey Methodology 28, 169). The priors add H^-1 P H^-1, their share of the expected squared error when parameters
/// scatter as the priors say. Intervals take Student's t with the degrees of freedom of Satterthwaite (1946, doi 10.2307/3002019), from the
/// groups' shares in the information.
/// </remarks>
public static class GroupJackknife
{
    private const double TwoSided95 = 0.975;

    // With fewer groups the data say nothing of their own scatter: H^-1 remains, with what a group is known to scatter by.
    internal const int FewestGroups = 3;

    /// <summary>Replaces standard errors, correlations, pivot lengths and intervals of parameters.</summary>
    /// <param name="options">Options of the fit.</param>
    /// <param name="result">The fit.</param>
    /// <param name="scores">Scores of all groups of some cations, each cation and group once, sorted by cation.</param>
    public static FitResult Apply(FitOptions options, FitResult result, IReadOnlyList<GroupScore> scores)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(scores);
        if (!AppliesTo(options))
            return result;
        BondParameters[] parameters = [.. result.Parameters];
        BondKey[] keys = [.. parameters.Select(key => key.Key)];
        for (int start = 0; start < scores.Count;)
        {
            int end = start + 1;
            while (end < scores.Count && scores[end].FirstKey == scores[start].FirstKey)
                end++;
            ApplyToCation(options, result, GroupScore.KeysOfCation(keys, scores[start].FirstKey).Count,
                [.. scores.Skip(start).Take(end - start)], parameters);
            start = end;
        }

        return result with { Parameters = parameters };
    }

    /// <summary>
    /// Whether the errors of a fit can be had this way: a B for each pair, the exponential law, equations of cations alone.
    /// </summary>
    public static bool AppliesTo(FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Law == BondLaw.Exponential && options.Softness == Softness.PerPair && options.AnionWeight == 0;
    }

    private static void ApplyToCation(FitOptions options, FitResult result, int keyCount, GroupScore[] groups, BondParameters[] parameters)
    {
        (int first, int size) = (groups[0].FirstKey, ParameterLayout.Count(keyCount));
        double[] precisions = [.. result.PriorPrecisions.Skip(ParameterLayout.Offset(first)).Take(size)];
        Matrix<double> hessian = Matrix<double>.Build.DenseOfDiagonalArray(precisions);
        foreach (GroupScore group in groups)
        {
            int[] places = ParametersOf(group);
            for (int i = 0; i < places.Length; i++)
            {
                for (int j = 0; j < places.Length; j++)
                    hessian[places[i], places[j]] += group.Hessian[i * places.Length + j];
            }
        }

        if (PositiveDefinite.Inverse(hessian) is not { } inverse)
            return;
        Vector<double>?[] shifts = [.. groups.Select(group => Shift(inverse, group))];
        Matrix<double> ofPriors = inverse * Matrix<double>.Build.DenseOfDiagonalArray(
            [.. result.PriorScatter.Skip(ParameterLayout.Offset(first)).Take(size)]) * inverse;
        for (int key = 0; key < keyCount; key++)
        {
            int[] present = [.. Enumerable.Range(0, groups.Length).Where(c => Occurs(groups[c], key))];
            parameters[first + key] = Describe(options, result, first, key, present, groups, shifts, inverse, ofPriors);
        }
    }

    private static int[] ParametersOf(GroupScore group) =>
        [.. group.Keys.SelectMany(key => (int[])[ParameterLayout.Offset(key), ParameterLayout.LogSoftness(key)])];

    private static bool Occurs(GroupScore group, int key) =>
        group.SlotOf(key) is >= 0 and int slot && group.Hessian[ParameterLayout.Offset(slot) * (group.Score.Length + 1)] > 0;

    private static BondParameters Describe(
        FitOptions options, FitResult result, int firstKey, int key, int[] present, GroupScore[] groups, Vector<double>?[] shifts,
        Matrix<double> inverse, Matrix<double> ofPriors)
    {
        (int ofA, int ofG) = (ParameterLayout.Offset(key), ParameterLayout.LogSoftness(key));
        BondParameters parameters = result.Parameters[firstKey + key];
        double softness = parameters.SoftnessAngstrom, a = (parameters.R0Angstrom - parameters.MeanLengthAngstrom) / softness;
        bool isKnown = present.Length >= FewestGroups && present.All(c => shifts[c] is not null);
        (double Va, double Vag, double Vg) data = (0, 0, 0);
        double factor = (present.Length - 1.0) / present.Length;
        foreach (int c in isKnown ? present : [])
        {
            int slot = groups[c].SlotOf(key);
            (double da, double dg) = (shifts[c]![ParameterLayout.Offset(slot)], shifts[c]![ParameterLayout.LogSoftness(slot)]);
            data = (data.Va + factor * da * da, data.Vag + factor * da * dg, data.Vg + factor * dg * dg);
        }

        Matrix<double> rest = isKnown ? ofPriors : inverse;
        double excess = isKnown ? 1 : result.OffsetExcess[firstKey + key];
        (double vaa, double vag, double vgg) = (data.Va + excess * rest[ofA, ofA], data.Vag + Math.Sqrt(excess) * rest[ofA, ofG],
            data.Vg + rest[ofG, ofG]);
        if (!isKnown)
        {
            int parameter = ParameterLayout.Offset(firstKey + key);
            double ratio = BirgeRatio(result.Point[parameter] - result.OffsetCenters[firstKey + key],
                result.PriorPrecisions[parameter] / excess, vaa);
            (vaa, vag) = (ratio * ratio * vaa, ratio * vag);
        }

        // r0 = rbar + a B, B = e^g: dr0 = B (da + a dg), dB = B dg.
        double r0Variance = vaa + 2 * a * vag + a * a * vgg;
        double r0Data = data.Va + 2 * a * data.Vag + a * a * data.Vg;
        Vector<double> r0Row = inverse.Row(ofA) + a * inverse.Row(ofG);
        return parameters with
        {
            R0ErrorAngstrom = softness * Math.Sqrt(r0Variance),
            SoftnessErrorAngstrom = softness * Math.Sqrt(vgg),
            Correlation = (vag + a * vgg) / Math.Sqrt(r0Variance * vgg),
            PivotLengthAngstrom = parameters.MeanLengthAngstrom - softness * (vag / vgg),
            R0Quantile = isKnown ? Quantile(r0Row, present, groups, r0Data, r0Variance) : BondParameters.NormalQuantile,
            SoftnessQuantile = isKnown ? Quantile(inverse.Row(ofG), present, groups, data.Vg, vgg) : BondParameters.NormalQuantile,
            GroupCount = present.Length,
            Flags = (parameters.Flags & ~ParameterCautions.WeaklyDetermined)
                | (present.Length == 1 ? ParameterCautions.SingleGroup : 0)
                | (ParameterDescription.IsWeak(options, vgg) ? ParameterCautions.WeaklyDetermined : 0),
        };
    }

    /// <summary>
    /// By how much a prior and the data it was combined with contradict one another: the root of chi squared where that is above 1 (Birge
    /// 1932, Phys. Rev. 40,
    /// 207). Two sources that disagree know less than they claim, and one or two groups cannot tell which of them is wrong.
    /// </summary>
    /// <param name="shift">How far the combined value is from the center of the prior.</param>
    /// <param name="precision">Precision of the prior, q.</param>
    /// <param name="variance">Variance of the combined value, 1/(p + q) with p the precision of the data.</param>
    internal static double BirgeRatio(double shift, double precision, double variance)
    {
        // shift = (y - center) p/(p + q), chi squared = (y - center)^2 pq/(p + q).
        double share = 1 - precision * variance;
        return share > 0 ? Math.Sqrt(Math.Max(1, shift * shift * precision / share)) : 1;
    }

    // The share of each group in the information about a parameter tells how many groups it really rests on; the part of the priors is
    // certain.
    private static double Quantile(Vector<double> row, int[] present, GroupScore[] groups, double data, double variance)
    {
        if (!(data > 0))
            return BondParameters.NormalQuantile;
        (double sum, double squares) = (0, 0);
        foreach (int c in present)
        {
            double share = Share(row, groups[c]);
            (sum, squares) = (sum + share, squares + share * share);
        }

        double freedom = Math.Max(sum * sum / squares - 1, 1) * (variance * variance) / (data * data);
        return StudentT.InvCDF(0, 1, freedom, TwoSided95);
    }

    private static double Share(Vector<double> row, GroupScore group)
    {
        int[] places = ParametersOf(group);
        double share = 0;
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = 0; j < places.Length; j++)
                share += row[places[i]] * group.Hessian[i * places.Length + j] * row[places[j]];
        }

        return share;
    }

    // d = (H - E H_c E^T)^-1 E u, E the columns of the group's parameters, is E^T d = ((E^T H^-1 E)^-1 - H_c)^-1 u there: matrices as small
    // as the group.
    private static Vector<double>? Shift(Matrix<double> inverse, GroupScore group)
    {
        int[] places = ParametersOf(group);
        Matrix<double> own = Matrix<double>.Build.Dense(places.Length, places.Length, (i, j) => inverse[places[i], places[j]]);
        Matrix<double> part = Matrix<double>.Build.DenseOfRowMajor(places.Length, places.Length, group.Hessian);
        return PositiveDefinite.Inverse(own) is { } whole && PositiveDefinite.Inverse(whole - part) is { } without
            ? without * Vector<double>.Build.Dense(group.Score)
            : null;
    }
}
