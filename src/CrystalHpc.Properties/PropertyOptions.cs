using System.ComponentModel.DataAnnotations;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties;

/// <summary>What a model of properties is trained on, and how.</summary>
/// <param name="Tables">Tables of structures and properties, .csv or .csv.gz, of one source: those of different sources have different
/// references.</param>
/// <param name="Targets">Targets, <c>NAME</c> or <c>NAME=COLUMN</c>; none: all that the columns of the first table name.</param>
/// <param name="Input">What the network sees of a crystal: structure, or formula alone.</param>
/// <param name="StartFrom">Model file of another training whose atoms and convolutions this one starts from; null: from nothing.</param>
/// <param name="Convolutions">Number of convolutions.</param>
/// <param name="Width">Numbers that describe an atom, a multiple of 16.</param>
/// <param name="Hidden">Width of the hidden layer.</param>
/// <param name="Members">Number of networks, whose predictions are averaged; they differ in the seed.</param>
/// <param name="KeptCrystals">Training crystals that the model keeps at most, to tell whether a crystal is like any of them.</param>
/// <param name="Graphs">What is known of a crystal.</param>
/// <param name="Training">How it is trained.</param>
public sealed record PropertyOptions(
    IReadOnlyList<string> Tables, IReadOnlyList<string> Targets, PropertyInput Input, string? StartFrom,
    [property: Range(1, 5)] int Convolutions, [property: Range(16, 1024)] int Width, [property: Range(1, 4096)] int Hidden,
    [property: Range(1, 64)] int Members, [property: Range(1, 1_000_000)] int KeptCrystals, GraphOptions Graphs, TrainingOptions Training)
{
    /// <summary>What was best on validation rows; see docs/studies/properties.md.</summary>
    public static PropertyOptions Default { get; } = new(
        [], [], Input: PropertyInput.Structure, StartFrom: null, Convolutions: 3, Width: 64, Hidden: 128, Members: 5, KeptCrystals: 4000,
        GraphOptions.Default, TrainingOptions.Default with
        {
            Epochs = 60, Batch = 64, Shard = 32, Optimizer = OptimizerKind.Adamw, Rate = 4e-3, Schedule = RateSchedule.OneCycle,
            WeightDecay = 0.1, ClipNorm = 5,
        });

    /// <summary>The section of the configuration.</summary>
    public static Section<PropertyOptions> Section { get; } =
        new("property", "A model from structures to properties: its tables, its network, its training.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["tables", "start_from"],
        Check = ProblemOf,
    };

    private static string? ProblemOf(PropertyOptions options) =>
        options.Tables.Count == 0 ? "tables names no table"
        : options.Width % BondKernel<float>.Lanes != 0
            ? FormattableString.Invariant($"width ({options.Width}) must be a multiple of {BondKernel<float>.Lanes}")
        : options.Input == PropertyInput.Formula && options.Graphs.Angles ? "graphs.angles: a formula has no angles; set input to structure"
        : options.Targets.FirstOrDefault(text => PropertyTarget.Find(text.Split('=')[0].Trim()) is null) is { } unknown
            ? $"targets: '{unknown}' is none of {string.Join(", ", PropertyTarget.All.Select(target => target.Name))}"
        : TrainingOptions.ProblemOf(options.Training);
}
