using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>
/// Positions of atoms of known elements by least squares on a density: Gauss-Newton steps. The density of an atom is a product of functions
/// of one coordinate, so that the normal matrix needs no grid: its entries are products of three scalar products of length N.
/// </summary>
/// <param name="voxelizer">Knows the grid and the widths of atoms.</param>
internal sealed class PositionRefinement(Voxelizer voxelizer)
{
    private const double LongestStep = 0.03;

    // Relative to the diagonal: two atoms that nearly coincide leave a direction open.
    private const double Ridge = 1e-6;

    private readonly int _size = voxelizer.Grid.Size;
    private readonly float[] _model = new float[voxelizer.Grid.Voxels];

    /// <summary>Moves the atoms of a cell.</summary>
    /// <param name="cell">The atoms.</param>
    /// <param name="density">The density, [z][y][x].</param>
    /// <param name="steps">Number of steps.</param>
    /// <returns>The moved atoms; those given when a step cannot be made.</returns>
    public CubicCell Refine(CubicCell cell, ReadOnlySpan<float> density, int steps)
    {
        for (int step = 0; step < steps && cell.Count > 0; step++)
        {
            double[]? shifts = Step(cell, density);
            if (shifts is null)
                return cell;
            var moved = new Fractional[cell.Count];
            for (int atom = 0; atom < moved.Length; atom++)
            {
                moved[atom] = (cell.Positions[atom] + new Fractional(
                    Clip(shifts[3 * atom]), Clip(shifts[3 * atom + 1]), Clip(shifts[3 * atom + 2]))).Wrapped();
            }

            cell = cell with { Positions = moved };
        }

        return cell;
    }

    private double[]? Step(CubicCell cell, ReadOnlySpan<float> density)
    {
        int atoms = cell.Count, unknowns = 3 * atoms;
        // For each atom and axis its shadow and the derivative of it: [atom][axis][sum, slope][voxel].
        double[] shadows = new double[atoms * 6 * _size], amplitudes = new double[atoms];
        for (int atom = 0; atom < atoms; atom++)
        {
            double width = voxelizer.WidthOf(cell.Elements[atom]);
            amplitudes[atom] = AtomShadows.Amplitude(cell.Elements[atom].AtomicNumber, width, voxelizer.Grid.IsNormalized);
            for (int axis = 0; axis < 3; axis++)
            {
                AtomShadows.Fill(voxelizer.Grid, Along(cell.Positions[atom], axis), width, cell.EdgeAngstrom,
                    Shadow(shadows, atom, axis, 0), Shadow(shadows, atom, axis, 1));
            }
        }

        double[] matrix = new double[unknowns * unknowns], right = new double[unknowns], scale = new double[unknowns];
        for (int i = 0; i < unknowns; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i * unknowns + j] = amplitudes[i / 3] * amplitudes[j / 3] * Overlap(shadows, i, j);
        }

        voxelizer.FillDensity(cell, _model);
        for (int atom = 0; atom < atoms; atom++)
            Project(density, shadows, atom, amplitudes[atom], right.AsSpan(3 * atom, 3));

        // Columns of length 1, so that light atoms count beside heavy ones.
        for (int i = 0; i < unknowns; i++)
            scale[i] = Math.Sqrt(matrix[i * unknowns + i]);
        for (int i = 0; i < unknowns; i++)
        {
            if (!(scale[i] > 0))
                return null;
            for (int j = 0; j <= i; j++)
                matrix[i * unknowns + j] /= scale[i] * scale[j];
            matrix[i * unknowns + i] += Ridge;
            right[i] /= scale[i];
        }

        if (!Cholesky.TryFactor(matrix, unknowns))
            return null;
        Cholesky.Solve(matrix, unknowns, right);
        for (int i = 0; i < unknowns; i++)
        {
            right[i] /= scale[i];
            if (!double.IsFinite(right[i]))
                return null;
        }

        return right;
    }

    // The scalar product over the grid of two derivatives without their heights.
    private double Overlap(double[] shadows, int first, int second)
    {
        double product = 1;
        for (int axis = 0; axis < 3; axis++)
        {
            product *= Dot(
                Shadow(shadows, first / 3, axis, first % 3 == axis ? 1 : 0), Shadow(shadows, second / 3, axis, second % 3 == axis ? 1 : 0));
        }

        return product;
    }

    // The scalar products of what the model leaves unexplained with the three derivatives of an atom.
    private void Project(ReadOnlySpan<float> density, double[] shadows, int atom, double amplitude, Span<double> products)
    {
        Span<double> x = Shadow(shadows, atom, 0, 0), slopeX = Shadow(shadows, atom, 0, 1), y = Shadow(shadows, atom, 1, 0),
            slopeY = Shadow(shadows, atom, 1, 1), z = Shadow(shadows, atom, 2, 0), slopeZ = Shadow(shadows, atom, 2, 1);
        (double byX, double byY, double byZ) = (0, 0, 0);
        for (int k = 0; k < _size; k++)
        {
            for (int j = 0; j < _size; j++)
            {
                int row = (k * _size + j) * _size;
                (double plain, double slope) = (0, 0);
                for (int i = 0; i < _size; i++)
                {
                    double left = density[row + i] - _model[row + i];
                    plain += left * x[i];
                    slope += left * slopeX[i];
                }

                byX += slope * y[j] * z[k];
                byY += plain * slopeY[j] * z[k];
                byZ += plain * y[j] * slopeZ[k];
            }
        }

        (products[0], products[1], products[2]) = (amplitude * byX, amplitude * byY, amplitude * byZ);
    }

    private Span<double> Shadow(double[] shadows, int atom, int axis, int kind)
        => shadows.AsSpan(((atom * 3 + axis) * 2 + kind) * _size, _size);

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
            sum += first[i] * second[i];
        return sum;
    }

    private static double Along(Fractional f, int axis) => axis switch { 0 => f.X, 1 => f.Y, _ => f.Z };

    private static double Clip(double shift) => Math.Clamp(shift, -LongestStep, LongestStep);
}
