using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>
/// Frequencies on a mesh of wave vectors halfway between the nodes, so that none is zero; of q and -q, which have the same, one is computed
/// and counts twice.
/// </summary>
internal sealed class PhononMesh
{
    // A vector of the reciprocal cell of length 1/A gets so many points.
    private const double PointsPerReciprocalAngstrom = 50;

    // Width of the Gaussians and step of the density, as shares of the range.
    private const double Width = 0.01, Step = 0.005;

    // Beyond so many widths there is nothing.
    private const int Reach = 6;

    private readonly List<(double[] Frequencies, double Weight)> _points = [];

    /// <summary>Computes the frequencies.</summary>
    public PhononMesh(DynamicalMatrix matrix, Basis cell)
        : this(matrix, [.. Axes(cell.Reciprocal).Select(axis => Math.Max(1, (int)Math.Ceiling(PointsPerReciprocalAngstrom * axis.Length)))])
    {
    }

    /// <summary>Computes the frequencies on a mesh of so many points along the reciprocal vectors.</summary>
    public PhononMesh(DynamicalMatrix matrix, int[] counts)
    {
        Counts = counts;
        int all = counts[0] * counts[1] * counts[2];
        for (int k = 0; k < all; k++)
        {
            (int a, int b, int c) = (k / counts[1] / counts[2], k / counts[2] % counts[1], k % counts[2]);
            int opposite = ((counts[0] - 1 - a) * counts[1] + counts[1] - 1 - b) * counts[2] + counts[2] - 1 - c;
            if (opposite < k)
                continue;
            var q = new Fractional((a + 0.5) / counts[0], (b + 0.5) / counts[1], (c + 0.5) / counts[2]);
            _points.Add((matrix.Frequencies(q), (opposite == k ? 1.0 : 2) / all));
        }
    }

    /// <summary>Points along each reciprocal vector.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>Frequencies of all waves, THz, with weights that add up to their number for one wave vector.</summary>
    public IEnumerable<(double Terahertz, double Weight)> Modes =>
        _points.SelectMany(point => point.Frequencies.Select(frequency => (frequency, point.Weight)));

    /// <summary>Lowest frequency, THz.</summary>
    public double Lowest => _points.Min(point => point.Frequencies[0]);

    /// <summary>Highest frequency, THz.</summary>
    public double Highest => _points.Max(point => point.Frequencies[^1]);

    /// <summary>The density of states, 1/THz, over frequency, THz: its integral is the number of waves of a wave vector.</summary>
    public List<(double Terahertz, double Density)> Density()
    {
        double range = Math.Max(Highest - Math.Min(0, Lowest), 1e-6), width = Width * range, step = Step * range;
        double start = (Math.Floor(Math.Min(0, Lowest) / step) - Reach * width / step) * step;
        int count = (int)Math.Ceiling((Highest + Reach * width - start) / step) + 1;
        var density = new double[count];
        foreach ((double frequency, double weight) in Modes)
        {
            int middle = (int)Math.Round((frequency - start) / step), reach = (int)(Reach * width / step);
            for (int i = Math.Max(0, middle - reach); i <= Math.Min(count - 1, middle + reach); i++)
            {
                double x = (start + i * step - frequency) / width;
                density[i] += weight * Math.Exp(-0.5 * x * x) / (width * Math.Sqrt(2 * Math.PI));
            }
        }

        return [.. density.Select((value, i) => (start + i * step, value))];
    }

    private static Cartesian[] Axes(Basis basis) => [basis.A, basis.B, basis.C];
}
