using CrystalHpc.Core.Matching;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>How near decoded cells are to true ones, over crystals.</summary>
public sealed class CellScores
{
    /// <summary>Tolerances of published comparisons: sites 0.5 (V/N)^(1/3), angles 10 degrees, lengths 30 %.</summary>
    public static MatchTolerance MatchTolerance { get; } = new(0.3, 0.5, 10, ScalesVolume: true);

    private readonly StructureMatcher _matcher = new(MatchTolerance);
    private readonly int _size;
    private double _distances, _siteDifferences, _edgeErrors, _rms;
    private int _withCell, _valid, _complete, _matched;

    /// <summary>Scores of cells on a grid.</summary>
    /// <param name="size">Voxels along an edge.</param>
    public CellScores(int size) => _size = size;

    /// <summary>Number of crystals.</summary>
    public int Count { get; private set; }

    /// <summary>Mean over crystals of the mean distance of assigned sites, A.</summary>
    public double EarthMoversDistance => _distances / _withCell;

    /// <summary>Mean difference of the numbers of sites.</summary>
    public double SiteDifference => _siteDifferences / Count;

    /// <summary>Mean absolute error of the edge, A.</summary>
    public double EdgeError => _edgeErrors / Count;

    /// <summary>Share of cells without two sites closer than 0.5 A.</summary>
    public double Valid => (double)_valid / Count;

    /// <summary>Share of cells with every site within half a voxel and every element right.</summary>
    public double Complete => (double)_complete / Count;

    /// <summary>Share of cells that are the same structure within <see cref="MatchTolerance"/>, sites by their root mean square.</summary>
    public double Matched => (double)_matched / Count;

    /// <summary>Mean root mean square displacement of those, in units of (V/N)^(1/3).</summary>
    public double MatchedRms => _rms / _matched;

    /// <summary>Adds a crystal.</summary>
    /// <param name="truth">The crystal.</param>
    /// <param name="edge">The edge that was read, A.</param>
    /// <param name="decoded">The cell that was read; null when there is none.</param>
    /// <returns>The comparison.</returns>
    public CellComparison Add(CubicCell truth, double edge, CubicCell? decoded)
    {
        ArgumentNullException.ThrowIfNull(truth);
        CellComparison comparison = CellComparison.Of(truth, decoded, truth.EdgeAngstrom / _size);
        Count++;
        _edgeErrors += Math.Abs(edge - truth.EdgeAngstrom);
        _siteDifferences += Math.Abs(comparison.Sites);
        _complete += comparison.Fault == CellFault.None ? 1 : 0;
        if (decoded is null)
            return comparison;
        _withCell++;
        _distances += comparison.MeanDistance;
        if (decoded.LeastDistance() < CubicCell.OverlapAngstrom)
            return comparison;
        _valid++;
        if (Match(truth, decoded) is { } match)
        {
            _matched++;
            _rms += match.RmsDisplacement;
        }

        return comparison;
    }

    // As in published comparisons the root mean square displacement decides, not the largest one.
    private StructureMatch? Match(CubicCell truth, CubicCell decoded) =>
        MatchableStructure.Of(truth.ToAtomicCell()) is { } first && MatchableStructure.Of(decoded.ToAtomicCell()) is { } second
        && _matcher.Compare(first, second) is { } match && match.RmsDisplacement < MatchTolerance.Site ? match : null;
}
