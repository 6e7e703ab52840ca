using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.BondValence;

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

/// <summary>Values and derivatives of the losses, four at a time.</summary>
internal static class LossFunctions
{
    /// <summary>rho(z), rho'(z) and the curvature that a Gauss-Newton step takes for rho''(z) (never negative).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate(
        FitOptions options, Vector256<double> z, out Vector256<double> value, out Vector256<double> slope, out Vector256<double> curvature)
    {
        Vector256<double> one = Vector256<double>.One;
        if (options.Loss == Loss.PseudoHuber)
        {
            Vector256<double> q = z * (options.SigmaValence / options.HuberDeltaValence);
            Vector256<double> root = Vector256.Sqrt(one + q * q);

            // D² (root - 1) = z² / (1 + root), without the cancellation.
            value = z * z / (one + root);
            slope = z / root;
            curvature = one / root;
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
        Evaluate(options, Vector256.Create(z), out Vector256<double> value, out Vector256<double> slope, out Vector256<double> curvature);
        return (value[0], slope[0], curvature[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EvaluateRare(
        FitOptions options, Vector256<double> z, out Vector256<double> value, out Vector256<double> slope, out Vector256<double> curvature)
    {
        Vector256<double> one = Vector256<double>.One;
        if (options.Loss == Loss.Cauchy)
        {
            double d = options.HuberDeltaValence / options.SigmaValence;
            Vector256<double> argument = one + z / d * (z / d);
            Vector256<double> logarithm = Vector256.Create(
                PortableMath.Log(argument[0]), PortableMath.Log(argument[1]), PortableMath.Log(argument[2]), PortableMath.Log(argument[3]));
            value = 0.5 * d * d * logarithm;
            slope = z / argument;
            curvature = one / argument;
            return;
        }

        double sigma = options.SigmaValence;
        Vector256<double> size = Vector256.Abs(z) * sigma, limit = Vector256.Create(PortableMath.MaximumExponent);
        Vector256<double> exponential = PortableMath.ExpInRange(Vector256.ConditionalSelect(Vector256.GreaterThan(size, limit), limit, size));
        value = exponential - one;
        slope = sigma * Vector256.ConditionalSelect(Vector256.LessThan(z, Vector256<double>.Zero), -exponential, exponential);
        curvature = sigma * sigma * exponential;
    }
}
