using System.Numerics;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>
/// Frequencies of harmonic waves in a crystal. Each force constant acts between an atom and the nearest image of the other; images that are
/// equally near share it (K. Parlinski, Z. Q. Li and Y. Kawazoe, Phys. Rev. Lett. 78 (1997) 4063).
/// </summary>
internal sealed class DynamicalMatrix
{
    // As near as phonopy takes for equal, A; and as far as the nearest image of a pair may be sought, in supercells.
    private const double EqualAngstrom = 1e-5;
    private const int Reach = 2;

    private readonly int _size;
    private readonly List<CellImage> _images = [];
    private readonly List<Term> _terms = [];

    /// <summary>The matrices of force constants.</summary>
    public DynamicalMatrix(ForceConstants constants)
    {
        Supercell supercell = constants.Supercell;
        AtomFrame cell = supercell.Cell;
        _size = 3 * cell.AtomCount;
        double[] masses = [.. cell.Species.Select(ElementData.AtomicWeight)];
        var numbers = new Dictionary<CellImage, int>();
        for (int atom = 0; atom < cell.AtomCount; atom++)
        {
            for (int other = 0; other < supercell.Frame.AtomCount; other++)
            {
                int kind = other / supercell.CellCount;
                List<CellImage> nearest = NearestImages(supercell, atom, kind, supercell.ImageOf(other % supercell.CellCount));
                double[] block = new double[9];
                for (int i = 0; i < 9; i++)
                    block[i] = constants[3 * atom + i / 3, 3 * other + i % 3] / (nearest.Count * Math.Sqrt(masses[atom] * masses[kind]));
                foreach (CellImage image in nearest)
                {
                    if (!numbers.TryGetValue(image, out int number))
                    {
                        numbers[image] = number = _images.Count;
                        _images.Add(image);
                    }

                    _terms.Add(new Term(3 * atom, 3 * kind, number, block));
                }
            }
        }
    }

    /// <summary>Number of waves of each wave vector.</summary>
    public int BranchCount => _size;

    /// <summary>Frequencies of a wave vector in ascending order, THz; imaginary ones as negative numbers.</summary>
    /// <param name="q">The wave vector in fractions of the reciprocal vectors of the cell.</param>
    public double[] Frequencies(Fractional q)
    {
        Complex[] phases = [.. _images.Select(image => PhaseOf(q.X * image.A + q.Y * image.B + q.Z * image.C))];
        var matrix = new Complex[_size, _size];
        foreach (Term term in _terms)
        {
            Complex phase = phases[term.Image];
            for (int i = 0; i < 9; i++)
                matrix[term.Row + i / 3, term.Column + i % 3] += term.Block[i] * phase;
        }

        for (int row = 0; row < _size; row++)
        {
            matrix[row, row] = matrix[row, row].Real;
            for (int column = 0; column < row; column++)
            {
                Complex mean = 0.5 * (matrix[row, column] + Complex.Conjugate(matrix[column, row]));
                (matrix[row, column], matrix[column, row]) = (mean, Complex.Conjugate(mean));
            }
        }

        IEnumerable<Complex> squares = Matrix<Complex>.Build.DenseOfArray(matrix).Evd(Symmetricity.Hermitian).EigenValues;
        return [.. squares.Select(value => value.Real).Order()
            .Select(square => Units.TerahertzOfUnitSpring * Math.CopySign(Math.Sqrt(Math.Abs(square)), square))];
    }

    private static Complex PhaseOf(double turns)
    {
        (double sine, double cosine) = double.SinCosPi(2 * turns);
        return new Complex(cosine, sine);
    }

    // Translations from the cell of an atom to those of the nearest images of another.
    private static List<CellImage> NearestImages(Supercell supercell, int atom, int other, CellImage start)
    {
        Basis basis = supercell.Cell.Cell!.Value;
        Cartesian difference = supercell.Cell.PositionOf(other) - supercell.Cell.PositionOf(atom);
        var images = new List<(CellImage Image, double Length)>();
        for (int a = -Reach; a <= Reach; a++)
        {
            for (int b = -Reach; b <= Reach; b++)
            {
                for (int c = -Reach; c <= Reach; c++)
                {
                    CellImage image = start + new CellImage(a * supercell.Counts[0], b * supercell.Counts[1], c * supercell.Counts[2]);
                    images.Add((image, (difference + basis.ToCartesian(image)).Length));
                }
            }
        }

        double least = images.Min(image => image.Length);
        return [.. images.Where(image => image.Length < least + EqualAngstrom).Select(image => image.Image)];
    }

    /// <summary>Nine numbers of the matrix, times the phase of an image.</summary>
    private readonly record struct Term(int Row, int Column, int Image, double[] Block);
}
