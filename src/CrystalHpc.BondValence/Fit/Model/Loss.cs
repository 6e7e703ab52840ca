using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.BondValence.Study2023;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>How a residual z = (valence sum - oxidation state)/sigma counts; D = delta/sigma.</summary>
public enum Loss
{
    /// <summary>D² (sqrt(1 + (z/D)²) - 1): square for small residuals, linear for large ones.</summary>
    PseudoHuber,

    /// <summary>z²/2: right for normal errors, defenseless against gross ones.</summary>
    Squares,

    /// <summary>D²/2 ln(1 + (z/D)²): large residuals hardly count. Not convex: it may lock onto one of two groups of sites.</summary>
    Cauchy,

    /// <summary>exp|sigma z| - 1, the loss of an earlier study, for comparison: large residuals dominate, the minimum has a kink.</summary>
    ExponentialAbsolute,
}

/// <summary>Values and derivatives of the losses, eight at a time.</summary>
internal static class LossFunctions
{
    /// <summary>rho(z), rho'(z) and the curvature that a Gauss-Newton step takes for rho''(z) (never negative).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate(
        FitOptions options, Vector512<double> z, out Vector512<double> value, out Vector512<double> slope, out Vector512<double> curvature)
    {
        Vector512<double> one = Vector512<double>.One;
        if (options.Loss == Loss.PseudoHuber)
        {
            Vector512<double> q = z * (options.SigmaValence / options.HuberDeltaValence);
            Vector512<double> root = Vector512.Sqrt(one + q * q);

            // D² (root - 1) = z² / (1 + root), without the cancellation; one division serves for all.
            Vector512<double> inverse = one / (root * (one + root));
            value = z * z * (root * inverse);
            curvature = (one + root) * inverse;
            slope = z * curvature;
        }
        else if (options.Loss == Loss.Squares)
        {
            value = 0.5 * (z * z);
            slope = z;
            curvature = one;
        }
        else
        {
            EvaluateRare(options, z, out value, out slope, out curvature);
        }
    }

    /// <summary>The same for one residual.</summary>
    public static (double Value, double Slope, double Curvature) Evaluate(FitOptions options, double z)
    {
        Evaluate(options, Vector512.Create(z), out Vector512<double> value, out Vector512<double> slope, out Vector512<double> curvature);
        return (value[0], slope[0], curvature[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EvaluateRare(
        FitOptions options, Vector512<double> z, out Vector512<double> value, out Vector512<double> slope, out Vector512<double> curvature)
    {
        Vector512<double> one = Vector512<double>.One;
        if (options.Loss == Loss.Cauchy)
        {
            double d = options.HuberDeltaValence / options.SigmaValence;
            Vector512<double> argument = one + z / d * (z / d);
            Span<double> logarithms = stackalloc double[Vector512<double>.Count];
            for (int lane = 0; lane < logarithms.Length; lane++)
                logarithms[lane] = PortableMath.Log(argument[lane]);
            Vector512<double> logarithm = Vector512.Create<double>(logarithms);
            value = 0.5 * d * d * logarithm;
            slope = z / argument;
            curvature = one / argument;
            return;
        }

        ExponentialAbsoluteLoss.Evaluate(options.SigmaValence, z, out value, out slope, out curvature);
    }
}
