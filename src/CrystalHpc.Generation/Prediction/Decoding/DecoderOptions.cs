namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>Tolerances of decoding, found on maps of known crystals (docs/generate.md has the figures).</summary>
/// <param name="ByDensity">True: places are maxima of the density alone, which hides light atoms beside heavy ones; for comparison.</param>
/// <param name="LeastOccupancy">Voxels above this occupancy hold an atom.</param>
/// <param name="BallShare">Radius of the filter in units of that of the element: the whole ball would reach into its neighbors.</param>
/// <param name="LeastCosine">Neighboring voxels whose species agree less belong to different atoms.</param>
/// <param name="MergeRatio">Maxima whose saddle is higher than this share of the lower one are one.</param>
/// <param name="LeastVoxels">An atom has at least so many voxels on a grid of 16.</param>
/// <param name="LeastDistanceAngstrom">Sites closer than this are one: the larger stays.</param>
/// <param name="RefinementSteps">Gauss-Newton steps of the positions on the density.</param>
/// <param name="MostDensityChange">Operations that change the density by less than this share of its spread may be symmetries that are
/// imposed; 0: none are.</param>
/// <param name="MostSpeciesChange">They are when 1 less the mean cosine of the probabilities of equivalent voxels is at most this.</param>
public sealed record DecoderOptions(
    bool ByDensity = false, double LeastOccupancy = 0.5, double BallShare = 0.8, double LeastCosine = 0.2, double MergeRatio = 0.97,
    double LeastVoxels = 6,
    double LeastDistanceAngstrom = 1.0, int RefinementSteps = 4, double MostDensityChange = 0.002,
    double MostSpeciesChange = 1)
{
    /// <summary>Maps with more sites are noise, not a crystal.</summary>
    public const int MostSites = 64;

    /// <summary>Edges of cells, A: shorter holds no atom, longer is resolved by no voxel.</summary>
    public const double LeastEdgeAngstrom = 2, MostEdgeAngstrom = 20;

    /// <summary>
    /// For what an autoencoder makes: its density is no sum of Gaussians, and steps on it move atoms away from where they are.
    /// </summary>
    public static DecoderOptions OfMade { get; } = new(
        MergeRatio: 0.93, RefinementSteps: 0, MostDensityChange: 0.2, MostSpeciesChange: 0.12);

    /// <summary>What the seed does: the maxima of the density within the occupied voxels.</summary>
    public static DecoderOptions OfDensity { get; } =
        new(ByDensity: true, LeastCosine: double.NegativeInfinity, MergeRatio: 0.9, LeastVoxels: 4, LeastDistanceAngstrom: 0,
            RefinementSteps: 0,
            MostDensityChange: 0);
}
