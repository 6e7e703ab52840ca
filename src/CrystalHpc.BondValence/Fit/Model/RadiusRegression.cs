using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What r0 of a pair should be, from all other pairs: a regression on ionic radii and properties of the elements (<see
/// cref="RadiusDescriptors"/>), with a part of its own for each element, cation and anion. A pair never has a say in its own prediction.
/// </summary>
/// <remarks>
/// r0_k = x_k b + u_k + e_k with normal priors on b and on the parts u (a mixed linear model); e_k has the variance m² + t²/n_k: m is what
/// the regression misses, found so that predictions of pairs left out scatter as they claim, t the scatter from one group of structures to
/// another, n_k the number of groups. Pairs are left out by the formula of Sherman and Morrison (1950, doi 10.1214/aoms/1177729893). The
/// idea of extrapolating r0 from additive parts is that of Brese and O'Keeffe (1991, doi 10.1107/S0108768190011041).
/// </remarks>
public sealed class RadiusRegression
{
    // What the parts of elements, cations and anions are taken to scatter by, Å: chosen, of the order of differences between published
    // radii, and not tuned.
    private const double ElementScatterAngstrom = 0.06;
    private const double CationScatterAngstrom = 0.04;
    private const double AnionScatterAngstrom = 0.10;

    // Coefficients of descriptors, which are of order one, may be anything.
    private const double CoefficientScatter = 1;

    // The search for m: bounds in Å and halvings.
    private const double LeastMissAngstrom = 0.005, LargestMissAngstrom = 0.3;
    private const int Halvings = 14;

    private readonly RadiusDescriptors _descriptors;
    private readonly double _spread;
    private readonly (double[] X, double Value, double Groups)?[] _rows;
    private readonly Solution _solution;

    private RadiusRegression(RadiusDescriptors descriptors, (double[] X, double Value, double Groups)?[] rows, double spread)
    {
        (_descriptors, _rows, _spread) = (descriptors, rows, spread);
        _solution = SearchMiss();
    }

    /// <summary>What the regression misses, as a standard deviation, Å.</summary>
    public double MissAngstrom => _solution.Miss;

    /// <summary>Fits the regression.</summary>
    /// <param name="keys">Keys.</param>
    /// <param name="r0Angstrom">r0 of each key, Å.</param>
    /// <param name="groupCounts">Groups of structures of each key; keys with none are predicted only.</param>
    /// <param name="spreadAngstrom">Scatter of a pair's r0 from one group of structures to another, Å.</param>
    public static RadiusRegression Fit(IReadOnlyList<BondKey> keys, ReadOnlySpan<double> r0Angstrom, ReadOnlySpan<double> groupCounts,
        double spreadAngstrom)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var descriptors = new RadiusDescriptors(keys);
        var rows = new (double[], double, double)?[keys.Count];
        for (int key = 0; key < keys.Count; key++)
        {
            if (groupCounts[key] > 0)
                rows[key] = (descriptors.Of(keys[key]), r0Angstrom[key] - RadiusDescriptors.Offset(keys[key]), groupCounts[key]);
        }

        return new RadiusRegression(descriptors, rows, spreadAngstrom);
    }

    /// <summary>Predicted r0 and its standard error, Å, from all keys but this one.</summary>
    /// <param name="index">Place of the key among those of the fit.</param>
    /// <param name="key">The key.</param>
    public (double R0Angstrom, double ErrorAngstrom) Predict(int index, BondKey key)
    {
        (double mean, double variance) = _rows[index] is { } row ? _solution.Without(row.X, row.Value, Noise(row.Groups, _solution.Miss))
            : _solution.At(_descriptors.Of(key));
        return (RadiusDescriptors.Offset(key) + mean, Math.Sqrt(variance + _solution.Miss * _solution.Miss));
    }

    // Bisection: the median square of what predictions of left-out pairs miss, in units of what they claim, falls as m rises.
    private Solution SearchMiss()
    {
        (double low, double high) = (LeastMissAngstrom, LargestMissAngstrom);
        Solution solution = Solve(Math.Sqrt(low * high));
        for (int halving = 0; halving < Halvings && _rows.Any(row => row is not null); halving++)
        {
            double middle = Math.Sqrt(low * high);
            solution = Solve(middle);
            if (Excess(solution) > 1)
                low = middle;
            else
                high = middle;
        }

        return solution;
    }

    // The median is robust against pairs with a wrong structure: that of the square of a normal deviate is 0.4549.
    private double Excess(Solution solution)
    {
        const double MedianOfChiSquare = 0.45493642311957283;
        double[] squares = [.. _rows.OfType<(double[] X, double Value, double Groups)>().Select(row =>
        {
            double noise = Noise(row.Groups, solution.Miss);
            (double mean, double variance) = solution.Without(row.X, row.Value, noise);
            return (row.Value - mean) * (row.Value - mean) / (variance + noise);
        })];
        Array.Sort(squares);
        return squares[squares.Length / 2] / MedianOfChiSquare;
    }

    private double Noise(double groups, double miss) => miss * miss + _spread * _spread / groups;

    private Solution Solve(double miss)
    {
        int size = _descriptors.Count;
        double[] matrix = new double[size * size], right = new double[size];
        for (int i = 0; i < size; i++)
            matrix[i * size + i] = 1 / Square(_descriptors.ScatterOf(i, CoefficientScatter, ElementScatterAngstrom, CationScatterAngstrom,
                AnionScatterAngstrom));
        foreach ((double[] x, double value, double groups) in _rows.OfType<(double[], double, double)>())
        {
            double weight = 1 / Noise(groups, miss);
            for (int i = 0; i < size; i++)
            {
                if (x[i] == 0)
                    continue;
                right[i] += weight * x[i] * value;
                for (int j = 0; j < size; j++)
                    matrix[i * size + j] += weight * x[i] * x[j];
            }
        }

        return new Solution(matrix, right, size, miss);
    }

    private static double Square(double x) => x * x;

    /// <summary>The fitted regression for one m.</summary>
    private sealed class Solution
    {
        private readonly double[] _factor, _coefficients;
        private readonly int _size;

        public Solution(double[] matrix, double[] right, int size, double miss)
        {
            (_factor, _coefficients, _size, Miss) = (matrix, right, size, miss);
            if (!Cholesky.TryFactor(_factor, size))
                throw new InvalidOperationException("the priors make the matrix positive definite");
            Cholesky.Solve(_factor, size, _coefficients);
        }

        public double Miss { get; }

        /// <summary>Mean and variance of the regression, without m, at a place.</summary>
        public (double Mean, double Variance) At(double[] x)
        {
            double[] solved = [.. x];
            Cholesky.Solve(_factor, _size, solved);
            return (Dot(x, _coefficients), Dot(x, solved));
        }

        /// <summary>The same without the row that stands there.</summary>
        public (double Mean, double Variance) Without(double[] x, double value, double noise)
        {
            (double mean, double variance) = At(x);
            double left = 1 - variance / noise;
            return ((mean - variance / noise * value) / left, variance / left);
        }

        private static double Dot(double[] left, double[] right)
        {
            double sum = 0;
            for (int i = 0; i < left.Length; i++)
                sum += left[i] * right[i];
            return sum;
        }
    }
}
