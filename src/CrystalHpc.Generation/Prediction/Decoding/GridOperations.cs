namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>
/// The 384 operations that map a cubic grid on itself: the 48 of a cube about the origin of the cell, each followed by half an edge along
/// none, some or all axes.
/// They hold the symmetry of all cubic cells whose atoms lie on such centers, and of the centered ones among them.
/// </summary>
internal static class GridOperations
{
    /// <summary>Number of operations; the first is the identity.</summary>
    public const int Count = 6 * 8 * 8;

    private const int Flips = 8, Shifts = 8;

    private static readonly byte[][] Permutations = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    private static readonly short[] Products = Compose();

    /// <summary>The operation that is the second, then the first.</summary>
    public static int Product(int first, int second) => Products[first * Count + second];

    /// <summary>The voxel that each voxel goes to, [z][y][x].</summary>
    public static void FillImages(int operation, int size, Span<int> images)
    {
        byte[] permutation = Permutations[operation / (Flips * Shifts)];
        int flips = operation / Shifts % Flips, shifts = operation % Shifts;

        // What the place of a voxel along x, y and z adds to the number of its image.
        Span<int> parts = stackalloc int[3 * size];
        for (int axis = 0, stride = 1; axis < 3; axis++, stride *= size)
        {
            for (int place = 0; place < size; place++)
            {
                int image = (flips >> axis & 1) != 0 ? size - 1 - place : place;
                image += (shifts >> axis & 1) != 0 ? size / 2 : 0;
                parts[permutation[axis] * size + place] = stride * (image >= size ? image - size : image);
            }
        }

        for (int z = 0, voxel = 0; z < size; z++)
        {
            for (int y = 0; y < size; y++)
            {
                int row = parts[2 * size + z] + parts[size + y];
                for (int x = 0; x < size; x++)
                    images[voxel++] = row + parts[x];
            }
        }
    }

    // Axis a of the image is that of axis p(a), flipped or not, shifted or not; a shift by half an edge is its own opposite.
    private static short[] Compose()
    {
        short[] products = new short[Count * Count];
        for (int first = 0; first < Count; first++)
        {
            byte[] p = Permutations[first / (Flips * Shifts)];
            for (int second = 0; second < Count; second++)
            {
                byte[] q = Permutations[second / (Flips * Shifts)];
                int flips = first / Shifts % Flips, shifts = first % Shifts;
                for (int axis = 0; axis < 3; axis++)
                {
                    flips ^= (second / Shifts % Flips >> p[axis] & 1) << axis;
                    shifts ^= (second % Shifts >> p[axis] & 1) << axis;
                }

                int permutation = Array.FindIndex(Permutations, r => r[0] == q[p[0]] && r[1] == q[p[1]] && r[2] == q[p[2]]);
                products[first * Count + second] = (short)((permutation * Flips + flips) * Shifts + shifts);
            }
        }

        return products;
    }
}
