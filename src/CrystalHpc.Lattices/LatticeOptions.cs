using System.ComponentModel.DataAnnotations;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices;

/// <summary>What a lattice model is trained on, and how.</summary>
/// <param name="Tables">Tables with the columns <c>formula</c> and <c>space_group</c>, .csv or .csv.gz, or directories of merged runs over
/// CIF files.</param>
/// <param name="CellTables">Further tables from which only cells are learned, with the columns of <c>mp20_biternary.csv.gz</c>. Where no
/// table has cells, none are predicted.</param>
/// <param name="Width">Width of the layers of the network.</param>
/// <param name="Members">Number of networks, whose probabilities are averaged; they differ in the seed.</param>
/// <param name="Training">How it is trained.</param>
public sealed record LatticeOptions(
    IReadOnlyList<string> Tables, IReadOnlyList<string> CellTables, [property: Range(1, 4096)] int Width,
    [property: Range(1, 64)] int Members, TrainingOptions Training)
{
    /// <summary>What was best on validation formulas of 103,666 compounds; see docs/studies/lattice.md.</summary>
    public static LatticeOptions Default { get; } = new([], [], Width: 256, Members: 3, TrainingOptions.Default with
    {
        Epochs = 8,
        Batch = 512,
        Shard = 64,
        Optimizer = OptimizerKind.Adamw,
        Rate = 4e-3,
        Schedule = RateSchedule.OneCycle,
        WeightDecay = 0.01,
        ClipNorm = 5,
    });

    /// <summary>The section of the configuration.</summary>
    public static Section<LatticeOptions> Section { get; } = new(
        "lattice", "A model from formula to lattice: its tables, its network, its training.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["tables", "cell_tables"],
        Check = options => options.Tables.Count == 0 ? "tables names no table" : TrainingOptions.ProblemOf(options.Training),
    };
}
