using CrystalHpc.Core.Crystals;
using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.Potentials.Simulation.Elasticity;

/// <summary>Elastic constants C of a crystal as a matrix of six rows and columns in Voigt's order xx, yy, zz, yz, xz, xy, GPa.</summary>
internal sealed class ElasticTensor
{
    private const int Size = 6;

    private static readonly (int I, int J)[] Pairs = [(0, 0), (1, 1), (2, 2), (1, 2), (0, 2), (0, 1)];

    private readonly double[] _c;

    /// <summary>Takes a matrix, row after row, GPa.</summary>
    public ElasticTensor(double[] constants) => _c = constants;

    /// <summary>An element, GPa.</summary>
    public double this[int row, int column] => _c[Size * row + column];

    /// <summary>Averages of Voigt (upper bounds): bulk and shear modulus, GPa (R. Hill, Proc. Phys. Soc. A 65 (1952) 349).</summary>
    public (double Bulk, double Shear) Voigt => Moduli(_c);

    /// <summary>Averages of Reuss (lower bounds): bulk and shear modulus, GPa.</summary>
    public (double Bulk, double Shear) Reuss
    {
        get
        {
            double[] s = [.. Matrix<double>.Build.DenseOfRowMajor(Size, Size, _c).Inverse().Transpose().ToColumnMajorArray()];
            double axial = s[0] + s[7] + s[14], mixed = s[1] + s[2] + s[8], shear = s[21] + s[28] + s[35];
            return (1 / (axial + 2 * mixed), 15 / (4 * axial - 4 * mixed + 3 * shear));
        }
    }

    /// <summary>Means of the bounds: bulk and shear modulus, GPa.</summary>
    public (double Bulk, double Shear) Hill => ((Voigt.Bulk + Reuss.Bulk) / 2, (Voigt.Shear + Reuss.Shear) / 2);

    /// <summary>Young's modulus of a polycrystal, GPa.</summary>
    public double Young => 9 * Hill.Bulk * Hill.Shear / (3 * Hill.Bulk + Hill.Shear);

    /// <summary>Poisson's ratio of a polycrystal.</summary>
    public double Poisson => (3 * Hill.Bulk - 2 * Hill.Shear) / (2 * (3 * Hill.Bulk + Hill.Shear));

    /// <summary>
    /// Eigenvalues, ascending, GPa; all positive: the crystal is stable (F. Mouhat and F.-X. Coudert, Phys. Rev. B 90 (2014) 224104).
    /// </summary>
    public double[] Eigenvalues => [.. Matrix<double>.Build.DenseOfRowMajor(Size, Size, _c)
        .Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];

    /// <summary>Largest difference between C_ij and C_ji, GPa.</summary>
    public double Asymmetry => Enumerable.Range(0, Size).Max(i => Enumerable.Range(0, Size).Max(j => Math.Abs(this[i, j] - this[j, i])));

    /// <summary>Largest difference of an element from that of another tensor, GPa.</summary>
    public double DistanceTo(ElasticTensor other) => _c.Zip(other._c, (a, b) => Math.Abs(a - b)).Max();

    /// <summary>The nearest tensor with the symmetry of a crystal: the mean over its rotations, C_ij = C_ji included.</summary>
    public ElasticTensor Symmetrized(IEnumerable<FrameSymmetry.AtomOperation> operations)
    {
        var sum = new double[Size * Size];
        int count = 0;
        foreach (FrameSymmetry.AtomOperation operation in operations)
        {
            count++;
            for (int row = 0; row < Size; row++)
            {
                for (int column = 0; column < Size; column++)
                    sum[Size * row + column] += Turned(operation.Columns, Pairs[row], Pairs[column]);
            }
        }

        return new ElasticTensor([.. sum.Select((_, i) => (sum[i] + sum[i % Size * Size + i / Size]) / (2 * count))]);
    }

    // C'_ijkl = R_ip R_jq R_kr R_ls C_pqrs.
    private double Turned(Cartesian[] columns, (int I, int J) left, (int I, int J) right)
    {
        double sum = 0;
        for (int p = 0; p < 3; p++)
        {
            for (int q = 0; q < 3; q++)
            {
                for (int r = 0; r < 3; r++)
                {
                    for (int s = 0; s < 3; s++)
                    {
                        sum += Component(columns[p], left.I) * Component(columns[q], left.J) * Component(columns[r], right.I)
                            * Component(columns[s], right.J)
                            * this[Index(p, q), Index(r, s)];
                    }
                }
            }
        }

        return sum;
    }

    private static int Index(int i, int j) => i == j ? i : 6 - i - j;

    private static double Component(Cartesian v, int axis) => axis == 0 ? v.X : axis == 1 ? v.Y : v.Z;

    private static (double Bulk, double Shear) Moduli(double[] c)
    {
        double axial = c[0] + c[7] + c[14], mixed = c[1] + c[2] + c[8], shear = c[21] + c[28] + c[35];
        return ((axial + 2 * mixed) / 9, (axial - mixed + 3 * shear) / 15);
    }
}
