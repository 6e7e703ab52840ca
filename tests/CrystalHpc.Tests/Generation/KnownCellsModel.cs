using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Tests.Generation;

/// <summary>
/// A model that is right by construction: a latent vector of one number, whose rounded value counts through a list of cells; beyond the
/// list the voxels are empty.
/// </summary>
internal sealed class KnownCellsModel(params CubicCell[] cells) : IVoxelModel
{
    private readonly Voxelizer _voxelizer = new(new VoxelGrid());

    public VoxelGrid Grid => _voxelizer.Grid;

    public SpeciesList Species { get; } = new(cells.SelectMany(cell => cell.Elements));

    public EnergyDeciles Deciles { get; } = EnergyDeciles.Of([]);

    public int LatentSize => 1;

    public void Encode(IReadOnlyList<CubicCell> given, ReadOnlySpan<int> conditions, Span<float> means, Span<float> logVariances)
    {
        for (int i = 0; i < given.Count; i++)
            means[i] = Array.FindIndex(cells, cell => cell.Elements.SequenceEqual(given[i].Elements)
                && cell.EdgeAngstrom == given[i].EdgeAngstrom);
        logVariances.Clear();
    }

    public void Decode(ReadOnlySpan<float> latents, ReadOnlySpan<int> conditions, IReadOnlyList<VoxelMaps> maps)
    {
        for (int i = 0; i < maps.Count; i++)
        {
            int cell = (int)Math.Round(latents[i]);
            if (cell >= 0 && cell < cells.Length)
                maps[i].FillTrue(cells[cell], _voxelizer, new byte[Grid.Voxels]);
            else
                Array.Clear(maps[i].Occupancy);
        }
    }

    public void Read(IReadOnlyList<CubicCell> given, IReadOnlyList<VoxelMaps> maps)
    {
        for (int i = 0; i < maps.Count; i++)
            maps[i].FillTrue(given[i], _voxelizer, new byte[Grid.Voxels]);
    }
}
