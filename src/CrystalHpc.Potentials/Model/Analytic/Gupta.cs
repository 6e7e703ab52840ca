using CrystalHpc.Core.Elements;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>
/// The second-moment potential of R. P. Gupta (Phys. Rev. B 23 (1981) 6265) and F. Cleri and V. Rosato (Phys. Rev. B 48 (1993) 22): E_i =
/// sum A e^(-p (r/r0 - 1)) - root(sum xi^2 e^(-2q (r/r0 - 1))), for copper, silver and palladium; A and xi in eV, r0 in A. The constants of
/// Cu are Cleri and Rosato's; those of Ag, Pd, Cu-Ag and Pd-Ag are of a public parameter file without a paper. Those of Cu-Pd are our
/// choice: geometric means of A and xi, arithmetic means of p, q and r0.
/// </summary>
public sealed class Gupta : IPairLaw
{
    private static readonly Element Copper = Element.Of("Cu"), Silver = Element.Of("Ag"), Palladium = Element.Of("Pd");

    private static readonly Dictionary<(Element, Element), Constants> Known = new()
    {
        [(Copper, Copper)] = new(0.0855, 10.96, 1.224, 2.278, 2.556),
        [(Silver, Silver)] = new(0.1043, 10.79, 1.194, 3.19, 2.88),
        [(Palladium, Palladium)] = new(0.1746, 10.867, 1.718, 3.742, 2.7485),
        [(Copper, Silver)] = new(0.0980, 10.70, 1.2274, 2.805, 2.72405),
        [(Palladium, Silver)] = new(0.1607, 10.895, 1.5597, 3.492, 2.82),
    };

    /// <inheritdoc/>
    public string Name => "gupta";

    /// <inheritdoc/>
    public double CutoffAngstrom => 9;

    /// <inheritdoc/>
    public bool Knows(Element element) => Known.ContainsKey((element, element));

    /// <inheritdoc/>
    public void Evaluate(Element first, Element second, ReadOnlySpan<double> r, in PairTerms pairs)
    {
        Constants c = Of(first, second);
        for (int i = 0; i < r.Length; i++)
        {
            double x = r[i] / c.R0 - 1;
            (pairs.Phi[i], pairs.Density[i]) = (-c.P * x, -2 * c.Q * x);
        }

        VectorMath.Exp(pairs.Phi);
        VectorMath.Exp(pairs.Density);
        for (int i = 0; i < r.Length; i++)
        {
            // Each of the two atoms has its A.
            double repulsion = 2 * c.A * pairs.Phi[i], hopping = c.Xi * c.Xi * pairs.Density[i];
            (pairs.Phi[i], pairs.PhiSlope[i]) = (repulsion, -c.P / c.R0 * repulsion);
            (pairs.Density[i], pairs.DensitySlope[i]) = (hopping, -2 * c.Q / c.R0 * hopping);
        }
    }

    /// <inheritdoc/>
    public (double Energy, double Slope) Embed(Element element, double density) => SquareRoot.Embed(1, density);

    private static Constants Of(Element first, Element second) =>
        Known.TryGetValue((first, second), out Constants constants) || Known.TryGetValue((second, first), out constants)
            ? constants
            : Constants.Mixed(Known[(first, first)], Known[(second, second)]);

    private readonly record struct Constants(double A, double P, double Xi, double Q, double R0)
    {
        public static Constants Mixed(Constants x, Constants y) =>
            new(Math.Sqrt(x.A * y.A), (x.P + y.P) / 2, Math.Sqrt(x.Xi * y.Xi), (x.Q + y.Q) / 2, (x.R0 + y.R0) / 2);
    }
}
