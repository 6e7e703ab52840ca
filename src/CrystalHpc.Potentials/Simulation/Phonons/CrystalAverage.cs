using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>
/// Force constants averaged over the symmetry of the crystal. Finite displacements along x, y and z alone leave a trace of the fourth
/// order of the energy, which would split what symmetry keeps together.
/// </summary>
internal static class CrystalAverage
{
    /// <summary>The mean over all operations of what stands for the same pair.</summary>
    /// <param name="supercell">A supercell that has the symmetry.</param>
    /// <param name="values">Force constants by a component of the cell and one of the supercell.</param>
    /// <param name="symmetry">The symmetry of the cell.</param>
    public static double[] Of(Supercell supercell, double[] values, FrameSymmetry symmetry)
    {
        (int atoms, int all, int cells) = (supercell.Cell.AtomCount, supercell.Frame.AtomCount, supercell.CellCount);
        var result = new double[values.Length];
        foreach (FrameSymmetry.AtomOperation operation in symmetry.Operations)
        {
            double[] turn = [.. operation.Columns.SelectMany(axis => (double[])[axis.X, axis.Y, axis.Z])];
            for (int atom = 0; atom < atoms; atom++)
            {
                for (int other = 0; other < all; other++)
                {
                    int image = ImageOf(supercell, operation, atom, other / cells, other % cells);
                    ReadOnlySpan<double> block = values.AsSpan(9 * operation.Images[atom] * all + 3 * image);
                    AddTurnedBack(block, turn, result.AsSpan(9 * atom * all + 3 * other), 3 * all, 1.0 / symmetry.Operations.Count);
                }
            }
        }

        return result;
    }

    // The atom that stands to the image of the first as the second stood to the first.
    private static int ImageOf(Supercell supercell, FrameSymmetry.AtomOperation operation, int atom, int other, int cell)
    {
        Basis basis = supercell.Cell.Cell!.Value;
        (int to, int toOther) = (operation.Images[atom], operation.Images[other]);
        Cartesian Between(int from, int to) => supercell.Cell.PositionOf(to) - supercell.Cell.PositionOf(from);
        Cartesian turned = operation.Apply(Between(atom, other) + basis.ToCartesian(supercell.ImageOf(cell)));
        Fractional f = basis.Reciprocal.Project(turned - Between(to, toOther));
        var image = new CellImage((int)Math.Round(f.X), (int)Math.Round(f.Y), (int)Math.Round(f.Z));
        return toOther * supercell.CellCount + supercell.CellOf(image);
    }

    // R' K R for the block of a pair; turn holds the columns of R.
    private static void AddTurnedBack(ReadOnlySpan<double> block, double[] turn, Span<double> result, int stride, double weight)
    {
        for (int a = 0; a < 3; a++)
        {
            for (int b = 0; b < 3; b++)
            {
                double sum = 0;
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 3; j++)
                        sum += turn[3 * a + i] * block[i * stride + j] * turn[3 * b + j];
                }

                result[a * stride + b] += weight * sum;
            }
        }
    }
}
