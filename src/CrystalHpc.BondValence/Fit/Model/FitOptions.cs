using System.ComponentModel.DataAnnotations;
using CrystalHpc.BondValence.Equations;

namespace CrystalHpc.BondValence.Fit;

/// <summary>How bond-valence parameters are fitted.</summary>
/// <param name="Law">How valence falls with length.</param>
/// <param name="Softness">Which keys share one softness B.</param>
/// <param name="Key">What shares a pair of parameters: species or elements.</param>
/// <param name="Loss">How residuals count.</param>
/// <param name="SoftnessPriorMeanAngstrom">Center of the prior on B, where B starts, Å.</param>
/// <param name="SoftnessPriorWidth">Standard deviation of the prior on ln B; null: there is none.</param>
/// <param name="SoftnessPriorAnionWidth">
/// Standard deviation of the mean of ln B among anions. The mean of each anion is then estimated from a first fit and replaces the common
/// center of the prior in a second one, where every key has its own B. Null: all anions have the same center.
/// </param>
/// <param name="SoftnessMinAngstrom">Lower bound of B, Å.</param>
/// <param name="SoftnessMaxAngstrom">Upper bound of B, Å.</param>
/// <param name="SigmaValence">Expected error of a valence sum, v.u.: the unit in which residuals count.</param>
/// <param name="HuberDeltaValence">Residual at which the loss turns from square to linear (Cauchy: to logarithm), v.u.</param>
/// <param name="GateAngstrom">An equation is left out when |B ln(V/sum s)| at the start is not below this, Å; null: none is.</param>
/// <param name="RedeterminationsShareWeight">Redeterminations of one structure weigh together as much as one; otherwise each as
/// much.</param>
/// <param name="EnvironmentCorrelation">
/// Correlation of the errors of equations of one key and coordination number: n of them count as n/(1 + (n - 1) correlation). 0: they are
/// independent.
/// </param>
/// <param name="AnionWeight">Weight of the complete equations of anions beside those of cations; 0: they are not used.</param>
/// <param name="RadiusPrior">Draws r0 of every key to what radii and the other pairs predict; otherwise only of those without data.</param>
/// <param name="GroupSpreadAngstrom">Scatter of the bond lengths of a pair from one group of structures to another, Å: what a group can
/// tell at most, however many equations it has.</param>
/// <param name="PriorTable">
/// A published table, CSV or CIF, whose parameters are a second prior beside that of radii, relative to the configuration file; null: none.
/// </param>
/// <param name="PriorTableErrorAngstrom">Standard deviation of the bond lengths of that table from what a large corpus would give,
/// Å.</param>
/// <param name="Start">Where the search begins.</param>
/// <param name="Starts">Number of searches: the first from <paramref name="Start"/>, the others from random places around it.</param>
/// <param name="Seed">What the random places follow from.</param>
/// <param name="Method">How the minimum is found.</param>
/// <param name="History">Corrections that L-BFGS remembers.</param>
/// <param name="MaxIterations">Iterations after which the fit stops unfinished.</param>
/// <param name="GradientTolerance">Stop when the largest step that the gradient still asks for is below this.</param>
/// <param name="RelativeChangeTolerance">Stop when F changes by less than this fraction in one iteration; 0 to let the gradient
/// decide.</param>
/// <param name="BootstrapReplicates">Fits with groups of structures weighted at random, for the scatter of the parameters; 0: none.</param>
public sealed record FitOptions(
    BondLaw Law,
    Softness Softness,
    KeyMode Key,
    Loss Loss,
    [property: Range(0.1, 5.0)] double SoftnessPriorMeanAngstrom,
    [property: Range(0.001, 10.0)] double? SoftnessPriorWidth,
    [property: Range(0.001, 10.0)] double? SoftnessPriorAnionWidth,
    [property: Range(FitOptions.SmallestSoftnessAngstrom, 1.0)] double SoftnessMinAngstrom,
    [property: Range(0.1, FitOptions.LargestSoftnessAngstrom)] double SoftnessMaxAngstrom,
    [property: Range(0.001, 10.0)] double SigmaValence,
    [property: Range(0.001, 1000.0)] double HuberDeltaValence,
    [property: Range(0.01, 100.0)] double? GateAngstrom,
    bool RedeterminationsShareWeight,
    [property: Range(0.0, 1.0)] double EnvironmentCorrelation,
    [property: Range(0.0, 1.0)] double AnionWeight,
    bool RadiusPrior,
    [property: Range(0.001, 1.0)] double GroupSpreadAngstrom,
    string? PriorTable,
    [property: Range(0.001, 1.0)] double PriorTableErrorAngstrom,
    FitStart Start,
    [property: Range(1, 1000)] int Starts,
    [property: Range(0, int.MaxValue)] int Seed,
    FitMethod Method,
    [property: Range(1, 200)] int History,
    [property: Range(0, 1000000)] int MaxIterations,
    [property: Range(1e-14, 1.0)] double GradientTolerance,
    [property: Range(0.0, 1.0)] double RelativeChangeTolerance,
    [property: Range(0, 100_000)] int BootstrapReplicates)
{
    /// <summary>No fit can be told to allow a smaller B, Å.</summary>
    public const double SmallestSoftnessAngstrom = 1e-6;

    /// <summary>No fit can be told to allow a larger B, Å.</summary>
    public const double LargestSoftnessAngstrom = 1e6;

    /// <summary>What is wrong with the options together; null when nothing is.</summary>
    public static string? ProblemOf(FitOptions options) => options.SoftnessMinAngstrom > options.SoftnessMaxAngstrom
        ? "'fit.softness_min_angstrom' must not be above 'fit.softness_max_angstrom'"
        : null;

    /// <summary>The choice that held up on clean and on dirty data (see the method page).</summary>
    public static FitOptions Default { get; } = new(
        Law: BondLaw.Exponential,
        Softness: Softness.PerPair,
        Key: KeyMode.Species,
        Loss: Loss.PseudoHuber,
        SoftnessPriorMeanAngstrom: ExponentialLaw.UniversalSoftnessAngstrom,
        SoftnessPriorWidth: 0.10,
        SoftnessPriorAnionWidth: 0.10,
        SoftnessMinAngstrom: 0.25,
        SoftnessMaxAngstrom: 1.0,
        SigmaValence: 0.12,
        HuberDeltaValence: 0.175,
        GateAngstrom: 0.30,
        RedeterminationsShareWeight: true,
        EnvironmentCorrelation: 0.02,
        AnionWeight: 0,
        RadiusPrior: true,
        GroupSpreadAngstrom: 0.03,
        PriorTable: null,
        PriorTableErrorAngstrom: 0.05,
        Start: FitStart.Analytic,
        Starts: 1,
        Seed: 1,
        Method: FitMethod.Lbfgs,
        History: 20,
        MaxIterations: 1000,
        GradientTolerance: 1e-7,
        RelativeChangeTolerance: 0,
        BootstrapReplicates: 0);
}
