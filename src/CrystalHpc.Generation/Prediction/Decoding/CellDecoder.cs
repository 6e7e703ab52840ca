using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>
/// From voxels to a crystal, by a matched filter: the height of a voxel is the sum over elements of their probability there times what a
/// ball of the element's size holds of it; basins of its maxima are atoms. The maxima of the density itself, which the seed takes, hide
/// light atoms beside heavy ones; <see cref="DecoderOptions.OfDensity"/> is that, for comparison. Never fails: what is no crystal has no
/// cell. Keeps its working space: one serves one thread.
/// </summary>
public sealed class CellDecoder
{
    // Only the elements with the most voxels can be atoms of a small cell.
    private const int MostElements = 16;

    private readonly DecoderOptions _options;
    private readonly Voxelizer _voxelizer;
    private readonly BallFilter _filter;
    private readonly Watershed _watershed;
    private readonly PositionRefinement _refinement;
    private readonly MapSymmetry _symmetry;
    private readonly bool[] _isInside;
    private readonly float[] _heights, _map;
    private readonly double[] _sums;
    private readonly float[] _colors;
    private readonly double[] _cosines, _sines;

    /// <summary>A decoder.</summary>
    /// <param name="voxelizer">How the voxels were made; the grid spans the cell.</param>
    /// <param name="options">Tolerances; those that are best when omitted.</param>
    /// <exception cref="ArgumentException">The grid is wider than the cell.</exception>
    public CellDecoder(Voxelizer voxelizer, DecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        VoxelGrid grid = voxelizer.Grid;
        if (grid.Margin != 0)
            throw new ArgumentException("a grid with a margin holds some atoms twice", nameof(voxelizer));
        (_voxelizer, _options) = (voxelizer, options ?? new DecoderOptions());
        (_filter, _watershed, _refinement, _symmetry) = (new(grid.Size), new(grid.Size), new(voxelizer), new(grid.Size));
        (_isInside, _heights, _map) = (new bool[grid.Voxels], new float[grid.Voxels], new float[grid.Voxels]);
        (_sums, _colors) = (new double[grid.Voxels], new float[grid.Voxels * MostElements]);
        _cosines = [.. Enumerable.Range(0, grid.Size).Select(voxel => Math.Cos(2 * Math.PI * grid.Middle(voxel)))];
        _sines = [.. Enumerable.Range(0, grid.Size).Select(voxel => Math.Sin(2 * Math.PI * grid.Middle(voxel)))];
    }

    /// <summary>The crystal that maps show; null when they show none. Where a symmetry is imposed the maps have it afterwards.</summary>
    public CubicCell? Decode(VoxelMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        VoxelGrid grid = _voxelizer.Grid;
        if (!(maps.EdgeAngstrom is >= DecoderOptions.LeastEdgeAngstrom and <= DecoderOptions.MostEdgeAngstrom))
            return null;
        SetInside(maps);
        if (_options.MostDensityChange > 0 && _symmetry.Impose(maps, _isInside, _options.MostDensityChange, _options.MostSpeciesChange) > 1)
            SetInside(maps);
        int[] elements = Choose(maps);
        if (elements.Length == 0)
            return null;
        SetHeights(maps, elements);
        int basins = _watershed.Flood(_heights, _isInside, _colors, elements.Length, _options.LeastCosine, _options.MergeRatio);
        return Gather(maps, elements, basins) is { } cell ? _refinement.Refine(cell, maps.Density, _options.RefinementSteps) : null;
    }

    private void SetInside(VoxelMaps maps)
    {
        for (int voxel = 0; voxel < _isInside.Length; voxel++)
            _isInside[voxel] = maps.Occupancy[voxel] > _options.LeastOccupancy && float.IsFinite(maps.Density[voxel]);
    }

    // The elements with the most voxels, at least two of them on a grid of 16.
    private int[] Choose(VoxelMaps maps)
    {
        int count = maps.Species.Count;
        double[] masses = new double[count];
        for (int voxel = 0; voxel < _isInside.Length; voxel++)
        {
            if (!_isInside[voxel])
                continue;
            ReadOnlySpan<float> row = maps.Probabilities.AsSpan(voxel * count, count);
            for (int k = 0; k < count; k++)
                masses[k] += float.IsFinite(row[k]) ? maps.Occupancy[voxel] * row[k] : 0;
        }

        return [.. Enumerable.Range(0, count).Where(k => masses[k] > Scaled(2)).OrderByDescending(k => masses[k]).Take(MostElements)];
    }

