using System.ComponentModel.DataAnnotations;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Generation.Model;
using CrystalHpc.Generation.Training;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Generation;

/// <summary>What a generator is trained on, and how.</summary>
/// <param name="Tables">Tables of structures, .csv or .csv.gz.</param>
/// <param name="Size">Voxels along an edge: 16 or 32.</param>
/// <param name="Latent">Length of a latent vector.</param>
/// <param name="ReaderChannels">Channels of the U-net on the grid, on half of it and so on.</param>
/// <param name="CoderChannels">Channels of the autoencoder, in the same order.</param>
/// <param name="UnitWidth">All atoms are Gaussians of a width of 1 A; false: of the radius of their element.</param>
/// <param name="Conditioned">The autoencoder is told the tenth of the formation energies that a crystal lies in; false: "unknown" for
/// all.</param>
/// <param name="Loss">Weights of the parts of the autoencoder's loss.</param>
/// <param name="KindShare">Crystals of rarer kinds are shown several times an epoch, ten at most, until their kind makes up this share of
/// the training crystals; 0: each crystal once.</param>
/// <param name="ReconstructedShare">Share of the crystals that come as reconstructions when the U-net is tuned to them.</param>
/// <param name="ValidationRows">Crystals of the validation part that each epoch is judged on, at most.</param>
/// <param name="Reader">How the U-net is trained.</param>
/// <param name="Autoencoder">How the autoencoder is trained.</param>
/// <param name="Tuning">How a copy of the U-net is tuned to reconstructions.</param>
public sealed record GenerationOptions(
    IReadOnlyList<string> Tables, [property: Range(16, 32)] int Size, [property: Range(1, 4096)] int Latent,
    IReadOnlyList<int> ReaderChannels, IReadOnlyList<int> CoderChannels, bool UnitWidth, bool Conditioned, CodingWeights Loss,
    [property: Range(0.0, 1.0)] double KindShare, [property: Range(0.0, 1.0)] double ReconstructedShare,
    [property: Range(1, 1_000_000)] int ValidationRows, TrainingOptions Reader, TrainingOptions Autoencoder, TrainingOptions Tuning)
{
    /// <summary>What fits two cores in two hours.</summary>
    public static GenerationOptions Default { get; } = new(
        [], Size: 16, Latent: 64, NetworkSizes.DefaultReader, NetworkSizes.DefaultCoder, UnitWidth: false, Conditioned: true,
        CodingWeights.Default, KindShare: 0, ReconstructedShare: 0.6, ValidationRows: 200,
        Step(3, 10, 3e-3) with { Schedule = RateSchedule.OneCycle },
        Step(5, 20, 3e-3) with { Schedule = RateSchedule.OneCycle },
        Step(1, 10, 5e-4));

    /// <summary>The section of the configuration.</summary>
    public static Section<GenerationOptions> Section { get; } =
        new("generate", "A generator of cubic crystals: its tables, its networks, its training.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["tables"],
        Check = ProblemOf,
    };

    private static TrainingOptions Step(int epochs, int batch, double rate) => TrainingOptions.Default with
    {
        Epochs = epochs, Batch = batch, Shard = 5, Rate = rate, Schedule = RateSchedule.Cosine, WeightDecay = 0, ClipNorm = 5,
    };

    private static string? ProblemOf(GenerationOptions options) =>
        options.Tables.Count == 0 ? "tables names no table"
        : options.Size is not (16 or 32) ? "size must be 16 or 32"
        : NetworkSizes.ProblemOf(options.Size, options.ReaderChannels, options.CoderChannels) ?? TrainingOptions.ProblemOf(options.Reader)
            ?? TrainingOptions.ProblemOf(options.Autoencoder) ?? TrainingOptions.ProblemOf(options.Tuning);
}
