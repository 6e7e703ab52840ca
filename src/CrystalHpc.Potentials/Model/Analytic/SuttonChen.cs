using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>
/// The potential of A. P. Sutton and J. Chen (Philos. Mag. Lett. 61 (1990) 139): phi = epsilon (a/r)^n, f = (a/r)^m, F = -epsilon c
/// root(rho).
/// Between different elements phi and f are geometric means (H. Rafii-Tabar and A. P. Sutton, Philos. Mag. Lett. 63 (1991) 217).
/// </summary>
public sealed class SuttonChen : IPairLaw
{
    private static readonly Dictionary<Element, Constants> Known = new()
    {
        [Element.Of("Ni")] = new(9, 6, 1.5707e-2, 39.432, 3.52),
        [Element.Of("Cu")] = new(9, 6, 1.2382e-2, 39.432, 3.61),
        [Element.Of("Rh")] = new(12, 6, 4.9371e-3, 144.41, 3.80),
        [Element.Of("Pd")] = new(12, 7, 4.1790e-3, 108.27, 3.89),
        [Element.Of("Ag")] = new(12, 6, 2.5415e-3, 144.41, 4.09),
        [Element.Of("Ir")] = new(14, 6, 2.4489e-3, 334.94, 3.84),
        [Element.Of("Pt")] = new(10, 8, 1.9833e-2, 34.408, 3.92),
        [Element.Of("Au")] = new(10, 8, 1.2793e-2, 34.408, 4.08),
        [Element.Of("Al")] = new(7, 6, 3.3147e-2, 16.399, 4.05),
        [Element.Of("Pb")] = new(10, 7, 5.5765e-3, 45.778, 4.95),
    };

    /// <inheritdoc/>
    public string Name => "sutton_chen";

    /// <inheritdoc/>
    public double CutoffAngstrom => 12;

    /// <inheritdoc/>
    public bool Knows(Element element) => Known.ContainsKey(element);

    /// <inheritdoc/>
    public void Evaluate(Element first, Element second, ReadOnlySpan<double> r, in PairTerms pairs)
    {
        Constants x = Known[first], y = Known[second];
        double n = 0.5 * (x.N + y.N), m = 0.5 * (x.M + y.M), strength = Math.Sqrt(x.Epsilon * y.Epsilon);
        double a = Power(x.A, x.N) * Power(y.A, y.N), b = Power(x.A, x.M) * Power(y.A, y.M);
        for (int i = 0; i < r.Length; i++)
        {
            double logarithm = PortableMath.Log(r[i]), inverse = 1 / r[i];
            double phi = strength * a * PortableMath.Exp(-n * logarithm), density = b * PortableMath.Exp(-m * logarithm);
            (pairs.Phi[i], pairs.PhiSlope[i]) = (phi, -n * inverse * phi);
            (pairs.Density[i], pairs.DensitySlope[i]) = (density, -m * inverse * density);
        }

        // a^(n/2) of either element.
        static double Power(double length, int exponent) => PortableMath.Exp(0.5 * exponent * PortableMath.Log(length));
    }

    /// <inheritdoc/>
    public (double Energy, double Slope) Embed(Element element, double density)
        => SquareRoot.Embed(Known[element].Epsilon * Known[element].C, density);

    private readonly record struct Constants(int N, int M, double Epsilon, double C, double A);
}
