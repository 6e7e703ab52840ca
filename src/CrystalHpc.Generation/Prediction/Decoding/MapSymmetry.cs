using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>
/// The symmetry that maps have but for noise, imposed: density, occupancy and probabilities become their means over equivalent voxels. A
/// network does not know that equivalent voxels hold the same; their mean is nearer to the truth than each. Keeps its working space.
/// </summary>
/// <param name="size">Voxels along an edge.</param>
internal sealed class MapSymmetry(int size)
{
    private readonly int _voxels = size * size * size;
    private readonly int[] _images = new int[size * size * size];
    private readonly int[] _orbit = new int[GridOperations.Count];
    private readonly bool[] _isDone = new bool[size * size * size];
    private readonly List<int> _occupied = [];
    private float[] _unit = [], _mean = [];

    /// <summary>Finds the operations under which maps stay nearly the same, and imposes them.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="isInside">Voxels that hold atoms.</param>
    /// <param name="mostDensity">An operation may change the density by this share of its deviation from the mean, root mean
    /// squares.</param>
    /// <param name="mostSpecies">The probabilities of elements in occupied voxels may differ by this: 1 less the mean cosine.</param>
    /// <returns>Number of operations that are imposed, the identity among them.</returns>
    public int Impose(VoxelMaps maps, ReadOnlySpan<bool> isInside, double mostDensity, double mostSpecies)
    {
        List<int> found = Operations(maps, isInside, mostDensity, mostSpecies);
        var isFound = new bool[GridOperations.Count];
        foreach (int operation in found)
            isFound[operation] = true;

        // Those that carry the set into itself are a group, whatever noise let in.
        int[] group = [.. found.Where(first => found.TrueForAll(second => isFound[GridOperations.Product(first, second)]))];
        if (group.Length > 1)
            Average(maps, group);
        return group.Length;
    }

    private List<int> Operations(VoxelMaps maps, ReadOnlySpan<bool> isInside, double mostDensity, double mostSpecies)
    {
        float[] density = maps.Density;
        double mean = 0, square = 0;
        foreach (float value in density)
            mean += value / _voxels;
        foreach (float value in density)
            square += (value - mean) * (value - mean);
        double most = mostDensity * mostDensity * square;
        LoadSpecies(maps, isInside);
        var found = new List<int> { 0 };
        for (int operation = 1; operation < GridOperations.Count; operation++)
        {
            GridOperations.FillImages(operation, size, _images);
            double change = 0;
            for (int voxel = 0; voxel < density.Length && change <= most; voxel++)
            {
                float difference = density[_images[voxel]] - density[voxel];
                change += difference * difference;
            }

            if (change <= most && Disagreement(isInside, maps.Species.Count) <= mostSpecies)
                found.Add(operation);
        }

        return found;
    }

    private void LoadSpecies(VoxelMaps maps, ReadOnlySpan<bool> isInside)
    {
        int count = maps.Species.Count;
        if (_unit.Length != _voxels * count)
            (_unit, _mean) = (new float[_voxels * count], new float[count]);
        _occupied.Clear();
        for (int voxel = 0; voxel < _voxels; voxel++)
        {
            if (!isInside[voxel])
                continue;
            _occupied.Add(voxel);
            ReadOnlySpan<float> row = maps.Probabilities.AsSpan(voxel * count, count);
            Span<float> unit = _unit.AsSpan(voxel * count, count);
            row.CopyTo(unit);
            float length = MathF.Sqrt(Dot(row, row));
            VectorSpan.Scale(length > 0 && float.IsFinite(length) ? 1 / length : 0, unit);
        }
    }

    // Voxels that are occupied on one side only agree in nothing.
    private double Disagreement(ReadOnlySpan<bool> isInside, int count)
    {
        double agreement = 0;
        foreach (int voxel in _occupied)
        {
            int image = _images[voxel];
            if (isInside[image])
                agreement += Dot(_unit.AsSpan(voxel * count, count), _unit.AsSpan(image * count, count));
        }

        return _occupied.Count == 0 ? 0 : 1 - agreement / _occupied.Count;
    }

    private void Average(VoxelMaps maps, int[] group)
    {
        int count = maps.Species.Count;
        int[] images = new int[group.Length * _voxels];
        for (int i = 0; i < group.Length; i++)
            GridOperations.FillImages(group[i], size, images.AsSpan(i * _voxels, _voxels));
        Array.Clear(_isDone);
        for (int voxel = 0; voxel < _voxels; voxel++)
        {
            if (_isDone[voxel])
                continue;
            int members = 0;
            for (int i = 0; i < group.Length; i++)
            {
                int image = images[i * _voxels + voxel];
                if (_isDone[image])
                    continue;
                _isDone[image] = true;
                _orbit[members++] = image;
            }

            ReadOnlySpan<int> orbit = _orbit.AsSpan(0, members);
            float share = 1f / members, density = 0, occupancy = 0;
            _mean.AsSpan().Clear();
            foreach (int member in orbit)
            {
                density += share * maps.Density[member];
                occupancy += share * maps.Occupancy[member];

                // What a voxel says of elements counts as far as it is occupied.
                VectorSpan.AddScaled(maps.Occupancy[member], maps.Probabilities.AsSpan(member * count, count), _mean);
            }

            float sum = 0;
            foreach (float value in _mean)
                sum += value;
            VectorSpan.Scale(sum > 0 ? 1 / sum : 0, _mean);
            foreach (int member in orbit)
            {
                (maps.Density[member], maps.Occupancy[member]) = (density, occupancy);
                _mean.CopyTo(maps.Probabilities, member * count);
            }
        }
    }

    // Vectors of one width on every processor: thresholds depend on the sums.
    private static float Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Vector512<float> sums = default;
        int lanes = Vector512<float>.Count, i = 0;
        for (; i + lanes <= first.Length; i += lanes)
            sums += Vector512.Create(first.Slice(i, lanes)) * Vector512.Create(second.Slice(i, lanes));
        float sum = Vector512.Sum(sums);
        for (; i < first.Length; i++)
            sum += first[i] * second[i];
        return sum;
    }
}
