namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>The embedding of second-moment potentials: F = -c root(rho), 0 for an atom without neighbors.</summary>
internal static class SquareRoot
{
    /// <summary>F and its slope.</summary>
    public static (double Energy, double Slope) Embed(double strength, double density)
    {
        double root = Math.Sqrt(density);
        return root > 0 ? (-strength * root, -0.5 * strength / root) : (0, 0);
    }
}
