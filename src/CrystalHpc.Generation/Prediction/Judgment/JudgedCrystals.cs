using System.Globalization;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>Scores of crystals, of all and kind by kind.</summary>
public sealed class JudgedCrystals
{
    private readonly SortedDictionary<CellClass, (VoxelScores Voxels, CellScores Cells)> _byKind = [];
    private readonly List<(GenerationSample, double, CubicCell?)> _crystals = [];
    private readonly int _size;

    /// <summary>No crystals yet.</summary>
    /// <param name="size">Voxels along an edge.</param>
    public JudgedCrystals(int size) => (_size, Cells) = (size, new CellScores(size));

    /// <summary>Scores of the voxels of all.</summary>
    public VoxelScores Voxels { get; } = new();

    /// <summary>Scores of the cells of all.</summary>
    public CellScores Cells { get; }

    /// <summary>Scores kind by kind.</summary>
    public IReadOnlyDictionary<CellClass, (VoxelScores Voxels, CellScores Cells)> ByKind => _byKind;

    /// <summary>The crystals with the edge and the cell that were read.</summary>
    public IReadOnlyList<(GenerationSample Sample, double Edge, CubicCell? Decoded)> Crystals => _crystals;

    /// <summary>Adds a crystal.</summary>
    /// <param name="sample">The crystal.</param>
    /// <param name="species">True atomic number of each voxel.</param>
    /// <param name="maps">What the model says.</param>
    /// <param name="decoded">The cell that it becomes; null when there is none.</param>
    public void Add(GenerationSample sample, ReadOnlySpan<byte> species, VoxelMaps maps, CubicCell? decoded)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(maps);
        if (!_byKind.TryGetValue(sample.Class, out (VoxelScores Voxels, CellScores Cells) kind))
            _byKind[sample.Class] = kind = (new VoxelScores(), new CellScores(_size));
        _crystals.Add((sample, maps.EdgeAngstrom, decoded));
        foreach ((VoxelScores voxels, CellScores cells) in new[] { (Voxels, Cells), kind })
        {
            voxels.Add(species, maps);
            cells.Add(sample.Cell, maps.EdgeAngstrom, decoded);
        }
    }

    /// <summary>A table: all crystals and kind by kind.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{"kind",-12}{"cells",7}{"recall",9}{"F1",8}{"F1 bg",8}{"EMD, A",9}{"dN",8}{"edge, A",9}{"valid %",9}"
            + $"{"complete %",12}{"match %",9}{"rms",8}";
        yield return Line("all", Voxels, Cells);
        foreach ((CellClass kind, (VoxelScores voxels, CellScores cells)) in _byKind)
            yield return Line(kind.ToString(), voxels, cells);
    }

    /// <summary>Figures of all crystals and of each kind by <c>PREFIX.KIND.METRIC</c>.</summary>
    public IEnumerable<KeyValuePair<string, double>> Metrics(string prefix) =>
        _byKind.Select(pair => (Name: pair.Key.ToString().ToLowerInvariant(), pair.Value.Voxels, pair.Value.Cells))
            .Prepend((Name: "all", Voxels, Cells))
            .SelectMany(part => new (string Name, double Value)[]
            {
                ("recall", part.Voxels.Recall), ("f1", part.Voxels.F1WithoutBackground), ("f1_background", part.Voxels.F1WithBackground),
                ("emd_A", part.Cells.EarthMoversDistance), ("site_difference", part.Cells.SiteDifference),
                ("edge_mae_A", part.Cells.EdgeError),
                ("valid", part.Cells.Valid), ("complete", part.Cells.Complete), ("match", part.Cells.Matched),
                ("match_rms", part.Cells.MatchedRms),
            }.Where(metric => double.IsFinite(metric.Value)).Select(metric
            => KeyValuePair.Create($"{prefix}.{part.Name}.{metric.Name}", metric.Value)));

    private static string Line(string name, VoxelScores voxels, CellScores cells) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-12}{cells.Count,7}{voxels.Recall,9:F3}{voxels.F1WithoutBackground,8:F3}{voxels.F1WithBackground,8:F3}"
        + $"{cells.EarthMoversDistance,9:F3}")
        + string.Create(CultureInfo.InvariantCulture,
        $"{cells.SiteDifference,8:F3}{cells.EdgeError,9:F3}{100 * cells.Valid,9:F1}{100 * cells.Complete,12:F1}{100 * cells.Matched,9:F1}"
        + $"{cells.MatchedRms,8:F3}");
}
