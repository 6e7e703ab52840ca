using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Generation.Prediction;

/// <summary>
/// A trained model as sampling and evaluation see it: an autoencoder between crystals and latent vectors, and a network that reads voxels.
/// </summary>
public interface IVoxelModel
{
    /// <summary>The grid.</summary>
    VoxelGrid Grid { get; }

    /// <summary>The elements that it knows.</summary>
    SpeciesList Species { get; }

    /// <summary>What the conditions mean.</summary>
    EnergyDeciles Deciles { get; }

    /// <summary>Length of a latent vector.</summary>
    int LatentSize { get; }

    /// <summary>Mean and log variance of the latent vectors of crystals.</summary>
    /// <param name="cells">The crystals, of elements that it knows.</param>
    /// <param name="conditions">Condition of each.</param>
    /// <param name="means">Receives the means, [crystal][component].</param>
    /// <param name="logVariances">Receives the logarithms of the variances.</param>
    void Encode(IReadOnlyList<CubicCell> cells, ReadOnlySpan<int> conditions, Span<float> means, Span<float> logVariances);

    /// <summary>The maps of latent vectors: the density and edge that the autoencoder makes, and what the network reads in them.</summary>
    /// <param name="latents">The vectors, [crystal][component].</param>
    /// <param name="conditions">Condition of each.</param>
    /// <param name="maps">Receives the maps, one for each.</param>
    void Decode(ReadOnlySpan<float> latents, ReadOnlySpan<int> conditions, IReadOnlyList<VoxelMaps> maps);

    /// <summary>What the network reads in the true densities of crystals.</summary>
    /// <param name="cells">The crystals.</param>
    /// <param name="maps">Receives the maps, one for each.</param>
    void Read(IReadOnlyList<CubicCell> cells, IReadOnlyList<VoxelMaps> maps);
}
