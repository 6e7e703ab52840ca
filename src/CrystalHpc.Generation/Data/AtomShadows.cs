using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Generation.Data;

/// <summary>
/// The density of an atom in a cubic cell is a product of three functions of one coordinate, each a sum of Gaussians over periodic images.
/// </summary>
internal static class AtomShadows
{
    // Beyond this many widths a Gaussian is below 1e-17.
    private const double Reach = 9;

    /// <summary>The height of the density of an atom: what the product of the three sums is multiplied with.</summary>
    public static double Amplitude(double atomicNumber, double radius, bool isNormalized) => isNormalized
        ? atomicNumber / (Math.Pow(2 * Math.PI, 1.5) * radius * radius * radius) : atomicNumber;

    /// <summary>Sums of Gaussians at the middles of the voxels.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="position">Coordinate of the atom in fractions of the edge.</param>
    /// <param name="radius">Width, A.</param>
    /// <param name="edge">Edge of the cell, A.</param>
    /// <param name="sums">Receives exp(-d^2 / 2 r^2), summed over images.</param>
    /// <param name="slopes">Receives the derivative of each sum by the position; may be empty.</param>
    public static void Fill(VoxelGrid grid, double position, double radius, double edge, Span<double> sums, Span<double> slopes)
    {
        double scale = edge / radius, reach = Reach / scale;
        for (int voxel = 0; voxel < grid.Size; voxel++)
        {
            double offset = grid.Middle(voxel) - position;
            (double sum, double slope) = (0, 0);
            int last = (int)Math.Floor(offset + reach);
            for (int image = (int)Math.Ceiling(offset - reach); image <= last; image++)
            {
                double distance = (offset - image) * scale;
                double value = PortableMath.Exp(-0.5 * distance * distance);
                sum += value;
                slope += value * distance * scale;
            }

            sums[voxel] = sum;
            if (!slopes.IsEmpty)
                slopes[voxel] = slope;
        }
    }
}
