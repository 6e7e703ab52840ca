using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Simulation.Elasticity;

/// <summary>Forms of an equation of state.</summary>
internal enum StateEquation
{
    /// <summary>Third order of finite strain: F. Birch, Phys. Rev. 71 (1947) 809.</summary>
    BirchMurnaghan,

    /// <summary>P. Vinet, J. Ferrante, J. H. Rose and J. R. Smith, J. Geophys. Res. 92 (1987) 9319.</summary>
    Vinet,
}

/// <summary>An equation of state E(V) that was fitted, with standard errors from the residuals.</summary>
/// <param name="Form">Its form.</param>
/// <param name="EnergyElectronVolt">Lowest energy, eV.</param>
/// <param name="VolumeCubicAngstrom">Volume there, A^3.</param>
/// <param name="BulkModulusGigapascal">Bulk modulus there, GPa.</param>
/// <param name="BulkModulusSlope">Its derivative with respect to pressure.</param>
/// <param name="Errors">Standard errors of the four, in the same units; NaN where there are no more points than four.</param>
/// <param name="RootMeanSquareElectronVolt">Root of the mean square of the residuals, eV.</param>
internal sealed record EquationOfState(
    StateEquation Form, double EnergyElectronVolt, double VolumeCubicAngstrom, double BulkModulusGigapascal, double BulkModulusSlope,
    double[] Errors,
    double RootMeanSquareElectronVolt)
{
    private const int Parameters = 4, MostSteps = 100;

    /// <summary>Fits energies at volumes by Gauss and Newton; null where they have no minimum within their range.</summary>
    public static EquationOfState? Fit(StateEquation form, IReadOnlyList<double> volumes, IReadOnlyList<double> energies)
    {
        int lowest = Enumerable.Range(0, energies.Count).MinBy(i => energies[i]);
        if (lowest == 0 || lowest == energies.Count - 1 || energies.Count < Parameters)
            return null;

        // A parabola through three points starts; energies count from the lowest, so that digits are left.
        double origin = energies[lowest], v = volumes[lowest];
        double left = (energies[lowest - 1] - origin) / (volumes[lowest - 1] - v),
            right = (energies[lowest + 1] - origin) / (volumes[lowest + 1] - v);
        double curvature = 2 * (right - left) / (volumes[lowest + 1] - volumes[lowest - 1]);
        double[] p = [0, v, curvature * v, 4], normal = new double[Parameters * Parameters], step = new double[Parameters];
        for (int i = 0; i < MostSteps; i++)
        {
            SetUp(form, p, volumes, energies, origin, normal, step);
            if (!Cholesky.TryFactor(normal, Parameters))
                return null;
            Cholesky.Solve(normal, Parameters, step);
            for (int k = 0; k < Parameters; k++)
                p[k] += step[k];
            if (!(p[1] > 0 && p[2] > 0))
                return null;
            if (Math.Abs(step[1]) < 1e-13 * p[1] && Math.Abs(step[2]) < 1e-11 * p[2])
                break;
        }

        double squares = volumes.Zip(energies).Sum(pair => Math.Pow(pair.Second - origin - At(form, p, pair.First), 2));
        SetUp(form, p, volumes, energies, origin, normal, step);
        var inverse = new double[normal.Length];
        Cholesky.TryFactor(normal, Parameters);
        Cholesky.TryInvert(normal, Parameters, inverse);
        int free = volumes.Count - Parameters;
        double[] unit = [1, 1, Units.GigapascalPerElectronVoltPerCubicAngstrom, 1];
        return new EquationOfState(
            form, origin + p[0], p[1], unit[2] * p[2], p[3],
            [.. Enumerable.Range(0, Parameters).Select(k => free > 0 ? unit[k] * Math.Sqrt(inverse[k * Parameters + k] * squares / free)
            : double.NaN)],
            Math.Sqrt(squares / volumes.Count));
    }

    /// <summary>The energy at a volume, eV.</summary>
    public double At(double volumeCubicAngstrom) => At(
        Form, [EnergyElectronVolt, VolumeCubicAngstrom, BulkModulusGigapascal / Units.GigapascalPerElectronVoltPerCubicAngstrom,
        BulkModulusSlope], volumeCubicAngstrom);

    // E0, V0, B0 in eV/A^3, B0'.
    private static double At(StateEquation form, double[] p, double volume)
    {
        double x = Math.Cbrt(volume / p[1]);
        if (form == StateEquation.BirchMurnaghan)
        {
            double strain = 1 / (x * x) - 1;
            return p[0] + 9.0 / 16 * p[1] * p[2] * strain * strain * (2 + strain * (p[3] - 4));
        }

        double y = 1 - x, eta = 1.5 * (p[3] - 1);
        return p[0] + 9 * p[1] * p[2] / (eta * eta) * (1 - (1 - eta * y) * Math.Exp(eta * y));
    }

    private static void SetUp(StateEquation form, double[] p, IReadOnlyList<double> volumes, IReadOnlyList<double> energies, double origin,
        double[] normal, double[] right)
    {
        Array.Clear(normal);
        Array.Clear(right);
        var slopes = new double[Parameters];
        for (int i = 0; i < volumes.Count; i++)
        {
            for (int k = 0; k < Parameters; k++)
                slopes[k] = Slope(form, p, k, volumes[i]);
            double residual = energies[i] - origin - At(form, p, volumes[i]);
            for (int a = 0; a < Parameters; a++)
            {
                right[a] += slopes[a] * residual;
                for (int b = 0; b < Parameters; b++)
                    normal[a * Parameters + b] += slopes[a] * slopes[b];
            }
        }
    }

    private static double Slope(StateEquation form, double[] p, int k, double volume)
    {
        double step = 1e-4 * Math.Max(Math.Abs(p[k]), 1e-2);
        double Moved(double by)
        {
            double[] q = [.. p];
            q[k] += by;
            return At(form, q, volume);
        }

        return (8 * (Moved(step) - Moved(-step)) - (Moved(2 * step) - Moved(-2 * step))) / (12 * step);
    }
}
