using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Generation.Data;

/// <summary>A rotation that carries a cube into itself: axes are exchanged, and some of them turned round.</summary>
/// <param name="AxisX">The axis that the new x comes from, 0 to 2.</param>
/// <param name="AxisY">The axis that the new y comes from.</param>
/// <param name="AxisZ">The axis that the new z comes from.</param>
/// <param name="Turned">Bit i is set when the new axis i is turned round.</param>
public readonly record struct CubeRotation(int AxisX, int AxisY, int AxisZ, int Turned)
{
    /// <summary>All 24, the identity first.</summary>
    public static IReadOnlyList<CubeRotation> All { get; } =
    [
        .. from x in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 3) from turned in Enumerable.Range(0, 8)
           where x != y && IsProper(x, y, turned) select new CubeRotation(x, y, 3 - x - y, turned),
    ];

    /// <summary>The rotated position, in the cell again.</summary>
    public Fractional Apply(Fractional f)
        => new Fractional(Sign(0) * Along(f, AxisX), Sign(1) * Along(f, AxisY), Sign(2) * Along(f, AxisZ)).Wrapped();

    /// <summary>The rotated crystal.</summary>
    public CubicCell Apply(CubicCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        CubeRotation rotation = this;
        return cell with { Positions = [.. cell.Positions.Select(rotation.Apply)] };
    }

    /// <summary>Rotates voxels, [z][y][x].</summary>
    public void Apply<T>(ReadOnlySpan<T> from, Span<T> to, int size)
    {
        Span<int> strides = [1, size, size * size];
        int next = 0;
        for (int z = 0; z < size; z++)
        {
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                    to[next++] = from[Old(x, 0, size) * strides[AxisX] + Old(y, 1, size) * strides[AxisY] + Old(z, 2, size)
                        * strides[AxisZ]];
            }
        }
    }

    private int Old(int voxel, int axis, int size) => (Turned >> axis & 1) == 0 ? voxel : size - 1 - voxel;

    private int Sign(int axis) => (Turned >> axis & 1) == 0 ? 1 : -1;

    private static double Along(Fractional f, int axis) => axis switch { 0 => f.X, 1 => f.Y, _ => f.Z };

    // The exchange is even when y follows x; every turned axis changes the hand.
    private static bool IsProper(int x, int y, int turned) => ((y - x + 3) % 3 == 1) == (int.PopCount(turned) % 2 == 0);
}
