using System.Numerics;
using System.Runtime.InteropServices;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Generation.Data;

/// <summary>
/// Voxels of cubic cells: [z][y][x], x fastest. The vectors run along x; <see cref="PlainVoxelizer"/> is the same by its formulas. Keeps
/// its working space: one serves one thread.
/// </summary>
/// <param name="grid">The grid.</param>
public sealed class Voxelizer(VoxelGrid grid)
{
    /// <summary>Squared distances closer than this, A^2, are equal: the earlier atom keeps a voxel that it shares with another.</summary>
    internal const double Tie = 1e-9;

    private readonly double[] _sums = new double[3 * grid.Size];
    private readonly float[] _alongX = new float[grid.Size];
    private readonly double[] _best = new double[grid.Voxels];

    /// <summary>The grid.</summary>
    public VoxelGrid Grid => grid;

    /// <summary>The width of the density of an element, A.</summary>
    public double WidthOf(Element element) => grid.HasUnitWidth ? 1 : VoxelRadii.Of(element);

    /// <summary>The density: a Gaussian for each atom, summed over periodic images.</summary>
    /// <param name="cell">The atoms.</param>
    /// <param name="density">Receives electrons per A^3, one number a voxel.</param>
    public void FillDensity(CubicCell cell, Span<float> density)
    {
        ArgumentNullException.ThrowIfNull(cell);
        int size = grid.Size;
        density = density[..grid.Voxels];
        density.Clear();
        Span<double> alongX = _sums.AsSpan(0, size), alongY = _sums.AsSpan(size, size), alongZ = _sums.AsSpan(2 * size, size);
        for (int atom = 0; atom < cell.Count; atom++)
        {
            double width = WidthOf(cell.Elements[atom]), edge = cell.EdgeAngstrom;
            AtomShadows.Fill(grid, cell.Positions[atom].X, width, edge, alongX, []);
            AtomShadows.Fill(grid, cell.Positions[atom].Y, width, edge, alongY, []);
            AtomShadows.Fill(grid, cell.Positions[atom].Z, width, edge, alongZ, []);
            double amplitude = AtomShadows.Amplitude(cell.Elements[atom].AtomicNumber, width, grid.IsNormalized);
            for (int x = 0; x < size; x++)
                _alongX[x] = (float)alongX[x];
            for (int z = 0; z < size; z++)
            {
                for (int y = 0; y < size; y++)
                    AddScaled((float)(amplitude * alongZ[z] * alongY[y]), _alongX, density.Slice((z * size + y) * size, size));
            }
        }
    }

    /// <summary>The species: the atomic number of the nearest atom within its radius, 0 where there is none.</summary>
    /// <param name="cell">The atoms.</param>
    /// <param name="species">Receives one number a voxel.</param>
    public void FillSpecies(CubicCell cell, Span<byte> species)
    {
        ArgumentNullException.ThrowIfNull(cell);
        int size = grid.Size;
        species = species[..grid.Voxels];
        species.Clear();
        Array.Fill(_best, double.PositiveInfinity);
        Span<double> alongX = _sums.AsSpan(0, size), alongY = _sums.AsSpan(size, size), alongZ = _sums.AsSpan(2 * size, size);
        for (int atom = 0; atom < cell.Count; atom++)
        {
            double radius = VoxelRadii.Of(cell.Elements[atom]), square = radius * radius + Tie;
            FillSquares(cell.Positions[atom].X, cell.EdgeAngstrom, alongX);
            FillSquares(cell.Positions[atom].Y, cell.EdgeAngstrom, alongY);
            FillSquares(cell.Positions[atom].Z, cell.EdgeAngstrom, alongZ);
            byte number = cell.Elements[atom].AtomicNumber;
            for (int z = 0; z < size; z++)
            {
                for (int y = 0; y < size; y++)
                {
                    double across = alongZ[z] + alongY[y];
                    int start = (z * size + y) * size;
                    if (across <= square)
                        Claim(across, alongX, square, number, _best.AsSpan(start, size), species.Slice(start, size));
                }
            }
        }
    }

    /// <summary>The coordinates of the middles of the voxels along an axis, A: the same for all three in a cubic cell.</summary>
    public void FillCoordinates(CubicCell cell, Span<float> alongAxis)
    {
        ArgumentNullException.ThrowIfNull(cell);
        for (int voxel = 0; voxel < grid.Size; voxel++)
            alongAxis[voxel] = (float)(grid.Middle(voxel) * cell.EdgeAngstrom);
    }

    private void FillSquares(double position, double edge, Span<double> squares)
    {
        for (int voxel = 0; voxel < squares.Length; voxel++)
            squares[voxel] = PlainVoxelizer.SquaredDistance(grid.Middle(voxel), position, edge);
    }

    private static void AddScaled(float factor, ReadOnlySpan<float> addend, Span<float> target)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        var factors = new Vector<float>(factor);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.FusedMultiplyAdd(factors, addends[i], vectors[i]);
        for (int i = vectors.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] = MathF.FusedMultiplyAdd(factor, addend[i], target[i]);
    }

    private static void Claim(double across, ReadOnlySpan<double> alongX, double square, byte number, Span<double> best, Span<byte> species)
    {
        for (int x = 0; x < best.Length; x++)
        {
            double distance = across + alongX[x];
            if (distance <= square && distance < best[x] - Tie)
                (best[x], species[x]) = (distance, number);
        }
    }
}