    private void SetHeights(VoxelMaps maps, int[] elements)
    {
        int species = maps.Species.Count, count = elements.Length;
        Array.Clear(_heights);
        for (int k = 0; k < count; k++)
        {
            for (int voxel = 0; voxel < _map.Length; voxel++)
            {
                float probability = maps.Probabilities[voxel * species + elements[k]];
                _map[voxel] = _isInside[voxel] && float.IsFinite(probability) ? maps.Occupancy[voxel] * probability : 0;
            }

            if (_options.ByDensity)
                continue;
            double radius = _options.BallShare * VoxelRadii.Of(maps.Species.Elements[elements[k]]) / maps.EdgeAngstrom
                * _voxelizer.Grid.Size;
            _filter.Sum(_map, radius, _sums);
            for (int voxel = 0; voxel < _map.Length; voxel++)
            {
                if (_isInside[voxel])
                    _heights[voxel] += _map[voxel] / maps.Occupancy[voxel] * (float)_sums[voxel];
            }
        }

        for (int voxel = 0; voxel < _map.Length; voxel++)
        {
            // Ties are kept from falling to rounding.
            _heights[voxel] = _options.ByDensity ? maps.Density[voxel] : MathF.Round(_heights[voxel], 3);
            Span<float> color = _colors.AsSpan(voxel * count, count);
            float square = 0;
            for (int k = 0; k < count; k++)
            {
                float probability = maps.Probabilities[voxel * species + elements[k]];
                color[k] = float.IsFinite(probability) ? probability : 0;
                square += color[k] * color[k];
            }

            for (int k = 0; k < count; k++)
                color[k] /= MathF.Max(MathF.Sqrt(square), 1e-9f);
        }
    }

    // A site for each basin that is large enough: the circular mean of its voxels, the element that most of them say. The larger of two
    // close sites stays.
    private CubicCell? Gather(VoxelMaps maps, int[] elements, int basins)
    {
        int size = _voxelizer.Grid.Size, species = maps.Species.Count, count = elements.Length;
        double[] circles = new double[basins * 6], votes = new double[basins * count];
        int[] voxels = new int[basins];
        for (int voxel = 0; voxel < _isInside.Length; voxel++)
        {
            int basin = _watershed.Basins[voxel];
            if (basin == Watershed.None)
                continue;
            voxels[basin]++;
            Span<double> circle = circles.AsSpan(basin * 6, 6);
            (int x, int y, int z) = (voxel % size, voxel / size % size, voxel / (size * size));
            (circle[0], circle[1]) = (circle[0] + _cosines[x], circle[1] + _sines[x]);
            (circle[2], circle[3]) = (circle[2] + _cosines[y], circle[3] + _sines[y]);
            (circle[4], circle[5]) = (circle[4] + _cosines[z], circle[5] + _sines[z]);
            for (int k = 0; k < count; k++)
            {
                float probability = maps.Probabilities[voxel * species + elements[k]];
                votes[basin * count + k] += float.IsFinite(probability) ? maps.Occupancy[voxel] * probability : 0;
            }
        }

        double edge = maps.EdgeAngstrom;
        var kept = new List<(Element Element, Fractional Position)>();
        foreach (int basin in Enumerable.Range(0, basins).Where(basin => voxels[basin] >= Scaled(_options.LeastVoxels))
            .OrderByDescending(basin => voxels[basin]))
        {
            ReadOnlySpan<double> circle = circles.AsSpan(basin * 6, 6), vote = votes.AsSpan(basin * count, count);
            var position = new Fractional(Place(circle[0], circle[1]), Place(circle[2], circle[3]), Place(circle[4], circle[5]));
            int best = 0;
            for (int k = 1; k < count; k++)
            {
                if (vote[k] > vote[best])
                    best = k;
            }

            if (kept.TrueForAll(site => Distance(site.Position, position, edge) >= _options.LeastDistanceAngstrom))
                kept.Add((maps.Species.Elements[elements[best]], position));
            if (kept.Count > DecoderOptions.MostSites)
                return null;
        }

        return kept.Count == 0 ? null
            : new CubicCell(edge, [.. kept.Select(site => site.Element)], [.. kept.Select(site => site.Position)]);
    }

    private double Scaled(double voxels) => voxels * _voxelizer.Grid.Voxels / 4096.0;

    private static double Place(double cosine, double sine)
    {
        double place = Math.Atan2(sine, cosine) / (2 * Math.PI);
        return new Fractional(place, 0, 0).Wrapped().X;
    }

    private static double Distance(Fractional first, Fractional second, double edge)
    {
        Fractional d = (first - second).Nearest();
        return edge * Math.Sqrt(d.X * d.X + d.Y * d.Y + d.Z * d.Z);
    }
}
