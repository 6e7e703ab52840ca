using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>
/// Second derivatives of the energy by the places of an atom of the first cell and of any atom of a supercell, eV/A^2. They are as
/// symmetric as derivatives are, and a shift of all atoms meets no force.
/// </summary>
internal sealed class ForceConstants
{
    private readonly double[] _values;

    private ForceConstants(Supercell supercell, double[] values) => (Supercell, _values) = (supercell, values);

    /// <summary>The supercell.</summary>
    public Supercell Supercell { get; }

    /// <summary>By a component (3 atom + axis) of the first cell and one of the supercell.</summary>
    public double this[int row, int column] => _values[row * 3 * Supercell.Frame.AtomCount + column];

    /// <summary>The constants that follow from forces.</summary>
    /// <param name="sets">The forces.</param>
    /// <param name="symmetry">The symmetry of cell and supercell, which they are given; null: they are left as they are.</param>
    public static ForceConstants Of(ForceSets sets, FrameSymmetry? symmetry)
    {
        Supercell supercell = sets.Supercell;
        int rows = 3 * supercell.Cell.AtomCount, columns = 3 * supercell.Frame.AtomCount;
        var measured = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                measured[row * columns + column] = sets.Curvature(row, column);
        }

        if (symmetry is not null)
            measured = CrystalAverage.Of(supercell, measured, symmetry);
        double[] symmetric = Symmetrize(supercell, measured);
        TakeShiftsOut(supercell, symmetric);
        return new ForceConstants(supercell, symmetric);
    }

    // The pair seen from either of its atoms.
    private static double[] Symmetrize(Supercell supercell, double[] values)
    {
        int rows = 3 * supercell.Cell.AtomCount, cells = supercell.CellCount, columns = rows * cells;
        var result = new double[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                (int atom, int cell, int axis) = (column / 3 / cells, column / 3 % cells, column % 3);
                int back = supercell.CellOf(default(CellImage) - supercell.ImageOf(cell));
                int transposed = (3 * atom + axis) * columns + 3 * (row / 3 * cells + back) + row % 3;
                result[row * columns + column] = 0.5 * (values[row * columns + column] + values[transposed]);
            }
        }

        return result;
    }

    // P K P with P = 1 - (shifts of all atoms): sums over rows and columns vanish, and what is symmetric stays so.
    private static void TakeShiftsOut(Supercell supercell, double[] values)
    {
        int atoms = supercell.Cell.AtomCount, cells = supercell.CellCount, all = atoms * cells, columns = 3 * all;
        double[] sums = new double[9 * atoms], total = new double[9];
        for (int row = 0; row < 3 * atoms; row++)
        {
            for (int column = 0; column < columns; column++)
                sums[3 * row + column % 3] += values[row * columns + column];
        }

        for (int i = 0; i < sums.Length; i++)
            total[i % 9] += cells * sums[i];
        for (int row = 0; row < 3 * atoms; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                (int a, int b) = (row % 3, column % 3);
                int other = column / 3 / cells;
                values[row * columns + column] -= (sums[3 * row + b] + sums[9 * other + 3 * b + a] - total[3 * a + b] / all) / all;
            }
        }
    }
}
