using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>Counts of voxels that are read rightly, over crystals.</summary>
public sealed class VoxelScores
{
    private const float Occupied = 0.5f;

    private long _occupied, _found, _predicted, _rightOccupancy, _voxels;

    /// <summary>Occupied voxels with the right element and an occupancy above 0.5, over all occupied.</summary>
    public double Recall => (double)_found / _occupied;

    /// <summary>2 right / (occupied + taken for occupied): voxels without an atom do not count.</summary>
    public double F1WithoutBackground => 2.0 * _found / (_occupied + _predicted);

    /// <summary>Share of all voxels whose occupancy is right: F1 of the two classes together.</summary>
    public double F1WithBackground => (double)_rightOccupancy / _voxels;

    /// <summary>Adds a crystal.</summary>
    /// <param name="species">True atomic number of each voxel, 0 where there is no atom.</param>
    /// <param name="maps">What is read.</param>
    public void Add(ReadOnlySpan<byte> species, VoxelMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        int count = maps.Species.Count;
        for (int voxel = 0; voxel < species.Length; voxel++)
        {
            bool isOccupied = species[voxel] > 0, isPredicted = maps.Occupancy[voxel] > Occupied;
            _voxels++;
            _occupied += isOccupied ? 1 : 0;
            _predicted += isPredicted ? 1 : 0;
            _rightOccupancy += isOccupied == isPredicted ? 1 : 0;
            if (isOccupied && isPredicted && Likeliest(maps.Probabilities.AsSpan(voxel * count, count)) == maps.Species.PlaceOf(
                species[voxel]))
                _found++;
        }
    }

    private static int Likeliest(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            if (probabilities[k] > probabilities[best])
                best = k;
        }

        return best;
    }
}
