using System.Runtime.Intrinsics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Study2023;

/// <summary>exp|sigma z| - 1: large residuals dominate, the minimum has a kink.</summary>
internal static class ExponentialAbsoluteLoss
{
    /// <summary>rho(z), rho'(z) and the curvature that a Gauss-Newton step takes for rho''(z).</summary>
    public static void Evaluate(
        double sigma, Vector512<double> z, out Vector512<double> value, out Vector512<double> slope, out Vector512<double> curvature)
    {
        Vector512<double> size = Vector512.Abs(z) * sigma, limit = Vector512.Create(PortableMath.MaximumExponent);
        Vector512<double> exponential = PortableMath.ExpInRange(Vector512.ConditionalSelect(
            Vector512.GreaterThan(size, limit), limit, size));
        value = exponential - Vector512<double>.One;
        slope = sigma * Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<double>.Zero), -exponential, exponential);
        curvature = sigma * sigma * exponential;
    }

    /// <summary>rho(z) and rho'(z), as the formula reads.</summary>
    public static (double Value, double Slope) Plain(double sigma, double z) =>
        (Math.Exp(Math.Abs(sigma * z)) - 1, sigma * (z < 0 ? -1 : 1) * Math.Exp(Math.Abs(sigma * z)));
}
