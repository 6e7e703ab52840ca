namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>
/// Parts a periodic map into the basins of its maxima: voxels are flooded from the highest down, each joins the highest neighbor that is
/// flooded. Equal neighbors are one maximum: atoms on special positions lie on corners of voxels, where eight voxels tie. Keeps its working
/// space.
/// </summary>
/// <param name="size">Voxels along an edge.</param>
internal sealed class Watershed(int size)
{
    /// <summary>The basin of voxels that are in none.</summary>
    public const int None = -1;

    private readonly int[] _order = new int[size * size * size];
    private readonly float[] _keys = new float[size * size * size];
    private readonly int[] _parents = new int[size * size * size];
    private readonly float[] _peaks = new float[size * size * size];

    /// <summary>The basin of each voxel, numbered from 0; <see cref="None"/> outside the mask.</summary>
    public int[] Basins { get; } = new int[size * size * size];

    /// <summary>Floods a map.</summary>
    /// <param name="heights">The map, [z][y][x].</param>
    /// <param name="isInside">The mask.</param>
    /// <param name="colors">A vector of length 1 for each voxel, [voxel][component]: what neighbors must agree in.</param>
    /// <param name="components">Number of components.</param>
    /// <param name="leastCosine">Neighbors whose vectors agree less are no neighbors.</param>
    /// <param name="mergeRatio">Basins are one when the saddle between them is higher than this share of the lower maximum.</param>
    /// <returns>Number of basins.</returns>
    public int Flood(
        ReadOnlySpan<float> heights, ReadOnlySpan<bool> isInside, ReadOnlySpan<float> colors, int components, double leastCosine,
        double mergeRatio)
    {
        int count = Sort(heights, isInside);
        Array.Fill(Basins, None);
        int basins = 0;
        for (int i = 0; i < count; i++)
        {
            int voxel = _order[i];
            int joined = None;
            float best = float.NegativeInfinity;
            for (int neighbor = 0; neighbor < 27; neighbor++)
            {
                int other = Neighbor(voxel, neighbor);
                if (Basins[other] == None || other == voxel || !Agree(colors, components, voxel, other, leastCosine))
                    continue;
                int root = Root(Basins[other]);
                if (joined == None || heights[other] > best)
                    (joined, best) = (root, heights[other]);
            }

            if (joined == None)
            {
                _parents[basins] = basins;
                _peaks[basins] = heights[voxel];
                Basins[voxel] = basins++;
                continue;
            }

            Basins[voxel] = joined;
            for (int neighbor = 0; neighbor < 27; neighbor++)
            {
                int other = Neighbor(voxel, neighbor);
                if (Basins[other] != None && Agree(colors, components, voxel, other, leastCosine))
                    Merge(Basins[voxel], Basins[other], heights[voxel], mergeRatio);
            }
        }

        return Renumber(basins);
    }

    // From the highest down, equal ones in their order.
    private int Sort(ReadOnlySpan<float> heights, ReadOnlySpan<bool> isInside)
    {
        int count = 0;
        for (int voxel = 0; voxel < heights.Length; voxel++)
        {
            if (isInside[voxel])
                (_order[count], _keys[count++]) = (voxel, -heights[voxel]);
        }

        Span<int> order = _order.AsSpan(0, count);
        MemoryExtensions.Sort(_keys.AsSpan(0, count), order);
        // The sort is not stable: runs of equal keys are put in order.
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && _keys[end] == _keys[start])
                end++;
            order[start..end].Sort();
            start = end;
        }

        return count;
    }

    private void Merge(int first, int second, float saddle, double ratio)
    {
        (first, second) = (Root(first), Root(second));
        if (first == second)
            return;
        (int lower, int higher) = _peaks[first] < _peaks[second] ? (first, second) : (second, first);
        if (saddle > ratio * _peaks[lower])
            _parents[lower] = higher;
    }

    private int Root(int basin)
    {
        while (_parents[basin] != basin)
            basin = _parents[basin] = _parents[_parents[basin]];
        return basin;
    }

    private int Renumber(int basins)
    {
        int[] numbers = new int[basins];
        Array.Fill(numbers, None);
        int next = 0;
        foreach (ref int basin in Basins.AsSpan())
        {
            if (basin == None)
                continue;
            int root = Root(basin);
            if (numbers[root] == None)
                numbers[root] = next++;
            basin = numbers[root];
        }

        return next;
    }

    private int Neighbor(int voxel, int neighbor)
    {
        int x = voxel % size + neighbor % 3 - 1, y = voxel / size % size + neighbor / 3 % 3 - 1,
            z = voxel / (size * size) + neighbor / 9 - 1;
        return (Wrap(z) * size + Wrap(y)) * size + Wrap(x);
    }

    private int Wrap(int place) => place < 0 ? place + size : place >= size ? place - size : place;

    private static bool Agree(ReadOnlySpan<float> colors, int components, int first, int second, double leastCosine)
    {
        if (double.IsNegativeInfinity(leastCosine))
            return true;
        float cosine = 0;
        for (int k = 0; k < components; k++)
            cosine += colors[first * components + k] * colors[second * components + k];
        return cosine > leastCosine;
    }
}
