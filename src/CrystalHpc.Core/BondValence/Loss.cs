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
    public static (Vector256<double> Value, Vector256<double> Slope, Vector256<double> Curvature) Evaluate(FitOptions options, Vector256<double> z)
    {
        Vector256<double> one = Vector256<double>.One;
        Vector256<double> q = z * (options.SigmaValence / options.HuberDeltaValence);
        switch (options.Loss)
        {
            case Loss.PseudoHuber:
                // D² (root - 1) = z² / (1 + root), without the cancellation.
                Vector256<double> root = Vector256.Sqrt(one + q * q);
                return (z * z / (one + root), z / root, one / root);
            case Loss.Squares:
                return (0.5 * (z * z), z, one);
            case Loss.Cauchy:
                double d = options.HuberDeltaValence / options.SigmaValence;
                Vector256<double> argument = one + q * q;
                Vector256<double> logarithm = Vector256.Create(
                    PortableMath.Log(argument[0]), PortableMath.Log(argument[1]), PortableMath.Log(argument[2]), PortableMath.Log(argument[3]));
                return (0.5 * d * d * logarithm, z / argument, one / argument);
            default:
                double sigma = options.SigmaValence;
                Vector256<double> size = Vector256.Abs(z) * sigma, limit = Vector256.Create(PortableMath.MaximumExponent);
                Vector256<double> exponential = PortableMath.ExpInRange(Vector256.ConditionalSelect(Vector256.GreaterThan(size, limit), limit, size));
                Vector256<double> sign = Vector256.ConditionalSelect(Vector256.LessThan(z, Vector256<double>.Zero), -one, one);
                return (exponential - one, sigma * (sign * exponential), sigma * sigma * exponential);
        }
    }

    /// <summary>The same for one residual.</summary>
    public static (double Value, double Slope, double Curvature) Evaluate(FitOptions options, double z)
    {
        (Vector256<double> value, Vector256<double> slope, Vector256<double> curvature) = Evaluate(options, Vector256.Create(z));
        return (value[0], slope[0], curvature[0]);
    }
}
