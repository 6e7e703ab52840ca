using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>What a model makes of known crystals: read from their true voxels, or through the autoencoder and back.</summary>
/// <param name="model">The model.</param>
public sealed class ModelJudge(IVoxelModel model)
{
    private const int Batch = 16;

    private readonly VoxelGrid _grid = model.Grid;

    /// <summary>Judges.</summary>
    /// <param name="samples">The crystals, of elements that the model knows.</param>
    /// <param name="throughAutoencoder">True: maps come from the mean of the latent vectors; false: from the true voxels.</param>
    public JudgedCrystals Judge(IReadOnlyList<GenerationSample> samples, bool throughAutoencoder)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var decoder = new CellDecoder(new Voxelizer(_grid), throughAutoencoder ? DecoderOptions.OfMade : new DecoderOptions());
        var voxelizer = new Voxelizer(_grid);
        VoxelMaps[] maps = [.. Enumerable.Range(0, Batch).Select(_ => new VoxelMaps(_grid, model.Species))];
        byte[] species = new byte[_grid.Voxels];
        var judged = new JudgedCrystals(_grid.Size);
        for (int first = 0; first < samples.Count; first += Batch)
        {
            GenerationSample[] some = [.. samples.Skip(first).Take(Batch)];
            Fill(some, maps[..some.Length], throughAutoencoder);
            for (int i = 0; i < some.Length; i++)
            {
                voxelizer.FillSpecies(some[i].Cell, species);
                judged.Add(some[i], species, maps[i], decoder.Decode(maps[i]));
            }
        }

        return judged;
    }

    private void Fill(GenerationSample[] samples, VoxelMaps[] maps, bool throughAutoencoder)
    {
        CubicCell[] cells = [.. samples.Select(sample => sample.Cell)];
        if (!throughAutoencoder)
        {
            model.Read(cells, maps);
            return;
        }

        int[] conditions = [.. samples.Select(model.Deciles.ConditionOf)];
        float[] means = new float[cells.Length * model.LatentSize], logVariances = new float[means.Length];
        model.Encode(cells, conditions, means, logVariances);
        model.Decode(means, conditions, maps);
    }
}
